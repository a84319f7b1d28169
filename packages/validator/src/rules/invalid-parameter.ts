import type { ParameterFacts } from '../extract/service/service-facts';
import type { DefinitionIndex } from '../graph/service/definition-index';
import { isTest } from '../graph/service/is-test';
import { placeholdersOf } from '../graph/service/path-template';
import { defaultOf, isLiteral, readMark, type Mark } from '../graph/service/read-mark';
import { readParameter, type ReadParameter } from '../graph/service/read-parameter';
import type { Route } from '../graph/service/service-model';
import { unionParts, valueTypeOf, type ValueType } from '../graph/service/value-type';
import { itemsOfRoutes } from '../graph/service/of-routes';
import { defineServiceRule } from './define-service-rule';
import type { PlacedReport, ServiceContext } from './rule';

/** Each of them was run: FastAPI 0.115, 0.142 and 0.165 raise. */
export const invalidParameter = defineServiceRule(
  {
    id: 'invalid-parameter',
    since: '0.3.0',
    severity: 'error',
    summary: 'A parameter of a route is declared in a way FastAPI refuses.',
    why: 'FastAPI raises while the module loads, so the service does not start.',
    whatToDo:
      'Take a placeholder of the path with `Path()` or nothing, give no default to it, and write the default of `Annotated[…, Query()]` after `=`.',
    examples: [
      {
        bad: '@app.get("/users/{id}")\ndef read(id: int = Query()): ...',
        good: '@app.get("/users/{id}")\ndef read(id: int): ...',
      },
      {
        bad: '@app.get("/users")\ndef find(page: Annotated[int, Query(1)]): ...',
        good: '@app.get("/users")\ndef find(page: Annotated[int, Query()] = 1): ...',
      },
      {
        bad: '@app.get("/users")\ndef find(db: AsyncSession): ...',
        good: '@app.get("/users")\ndef find(db: Annotated[AsyncSession, Depends(get_db)]): ...',
      },
    ],
  },
  ({ model, index }) => {
    const read = (route: Route): readonly PlacedReport[] =>
      route.isWrapped || isTest(route.path) ? [] : faultsOf(route, { index, model });
    const seen = new Set<string>();
    return itemsOfRoutes(index, model, { stage: 'invalid-parameter', read }).filter(({ path, span }) => {
      const place = `${path}:${span.start}`;
      return !seen.has(place) && seen.add(place);
    });
  },
);

function faultsOf(route: Route, context: Pick<ServiceContext, 'index' | 'model'>): readonly PlacedReport[] {
  return (route.handler?.parameters ?? []).flatMap((parameter) => {
    const message = faultOf(parameter, route, context);
    if (message === undefined) return [];
    const { name, span } = parameter;
    const certainty = route.place.conditional ? ('possible' as const) : ('certain' as const);
    return [{ path: route.handlerPath, span, certainty, message, data: { parameter: name } }];
  });
}

interface Declared {
  readonly path: string;
  readonly parameter: ParameterFacts;
  readonly inPath: boolean;
  /** From `Annotated`. */
  readonly annotated: readonly Mark[];
  /** From `= Query()`. */
  readonly assigned: Mark | undefined;
  readonly read: ReadParameter;
  readonly index: DefinitionIndex;
}

function faultOf(parameter: ParameterFacts, route: Route, { index, model }: Pick<ServiceContext, 'index' | 'model'>): string | undefined {
  const { handlerPath, template, owner } = route;
  const found = owner === undefined ? undefined : model.owners.get(owner);
  if (found === undefined || found.isCustom || parameter.isVariadic) return undefined;
  const read = readParameter(handlerPath, parameter, index);
  const marks = read.marks.map((each) => ({ each, mark: readMark(each.path, each.call, index) }));
  const annotated = marks.flatMap(({ each, mark }) => (mark === undefined || each.isDefault ? [] : [mark]));
  const assigned = marks.find(({ each }) => each.isDefault)?.mark;
  const inPath = placeholdersOf((found.prefix ?? '') + (template ?? '')).some(({ name }) => name === parameter.name);
  const declared = { path: handlerPath, parameter, inPath, annotated, assigned, read, index };
  return twiceDeclared(declared) ?? defaultInMark(declared) ?? placeholderFault(declared) ?? typeFault(declared);
}

function twiceDeclared({ parameter: { name }, annotated, assigned }: Declared): string | undefined {
  const [first] = annotated;
  if (first === undefined || assigned === undefined) return undefined;
  if (first.kind === 'Depends' && assigned.kind !== 'Depends') return undefined;
  return `\`${name}\` has \`${first.kind}\` in \`Annotated\` and \`${assigned.kind}\` as its default value: FastAPI fails while the module loads. Keep one of them.`;
}

function defaultInMark({ parameter: { name }, annotated, assigned, index }: Declared): string | undefined {
  const path = [...annotated, assigned].find((mark) => mark?.kind === 'Path' && defaultOf(mark, index) !== undefined);
  if (path !== undefined)
    return `\`Path()\` of \`${name}\` has a default value: what stands in the path is always there, and FastAPI fails while the module loads. Take the default away.`;
  const other = annotated.find((mark) => mark.kind !== 'Depends' && defaultOf(mark, index) !== undefined);
  if (other === undefined) return undefined;
  return `\`${other.kind}()\` of \`${name}\` stands in \`Annotated\` and has a default value: FastAPI fails while the module loads. Write the default after \`=\`.`;
}

function placeholderFault({ path, parameter, inPath, annotated, assigned, read, index }: Declared): string | undefined {
  const { name, value } = parameter;
  if (!inPath || !read.isComplete) return undefined;
  const [mark] = assigned === undefined ? annotated : [assigned];
  if (mark !== undefined && mark.kind !== 'Path' && mark.kind !== 'Depends')
    return `\`${name}\` is a placeholder of the path, and \`${mark.kind}()\` takes it from elsewhere: FastAPI fails while the module loads. Write \`Path()\`, or rename the parameter.`;
  if (annotated[0]?.kind === 'Path' && value !== undefined && isLiteral(path, value, index))
    return `\`${name}\` is taken from the path and has a default value: FastAPI fails while the module loads. Take the default away.`;
  const isTaken = mark?.kind !== 'Depends' && read.type !== undefined;
  const type = isTaken ? valueTypeOf(read.type!.path, read.type!.expression, index) : 'unknown';
  if (type !== 'container' && type !== 'model') return undefined;
  return `\`${name}\` is a placeholder of the path, and its type holds more than one value: FastAPI fails while the module loads. Give it a plain type such as \`int\` or \`str\`, or take it from elsewhere.`;
}

const REFUSED: Readonly<Partial<Record<ValueType, string>>> = {
  session: 'is a database session, which no request holds',
  row: 'is of an SQLAlchemy class, which Pydantic cannot read from a request',
  'plain-class': 'is of a class that is no Pydantic model',
};

/** Without `Depends` FastAPI makes a field of the type, also of each part of a union. */
function typeFault({ parameter: { name }, annotated, assigned, read, index }: Declared): string | undefined {
  const marks = assigned === undefined ? annotated : [...annotated, assigned];
  const isField = read.marks.length === marks.length && marks.every(({ kind }) => kind !== 'Depends');
  if (!read.isComplete || read.type === undefined || !isField) return undefined;
  const { path, expression } = read.type;
  const why = unionParts(path, expression, index)
    .map((part) => REFUSED[valueTypeOf(path, part, index)])
    .find((each) => each !== undefined);
  if (why === undefined) return undefined;
  const mend = why.includes('session') ? 'Write `Depends(…)` for it.' : 'Name a Pydantic model, or take it with `Depends`.';
  return `\`${name}\` ${why}: FastAPI fails while the module loads. ${mend}`;
}

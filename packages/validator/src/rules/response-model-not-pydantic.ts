import type { Expression } from '../extract/service/expression';
import type { DefinitionIndex } from '../graph/service/definition-index';
import type { Route } from '../graph/service/service-model';
import { defineServiceRule } from './define-service-rule';
import type { PlacedReport, ServiceContext } from './rule';

export const responseModelNotPydantic = defineServiceRule(
  {
    id: 'response-model-not-pydantic',
    since: '0.2.0',
    severity: 'error',
    summary: 'A route answers with a database class that Pydantic cannot describe.',
    why: 'FastAPI makes a response field of `response_model` or of the return annotation, and raises while the module loads.',
    whatToDo: 'Answer with a Pydantic schema (`from_attributes` reads database rows), or write `response_model=None`.',
    examples: [
      {
        bad: '@app.get("/users/{id}", response_model=User)  # class User(Base)\ndef read(id: int): ...',
        good: '@app.get("/users/{id}", response_model=UserRead)  # class UserRead(BaseModel)\ndef read(id: int): ...',
      },
    ],
  },
  (context) => context.model.routes.flatMap((route) => reportRoute(route, context)),
);

interface Part {
  readonly path: string;
  readonly expression: Expression;
}

function reportRoute(route: Route, context: ServiceContext): readonly PlacedReport[] {
  const { call, handler, isWrapped, isSocket } = route;
  if (isSocket || call.hasSplat || context.model.owners.get(route.owner!)?.isCustom !== false) return [];
  const stated = call.keywords['response_model'];
  const model = stated ?? (isWrapped ? undefined : handler?.returns);
  if (model === undefined) return [];
  const path = stated === undefined ? route.handlerPath : route.path;
  const name = databaseClassIn({ path, expression: model }, context.index);
  if (name === undefined) return [];
  const place = stated === undefined ? 'The return annotation' : '`response_model`';
  return [
    {
      path,
      span: model.span,
      message: `${place} names \`${name}\`, an SQLAlchemy class: FastAPI cannot make a response field of it and fails while the module loads. Name a Pydantic schema with \`from_attributes\`, or write \`response_model=None\`.`,
      data: { class: name },
    },
  ];
}

const CONTAINERS = /^(list|dict|set|tuple|frozenset|(typing|collections\.abc)\.(List|Dict|Set|Tuple|Optional|Union|Sequence|Annotated))$/;

/** The first database class the annotation is made of; containers and unions are looked into, other generics are not. */
function databaseClassIn(start: Part, index: DefinitionIndex): string | undefined {
  const pending = [start];
  for (let count = 0; pending.length > 0 && count < 50; count += 1) {
    const part = index.withoutAlias(pending[0]!.path, pending.shift()!.expression);
    const { path, expression } = part;
    if (expression.kind === 'union') pending.push(...expression.items.map((item) => ({ path, expression: item })));
    else if (expression.kind === 'subscript') pending.push(...itemsOf(part, index));
    else if (isDatabaseClass(part, index)) return expression.kind === 'reference' ? expression.reference.names.join('.') : undefined;
  }
  return undefined;
}

function itemsOf({ path, expression }: Part, index: DefinitionIndex): readonly Part[] {
  if (expression.kind !== 'subscript') return [];
  const container = index.externalName(path, expression.value);
  if (container === undefined || !CONTAINERS.test(container)) return [];
  const items = container === 'typing.Annotated' ? expression.items.slice(0, 1) : expression.items;
  return items.map((item) => ({ path, expression: item }));
}

const DECLARATIVE = new Set(['sqlalchemy.orm.DeclarativeBase', 'sqlalchemy.orm.declarative_base()']);
const HARMLESS = /^(object|abc\.ABC|typing\.Generic|sqlalchemy\..*)$/;

/** SQLAlchemy's declarative base is an ancestor, and nothing else there could teach Pydantic the class. */
function isDatabaseClass({ path, expression }: Part, index: DefinitionIndex): boolean {
  const found = index.definitionOf(path, expression);
  if (found?.kind !== 'class') return false;
  const { classes, outer, isComplete } = index.ancestryOf(found.path, found.definition);
  if (!isComplete || ![...outer].some((name) => DECLARATIVE.has(name))) return false;
  if (![...outer].every((name) => HARMLESS.test(name) && !name.endsWith('MappedAsDataclass'))) return false;
  return classes.every(
    ({ isDecorated, methods, hasKeywords }) =>
      !isDecorated && !hasKeywords && !methods.some(({ name }) => name.startsWith('__get_pydantic') || name === '__get_validators__'),
  );
}

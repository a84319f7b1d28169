import type { Expression } from '../extract/service/expression';
import type { DefinitionIndex } from '../graph/service/definition-index';
import type { Route } from '../graph/service/service-model';
import { valueTypeOf } from '../graph/service/value-type';
import { itemsOfRoutes } from '../graph/service/of-routes';
import { defineServiceRule } from './define-service-rule';
import type { PlacedReport, ServiceContext } from './rule';

export const responseModelNotPydantic = defineServiceRule(
  {
    id: 'response-model-not-pydantic',
    since: '0.2.0',
    severity: 'error',
    summary: 'A route answers with a class that Pydantic cannot describe.',
    why: 'FastAPI makes a response field of `response_model` or of the return annotation, and raises while the module loads.',
    whatToDo: 'Answer with a Pydantic schema (`from_attributes` reads database rows), or write `response_model=None`.',
    examples: [
      {
        bad: '@app.get("/users/{id}", response_model=User)  # class User(Base)\ndef read(id: int): ...',
        good: '@app.get("/users/{id}", response_model=UserRead)  # class UserRead(BaseModel)\ndef read(id: int): ...',
      },
    ],
  },
  (context) =>
    itemsOfRoutes(context.index, context.model, { stage: 'response-model-not-pydantic', read: (route) => reportRoute(route, context) }),
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
  const refused = refusedIn({ path, expression: model }, stated === undefined, context.index);
  if (refused === undefined) return [];
  const place = stated === undefined ? 'The return annotation' : '`response_model`';
  const { name, type } = refused;
  return [
    {
      path,
      span: model.span,
      message: `${place} names \`${name}\`, ${WHY[type]}: FastAPI cannot make a response field of it and fails while the module loads. ${mendFor(type)}, or write \`response_model=None\`.`,
      data: { class: name },
    },
  ];
}

const WHY = {
  row: 'an SQLAlchemy class',
  session: 'a database session',
  'plain-class': 'a class that is no Pydantic model',
  response: 'a response, beside or inside another type',
} as const;

function mendFor(type: keyof typeof WHY): string {
  if (type === 'response') return 'Name the response alone';
  return type === 'row' ? 'Name a Pydantic schema with `from_attributes`' : 'Name a Pydantic model';
}

const CONTAINERS = /^(list|dict|set|tuple|frozenset|(typing|collections\.abc)\.(List|Dict|Set|Tuple|Optional|Union|Sequence|Annotated))$/;

interface Refused {
  readonly name: string;
  readonly type: keyof typeof WHY;
}

/** The first class in the annotation that Pydantic cannot describe; containers and unions are looked into, other generics are not. */
function refusedIn(start: Part, mayBeResponse: boolean, index: DefinitionIndex): Refused | undefined {
  const pending = [start];
  for (let count = 0; pending.length > 0 && count < 50; count += 1) {
    const part = index.withoutAlias(pending[0]!.path, pending.shift()!.expression);
    const { path, expression } = part;
    if (expression.kind === 'union') pending.push(...expression.items.map((item) => ({ path, expression: item })));
    else if (expression.kind === 'subscript') pending.push(...itemsOf(part, mayBeResponse && count === 0, index));
    else if (expression.kind === 'reference') {
      const type = valueTypeOf(path, expression, index);
      const isRefused = type === 'response' ? count > 0 || !mayBeResponse : Object.hasOwn(WHY, type);
      if (isRefused) return { name: expression.reference.names.join('.'), type: type as keyof typeof WHY };
    }
  }
  return undefined;
}

/** `Annotated[Response, …]` alone as a return annotation is left aside. */
function itemsOf({ path, expression }: Part, mayBeResponse: boolean, index: DefinitionIndex): readonly Part[] {
  if (expression.kind !== 'subscript') return [];
  const container = index.externalName(path, expression.value);
  if (container === undefined || !CONTAINERS.test(container)) return [];
  const isAnnotated = container === 'typing.Annotated';
  if (isAnnotated && mayBeResponse) return [];
  const items = isAnnotated ? expression.items.slice(0, 1) : expression.items;
  return items.map((item) => ({ path, expression: item }));
}

import type { FunctionFacts, ParameterFacts } from '../extract/service/service-facts';
import { consumedAround } from '../graph/service/consumed-around';
import { ConsumedParameters, type Consumed } from '../graph/service/consumed-parameters';
import type { DefinitionIndex } from '../graph/service/definition-index';
import { placeholdersOf } from '../graph/service/path-template';
import type { Route } from '../graph/service/service-model';
import { itemsOfRouteWays, type RouteWays } from '../graph/service/route-ways';
import { nearestNames } from '../text/nearest-names';
import { defineServiceRule } from './define-service-rule';
import type { PlacedReport } from './rule';

/** Certain only when a required parameter of a near name is left over: then every request without it in the query gets 422. */
export const pathParameterMissing = defineServiceRule(
  {
    id: 'path-parameter-missing',
    since: '0.2.0',
    severity: 'error',
    summary: 'A placeholder of the path is read neither by the route nor by its dependencies.',
    why: 'What stands there in the request is lost; a parameter under another name is asked for in the query instead.',
    whatToDo: 'Give the parameter the name of the placeholder, or the placeholder the name of the parameter.',
    examples: [
      {
        bad: '@app.get("/users/{user_id}")\ndef read(id: int): ...',
        good: '@app.get("/users/{user_id}")\ndef read(user_id: int): ...',
      },
    ],
  },
  (context) => {
    const { model, composed, index } = context;
    const around = consumedAround(model, composed, index);
    return itemsOfRouteWays(context, 'path-parameter-missing', (route, ways) => reportRoute(route, ways, { index, around }));
  },
);

function reportRoute(route: Route, ways: RouteWays, context: Around): readonly PlacedReport[] {
  const { template, handler, isWrapped } = route;
  if (template === undefined || handler === undefined || isWrapped) return [];
  const own = new Set(handler.parameters.map(({ name }) => name));
  const asked = placeholdersOf(template).filter(({ name }) => !own.has(name));
  if (asked.length === 0) return [];
  const { names, isComplete } = consumedBy(route, handler, context);
  if (!isComplete) return [];
  const inPath = new Set(ways.ways.flatMap((way) => placeholdersOf(way.template ?? '').map(({ name }) => name)));
  const spare = handler.parameters.filter((parameter) => isRequiredScalar(parameter) && !inPath.has(parameter.name));
  return asked
    .filter(({ name }) => !names.has(name))
    .map(({ name }) => reportPlaceholder(name, spare.find((parameter) => isNear(name, parameter.name))?.name, { route, handler, ways }));
}

interface Around {
  readonly index: DefinitionIndex;
  /** What dependencies around the routes of an owner take. */
  readonly around: (owner: string | undefined) => Consumed;
}

function consumedBy({ call, path, owner, handlerPath }: Route, { parameters }: FunctionFacts, { index, around }: Around): Consumed {
  const consumed = new ConsumedParameters(index);
  consumed.addSignature(handlerPath, parameters);
  consumed.addDependencyList(path, call);
  const [own, outer] = [consumed.finish(), around(owner)];
  return { names: new Set([...own.names, ...outer.names]), isComplete: own.isComplete && outer.isComplete };
}

function reportPlaceholder(
  name: string,
  meant: string | undefined,
  { route, handler, ways }: { readonly route: Route; readonly handler: FunctionFacts; readonly ways: RouteWays },
): PlacedReport {
  const mend =
    meant === undefined
      ? `Add the parameter \`${name}\`, or take the placeholder out of the path.`
      : `\`${meant}\` is asked for in the query instead, so a request without it gets 422. Rename one of them.`;
  return {
    path: route.path,
    span: route.templateSpan,
    certainty: meant !== undefined && ways.isComplete ? 'certain' : 'possible',
    message: `\`{${name}}\` of the path is read neither by \`${handler.name}\` nor by its dependencies. ${mend}`,
    data: { placeholder: name, function: handler.name, ...(meant === undefined ? {} : { meant }) },
  };
}

const SCALAR = /^(int|str|float|UUID)$/;

/** Nothing but its name and at most a plain type: FastAPI asks for it in the path or the query. */
function isRequiredScalar({ value, annotation, isVariadic }: ParameterFacts): boolean {
  if (value !== undefined || isVariadic) return false;
  return annotation === undefined || (annotation.kind === 'reference' && SCALAR.test(annotation.reference.names.at(-1)!));
}

/** `user_id` and `id`, `userId` and `user_id`, a slip of the pen. */
function isNear(placeholder: string, parameter: string): boolean {
  const [left, right] = [placeholder, parameter].map((name) => name.toLowerCase());
  if (left!.endsWith(`_${right}`) || right!.endsWith(`_${left}`)) return true;
  return left!.replaceAll('_', '') === right!.replaceAll('_', '') || nearestNames(placeholder, [parameter]).length > 0;
}

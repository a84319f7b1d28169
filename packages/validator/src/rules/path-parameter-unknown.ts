import type { FunctionFacts, ParameterFacts } from '../extract/service/service-facts';
import type { DefinitionIndex } from '../graph/service/definition-index';
import { placeholdersOf } from '../graph/service/path-template';
import { readParameter } from '../graph/service/read-parameter';
import { itemsOfRouteWays, type RouteWays } from '../graph/service/route-ways';
import type { Route } from '../graph/service/service-model';
import { listInWords } from './list-in-words';
import { defineServiceRule } from './define-service-rule';
import type { PlacedReport, ServiceContext } from './rule';

export const pathParameterUnknown = defineServiceRule(
  {
    id: 'path-parameter-unknown',
    since: '0.2.0',
    severity: 'error',
    summary: 'A parameter is taken from the path with `Path()`, and the path has no such placeholder.',
    why: 'FastAPI finds no value for it and answers every request with 422.',
    whatToDo: 'Add the placeholder to the path, rename one of them, or take the parameter from the query.',
    examples: [
      {
        bad: '@app.get("/users/{id}")\ndef read(user_id: Annotated[int, Path()]): ...',
        good: '@app.get("/users/{user_id}")\ndef read(user_id: Annotated[int, Path()]): ...',
      },
    ],
  },
  (context) => itemsOfRouteWays(context, 'path-parameter-unknown', (route, ways) => reportRoute(route, ways, context)),
);

function reportRoute(route: Route, { ways, isComplete }: RouteWays, { index }: ServiceContext): readonly PlacedReport[] {
  const { handler, isWrapped, handlerPath } = route;
  if (!isComplete || handler === undefined || isWrapped) return [];
  const templates = [...new Set(ways.map(({ template }) => template!))].sort();
  const known = new Set(templates.flatMap((template) => placeholdersOf(template).map(({ name }) => name)));
  return handler.parameters.flatMap((parameter) => {
    const name = nameInPath(handlerPath, parameter, index);
    return name === undefined || known.has(name) ? [] : [reportParameter({ handlerPath, handler, parameter, name, templates })];
  });
}

/** What `Path()` looks for; undefined without `Path()`, or when that cannot be told. */
function nameInPath(path: string, parameter: ParameterFacts, index: DefinitionIndex): string | undefined {
  const { marks } = readParameter(path, parameter, index);
  const mark = marks.find((each) => index.externalName(each.path, each.call.callee) === 'fastapi.Path');
  if (mark === undefined || mark.call.hasSplat || mark.call.keywords['validation_alias'] !== undefined) return undefined;
  return index.textOf(mark.path, mark.call.keywords['alias'], parameter.name);
}

function reportParameter({
  handlerPath,
  handler,
  parameter,
  name,
  templates,
}: {
  readonly handlerPath: string;
  readonly handler: FunctionFacts;
  readonly parameter: ParameterFacts;
  readonly name: string;
  readonly templates: readonly string[];
}): PlacedReport {
  return {
    path: handlerPath,
    span: parameter.span,
    message: `\`${handler.name}\` takes \`${name}\` from the path, but ${listInWords(templates, 'and')} has no \`{${name}}\`: every request gets 422. Add the placeholder, or rename one of them.`,
    data: { parameter: name, function: handler.name, paths: templates },
  };
}

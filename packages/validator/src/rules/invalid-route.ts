import type { Expression } from '../extract/service/expression';
import { isTest } from '../graph/service/is-test';
import { placeholdersOf } from '../graph/service/path-template';
import type { Inclusion, Route, RouteOwner } from '../graph/service/service-model';
import { sourceOf } from '../graph/service/source-of';
import { unionParts, valueTypeOf } from '../graph/service/value-type';
import type { Span } from '../text/span';
import { itemsOfRoutes } from '../graph/service/of-routes';
import { itemsOfRouteWays, type RouteWays } from '../graph/service/route-ways';
import { defineServiceRule } from './define-service-rule';
import type { PlacedReport, ServiceContext } from './rule';

/** Each of them was run: FastAPI 0.142 and 0.165 raise, or never answer. */
export const invalidRoute = defineServiceRule(
  {
    id: 'invalid-route',
    since: '0.3.0',
    severity: 'error',
    summary: 'A path, a prefix or a status code is one FastAPI refuses, or one no request can meet.',
    why: 'FastAPI raises while the module loads, so the service does not start; a path without its first `/` is answered with 404.',
    whatToDo: 'Begin paths and prefixes with `/`, end prefixes without one, name each placeholder once, and answer 204 with no body.',
    examples: [
      { bad: 'router = APIRouter(prefix="users/")', good: 'router = APIRouter(prefix="/users")' },
      {
        bad: '@app.delete("/{id}", status_code=204)\ndef delete(id: int) -> dict: ...',
        good: '@app.delete("/{id}", status_code=204)\ndef delete(id: int) -> None: ...',
      },
      { bad: '@app.get("/{id}/orders/{id}")', good: '@app.get("/{id}/orders/{order_id}")' },
    ],
  },
  (context) =>
    [
      ...[...context.model.owners.values()].flatMap((owner) => reportOwner(owner)),
      ...context.model.inclusions.flatMap((inclusion) => reportInclusion(inclusion, context)),
      ...context.model.mounts.flatMap(({ parent, path, template, span, place }) =>
        parent !== undefined && template !== undefined && template !== '' && !template.startsWith('/')
          ? [{ path, span, certainty: certaintyOf(place), message: `The path of a mount must begin with \`/\`: \`/${template}\`.` }]
          : [],
      ),
      ...itemsOfRoutes(context.index, context.model, { stage: 'invalid-route', read: (route) => reportRoute(route, context) }),
      ...itemsOfRouteWays(context, 'unreachable routes', reportUnreachable),
    ].filter(({ path }) => !isTest(path)),
);

function certaintyOf({ conditional }: { readonly conditional: boolean }): 'certain' | 'possible' {
  return conditional ? 'possible' : 'certain';
}

function reportOwner({ path, kind, prefix, isCustom, call, place }: RouteOwner): readonly PlacedReport[] {
  const why = kind === 'router' && !isCustom ? prefixFault(prefix) : undefined;
  return why === undefined ? [] : [{ path, span: (call.keywords['prefix'] ?? call).span, certainty: certaintyOf(place), message: why }];
}

function prefixFault(prefix: string | undefined): string | undefined {
  if (prefix === undefined || prefix === '') return undefined;
  const meant = `/${prefix.replace(/^\/+|\/+$/g, '')}`;
  const mend = meant === '/' ? 'Leave it out.' : `Write \`${meant}\`.`;
  if (!prefix.startsWith('/')) return `The prefix \`${prefix}\` does not begin with \`/\`: FastAPI fails while the module loads. ${mend}`;
  return prefix.endsWith('/') ? `The prefix \`${prefix}\` ends with \`/\`: FastAPI fails while the module loads. ${mend}` : undefined;
}

function reportInclusion(inclusion: Inclusion, { model, index, lineIn, moduleOf }: ServiceContext): readonly PlacedReport[] {
  const { parent, child, prefix, path, call, place } = inclusion;
  const [above, below] = [parent, child].map((id) => (id === undefined ? undefined : model.owners.get(id)));
  if (above === undefined || above.isCustom) return [];
  const certainty = certaintyOf(place);
  const why = prefixFault(prefix);
  if (why !== undefined) return [{ path, span: call.keywords['prefix']!.span, certainty, message: why }];
  if (below === undefined || below.isCustom) return [];
  if (below.id === above.id) {
    const message = `\`${below.name}\` includes itself: FastAPI fails while the module loads, or never ends. Include another router.`;
    return [{ path, span: call.span, certainty, message }];
  }
  const bare =
    prefix === '' && below.prefix === '' ? (model.routesOf.get(below.id) ?? []).find((route) => isAdded(route, inclusion)) : undefined;
  if (bare === undefined || !sourceOf(index, bare.path, { span: bare.templateSpan }).match(/^[rRuU]?["']+$/)) return [];
  const where =
    bare.path === path
      ? `line ${lineIn(path, bare.place.offset)}`
      : `\`${moduleOf(bare.path)}\`, line ${lineIn(bare.path, bare.place.offset)}`;
  const message = `\`${below.name}\` has a route with an empty path (${where}) and is included without a prefix: FastAPI fails while the module loads. Give the prefix, or write \`/\` as the path.`;
  return [{ path, span: call.span, certainty, message }];
}

/** The route with the empty path is surely there when the inclusion runs. */
function isAdded({ template, path, place }: Route, inclusion: Inclusion): boolean {
  if (template !== '' || place.conditional || place.functionOffset !== undefined) return false;
  return path !== inclusion.path || inclusion.place.functionOffset !== undefined || place.offset < inclusion.place.offset;
}

const CONVERTERS = new Set(['str', 'path', 'int', 'float', 'uuid']);

function reportRoute(route: Route, context: ServiceContext): readonly PlacedReport[] {
  const { owner, path, template, templateSpan, place } = route;
  const found = owner === undefined ? undefined : context.model.owners.get(owner);
  if (found === undefined || found.isCustom) return [];
  const certainty = certaintyOf(place);
  const pathFault = template === undefined ? undefined : templateFault((found.prefix ?? '') + template, context);
  const body = bodyFault(route, context);
  return [
    ...(pathFault === undefined ? [] : [{ path, span: templateSpan, certainty, message: pathFault }]),
    ...(body === undefined ? [] : [{ path: body.path, span: body.span, certainty, message: body.message }]),
  ];
}

function templateFault(template: string, { index }: ServiceContext): string | undefined {
  const placeholders = placeholdersOf(template);
  const names = placeholders.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined)
    return `\`{${twice}}\` stands twice in \`${template}\`: FastAPI fails while the module loads. Give one of them another name.`;
  const odd = placeholders.find(({ converter }) => !CONVERTERS.has(converter));
  if (odd === undefined || index.hasOwnConverters()) return undefined;
  return `No converter \`${odd.converter}\` for \`{${odd.name}:${odd.converter}}\`: FastAPI fails while the module loads. There are \`str\`, \`path\`, \`int\`, \`float\` and \`uuid\`; a plain \`{${odd.name}}\` takes the type of the parameter.`;
}

function bodyFault(
  route: Route,
  { index }: ServiceContext,
): { readonly path: string; readonly span: Span; readonly message: string } | undefined {
  const { call, handler, isWrapped, isSocket, path, handlerPath } = route;
  const code = isSocket || call.hasSplat ? undefined : bodilessCode(path, call.keywords['status_code'], index);
  if (code === undefined) return undefined;
  const stated = call.keywords['response_model'];
  const model = stated ?? (isWrapped ? undefined : handler?.returns);
  const place = stated === undefined ? handlerPath : path;
  if (model === undefined || !isBody(place, model, index)) return undefined;
  const mend = stated === undefined ? 'Let the function return `None`' : 'Take `response_model` away';
  return {
    path: place,
    span: model.span,
    message: `An answer with status ${code} has no body, and this one describes one: FastAPI fails while the module loads. ${mend}, or answer with another status.`,
  };
}

function bodilessCode(path: string, status: Expression | undefined, index: ServiceContext['index']): string | undefined {
  if (status === undefined) return undefined;
  const name = index.externalName(path, status);
  const source = name ?? (status.kind === 'other' ? sourceOf(index, path, status) : '');
  return /^(?:(?:fastapi|starlette)\.status\.HTTP_(1\d\d|204|205|304)_\w+|(1\d\d|204|205|304))$/
    .exec(source)
    ?.slice(1)
    .find((each) => each !== undefined);
}

function isBody(path: string, expression: Expression, index: ServiceContext['index']): boolean {
  const plain = index.withoutAlias(path, expression);
  const types = unionParts(plain.path, plain.expression, index).map((part) => valueTypeOf(plain.path, part, index));
  return types.every((type) => type !== 'unknown') && types.some((type) => type === 'scalar' || type === 'container' || type === 'model');
}

function reportUnreachable({ path, templateSpan, template, place }: Route, { ways, isComplete }: RouteWays): readonly PlacedReport[] {
  const isLost = isComplete && ways.length > 0 && ways.every((way) => way.template !== '' && !way.template!.startsWith('/'));
  if (!isLost || template === undefined) return [];
  const message = `\`${ways[0]!.template!}\` does not begin with \`/\`, and every request does: the route is answered with 404. Write \`/${template}\`.`;
  return [{ path, span: templateSpan, certainty: certaintyOf(place), message }];
}

import { isTest } from '../graph/service/is-test';
import type { Inclusion, Route, RouteOwner } from '../graph/service/service-model';
import { sourceOf } from '../graph/service/source-of';
import { defineServiceRule } from './define-service-rule';
import type { PlacedReport, ServiceContext } from './rule';

export const duplicateOperationId = defineServiceRule(
  {
    id: 'duplicate-operation-id',
    since: '0.4.0',
    severity: 'warning',
    summary: 'Two routes of one application have the same `operation_id`.',
    why: 'OpenAPI wants it to be unique: FastAPI warns, and generated clients lose one of the two calls.',
    whatToDo: 'Give each route an `operation_id` of its own, or leave it out.',
    examples: [
      {
        bad: '@app.get("/users", operation_id="read")\ndef read_users(): ...\n\n@app.get("/items", operation_id="read")\ndef read_items(): ...',
        good: '@app.get("/users", operation_id="read_users")\ndef read_users(): ...\n\n@app.get("/items", operation_id="read_items")\ndef read_items(): ...',
      },
    ],
  },
  (context) => {
    const apps = [...context.model.owners.values()].filter(({ kind, path, isCustom }) => kind === 'app' && !isTest(path) && !isCustom);
    const reports = apps.flatMap((app) => reportApp(app, context));
    const seen = new Set<number | string>();
    return reports.filter(({ path, span }) => seen.size < seen.add(`${path}:${span.start}`).size);
  },
);

function reportApp(app: RouteOwner, context: ServiceContext): readonly PlacedReport[] {
  const { index, lineIn, moduleOf } = context;
  const known = new Map<string, Route>();
  return shownRoutes(app, context).flatMap((route) => {
    const id = index.textOf(route.path, route.call.keywords['operation_id'], '');
    if (id === undefined || id === '') return [];
    const first = known.get(id);
    if (first === undefined) known.set(id, route);
    if (first === undefined || first === route || isSameRoute(first, route)) return [];
    const line = lineIn(first.path, first.place.offset);
    const where = first.path === route.path ? `line ${line}` : `\`${moduleOf(first.path)}\` (line ${line})`;
    return [
      {
        path: route.path,
        span: route.call.keywords['operation_id']!.span,
        message: `The operation id \`${id}\` is taken already: by ${where}. Give this route another.`,
        data: { operationId: id, first: { module: moduleOf(first.path), line } },
      },
    ];
  });
}

/** Then `duplicate-route` says it. */
function isSameRoute(first: Route, second: Route): boolean {
  return first.owner === second.owner && first.template === second.template && first.methods?.join() === second.methods?.join();
}

const DEEPEST = 12;

/** Routes that are surely in the application's schema, in the order of the source; a router that is included twice comes once. */
function shownRoutes(app: RouteOwner, context: ServiceContext): readonly Route[] {
  const { model } = context;
  const routes: Route[] = [];
  const seen = new Set<string>();
  const pending = [{ owner: app, depth: 0 }];
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    const { owner, depth } = next;
    if (seen.has(owner.id) || depth > DEEPEST || owner.isCustom || isHidden(owner, context)) continue;
    seen.add(owner.id);
    routes.push(...(model.routesOf.get(owner.id) ?? []).filter((route) => !route.isSocket && isShown(route, context)));
    for (const inclusion of model.inclusionsOf.get(owner.id) ?? []) {
      const child = inclusion.child === undefined ? undefined : model.owners.get(inclusion.child);
      if (child !== undefined && isShown(inclusion, context)) pending.push({ owner: child, depth: depth + 1 });
    }
  }
  return routes;
}

function isShown(step: Route | Inclusion, context: ServiceContext): boolean {
  return !step.place.conditional && !step.call.hasSplat && !isHidden(step, context);
}

/** `include_in_schema=False`, or anything that may be false. */
function isHidden({ path, call }: Pick<RouteOwner, 'path' | 'call'>, { index }: ServiceContext): boolean {
  const shown = call.keywords['include_in_schema'];
  return shown !== undefined && (shown.kind !== 'other' || sourceOf(index, path, shown) !== 'True');
}

import type { WiredProject } from '../graph/service/reference-resolver';
import { isTest } from '../graph/service/is-test';
import type { RouteOwner, ServiceModel } from '../graph/service/service-model';
import { defineServiceRule } from './define-service-rule';
import type { PlacedReport, ServiceContext } from './rule';

export const routerNotIncluded = defineServiceRule(
  {
    id: 'router-not-included',
    since: '0.2.0',
    severity: 'error',
    summary: 'A router has routes, and no application of the project includes it.',
    why: 'Its routes are not served: every request to them is answered with 404.',
    whatToDo: 'Call `include_router` on the application or on a router it includes, or remove the router.',
    examples: [
      {
        bad: '# routers/users.py\nrouter = APIRouter()\n\n@router.get("/users")\ndef list_users(): ...\n# main.py\napp = FastAPI()',
        good: '# main.py\nfrom routers import users\n\napp = FastAPI()\napp.include_router(users.router)',
      },
    ],
  },
  (context) => {
    const { model, index } = context;
    const lost = index.memo.derive('lost routers', [model], () => listLost(model));
    const apps = lost.length === 0 ? [] : listApps(model);
    return lost.map((owner) => reportRouter(owner, apps, context));
  },
);

function listApps({ owners }: ServiceModel): readonly RouteOwner[] {
  return [...owners.values()].filter(({ kind, path }) => kind === 'app' && !isTest(path));
}

function listLost(model: ServiceModel): readonly RouteOwner[] {
  if (listApps(model).length === 0 || model.hasDynamicLookup) return [];
  const served = findServed(model);
  const lost = [...model.owners.values()].filter((owner) => !served.has(owner.id) && isRoot(owner, model, served));
  return lost.filter((owner) => isWorthSaying(owner, model));
}

/** Applications, what escapes, what somebody unknown includes, and whatever those include. */
function findServed({ owners, escaped, inclusions, inclusionsOf }: ServiceModel): ReadonlySet<string> {
  const apps = [...owners.values()].filter(({ kind }) => kind === 'app').map(({ id }) => id);
  const handed = inclusions.flatMap(({ parent, child }) => (parent === undefined && child !== undefined ? [child] : []));
  const served = new Set<string>([...escaped, ...apps, ...handed]);
  for (const id of served) for (const { child } of inclusionsOf.get(id) ?? []) if (child !== undefined) served.add(child);
  return served;
}

/** A router inside a lost router is found with that one. */
function isRoot({ id }: RouteOwner, { inclusionsInto }: ServiceModel, served: ReadonlySet<string>): boolean {
  return !(inclusionsInto.get(id) ?? []).some(({ parent }) => parent !== undefined && !served.has(parent));
}

function isWorthSaying({ id, path, place }: RouteOwner, { routesOf, inclusionsOf }: ServiceModel): boolean {
  if (isTest(path) || place.functionOffset !== undefined || place.conditional) return false;
  return routesOf.has(id) || inclusionsOf.has(id);
}

function reportRouter(owner: RouteOwner, apps: readonly RouteOwner[], { index, model, moduleOf, lineIn }: ServiceContext): PlacedReport {
  const { path, name, span, id } = owner;
  const isListed = index.project.summaries.get(path)!.dunderAll.kind !== 'absent';
  const isBeside = apps.some((app) => isSamePart(app.path, path, index.project.summaries));
  const app = apps[0]!;
  const count = model.routesOf.get(id)?.length ?? 0;
  const lost = count === 0 ? 'the routers it includes are' : count === 1 ? 'its route is' : `its ${count} routes are`;
  return {
    path,
    span,
    certainty: isBeside && !isListed && !owner.isCustom && !hasUnclearImports(index.project) ? 'certain' : 'possible',
    message: `No application includes \`${name}\` of \`${moduleOf(path)}\`, so ${lost} never served. Add \`${app.name}.include_router(…)\` for it where \`${app.name}\` is made: \`${moduleOf(app.path)}\` (line ${lineIn(app.path, app.span.start)}).`,
    data: { router: name, module: moduleOf(path), application: moduleOf(app.path) },
  };
}

/** Modules found beside a file, or in folders without `__init__.py`, may be reached by names nobody can follow. */
function hasUnclearImports({ links }: WiredProject): boolean {
  return [...links.values()].some(({ imports }) =>
    imports.some(({ resolution }) => (resolution.kind === 'module' && resolution.via !== 'root') || resolution.kind === 'unresolved'),
  );
}

/** Below the folder of the application, or in the same package: then it is no library of its own. */
function isSamePart(app: string, path: string, files: ReadonlyMap<string, unknown>): boolean {
  const folder = app.slice(0, app.lastIndexOf('/') + 1);
  if (folder !== '' && path.startsWith(folder)) return true;
  const [top] = path.split('/', 1);
  if (folder === '') return !path.includes('/') || files.has(`${top}/__init__.py`);
  return app.startsWith(`${top}/`) && files.has(`${top}/__init__.py`);
}

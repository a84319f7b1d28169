import { isSameList } from '../algorithms/is-same-list';
import type { Place } from '../extract/service/service-facts';
import type { DefinitionIndex } from '../graph/service/definition-index';
import type { Inclusion, ServiceModel } from '../graph/service/service-model';
import type { Span } from '../text/span';
import { defineServiceRule } from './define-service-rule';
import type { PlacedReport, ServiceContext } from './rule';

/** Never certain: FastAPI 0.142 does not serve such routes, 0.165 does, and a requirement rarely says which one runs. */
export const routeAfterInclude = defineServiceRule(
  {
    id: 'route-after-include',
    since: '0.2.0',
    severity: 'error',
    summary: 'A route is added to a router that was already included.',
    why: 'Most FastAPI versions copy the routes that are there when `include_router` runs and never serve later ones; newer ones (0.165) do.',
    whatToDo: 'Move the `include_router` call below the last route of the router.',
    examples: [
      {
        bad: 'app.include_router(router)\n\n@router.get("/users")\ndef list_users(): ...',
        good: '@router.get("/users")\ndef list_users(): ...\n\napp.include_router(router)',
      },
    ],
  },
  ({ model, index, lineIn }) => lateAdditions(model, index).map((addition) => reportAddition(addition, lineIn)),
);

interface Addition {
  readonly owner: string;
  readonly path: string;
  readonly place: Place;
  readonly span: Span;
  readonly what: string;
}

interface LateAddition extends Addition {
  readonly router: string;
  /** Where the router was included first. */
  readonly offset: number;
}

interface OwnerAdditions {
  readonly from: readonly unknown[];
  readonly late: readonly LateAddition[];
}

function lateAdditions(model: ServiceModel, { memo }: DefinitionIndex): readonly LateAddition[] {
  const { owners, routesOf, inclusionsOf, inclusionsInto } = model;
  const found = memo.derive<ReadonlyMap<string, OwnerAdditions>>('late additions by owner', [model], (before) => {
    const judge = (id: string): OwnerAdditions => {
      const from = [owners.get(id), routesOf.get(id), inclusionsOf.get(id), inclusionsInto.get(id)];
      const known = before?.get(id);
      return known !== undefined && isSameList(known.from, from) ? known : { from, late: listLate(id, model) };
    };
    return new Map([...inclusionsInto.keys()].map((id) => [id, judge(id)]));
  });
  return memo.derive('late additions', [found], () => [...found.values()].flatMap(({ late }) => late));
}

function listLate(owner: string, model: ServiceModel): readonly LateAddition[] {
  const router = model.owners.get(owner);
  const inclusions = model.inclusionsInto.get(owner)!;
  const [first] = inclusions;
  if (router === undefined || router.isCustom || inclusions.some(({ path }) => path !== first!.path)) return [];
  const isLate = ({ path, place }: Pick<Addition, 'path' | 'place'>): boolean =>
    path === first!.path && !place.conditional && inclusions.every((inclusion) => isBefore(inclusion, place));
  return additionsTo(owner, model, isLate).map((addition) => ({ ...addition, router: router.name, offset: first!.place.offset }));
}

/** Whatever puts routes on a router: decorators, calls, and including another router. */
function additionsTo(
  owner: string,
  { routesOf, inclusionsOf }: ServiceModel,
  isLate: (addition: Pick<Addition, 'path' | 'place'>) => boolean,
): readonly Addition[] {
  const routes = (routesOf.get(owner) ?? []).filter(isLate).map(({ path, place, template, templateSpan }) => {
    const what = template === undefined ? 'This route' : `Route \`${template}\``;
    return { owner, path, place, span: templateSpan, what };
  });
  const inclusions = (inclusionsOf.get(owner) ?? []).filter(isLate);
  return [...routes, ...inclusions.map(({ path, place, call }) => ({ owner, path, place, span: call.span, what: 'What this includes' }))];
}

function reportAddition({ path, span, what, router, offset }: LateAddition, lineIn: ServiceContext['lineIn']): PlacedReport {
  const line = lineIn(path, offset);
  return {
    path,
    span,
    certainty: 'possible',
    message: `${what} comes after line ${line} included \`${router}\`: FastAPI versions that copy the routes at that moment do not serve it. Move the \`include_router\` call below it.`,
    data: { router, line },
  };
}

/** In the same run of statements, and surely run. */
function isBefore({ place: included, parent }: Inclusion, place: Place): boolean {
  return (
    parent !== undefined && !included.conditional && included.functionOffset === place.functionOffset && included.offset < place.offset
  );
}

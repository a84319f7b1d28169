import type { Place } from '../extract/service/service-facts';
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
  (context) => additionsTo(context.model).flatMap((addition) => reportAddition(addition, context)),
);

interface Addition {
  readonly owner: string;
  readonly path: string;
  readonly place: Place;
  readonly span: Span;
  readonly what: string;
}

/** Whatever puts routes on a router: decorators, calls, and including another router. */
function additionsTo({ routes, inclusions }: ServiceModel): readonly Addition[] {
  return [
    ...routes.flatMap(({ owner, path, place, template, templateSpan }) =>
      owner === undefined
        ? []
        : [{ owner, path, place, span: templateSpan, what: template === undefined ? 'This route' : `Route \`${template}\`` }],
    ),
    ...inclusions.flatMap(({ parent, path, place, call }) =>
      parent === undefined ? [] : [{ owner: parent, path, place, span: call.span, what: 'What this includes' }],
    ),
  ];
}

function reportAddition({ owner, path, place, span, what }: Addition, { model, lineIn }: ServiceContext): readonly PlacedReport[] {
  const inclusions = model.inclusionsInto.get(owner) ?? [];
  const router = model.owners.get(owner)!;
  if (inclusions.length === 0 || place.conditional || router.isCustom) return [];
  if (!inclusions.every((inclusion) => inclusion.path === path && isBefore(inclusion, place))) return [];
  const line = lineIn(path, inclusions[0]!.place.offset);
  return [
    {
      path,
      span,
      certainty: 'possible',
      message: `${what} comes after line ${line} included \`${router.name}\`: FastAPI versions that copy the routes at that moment do not serve it. Move the \`include_router\` call below it.`,
      data: { router: router.name, line },
    },
  ];
}

/** In the same run of statements, and surely run. */
function isBefore({ place: included, parent }: Inclusion, place: Place): boolean {
  return (
    parent !== undefined && !included.conditional && included.functionOffset === place.functionOffset && included.offset < place.offset
  );
}

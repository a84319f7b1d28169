import type { Overlap } from '../graph/service/find-overlaps';
import { defineServiceRule } from './define-service-rule';
import type { PlacedReport, ServiceContext } from './rule';

export const shadowedRoute = defineServiceRule(
  {
    id: 'shadowed-route',
    since: '0.2.0',
    severity: 'error',
    summary: 'An earlier route with a placeholder takes every request meant for this one.',
    why: 'Routes are tried in the order they are registered: `/users/me` after `/users/{id}` is read as the user `me`.',
    whatToDo: 'Register the narrower route first: move the function, or the `include_router` call, up.',
    examples: [
      {
        bad: '@app.get("/users/{id}")\ndef read(id: int): ...\n\n@app.get("/users/me")\ndef me(): ...',
        good: '@app.get("/users/me")\ndef me(): ...\n\n@app.get("/users/{id}")\ndef read(id: int): ...',
      },
    ],
  },
  (context) => context.overlaps.filter(({ kind }) => kind === 'wider').map((overlap) => reportOverlap(overlap, context)),
);

function reportOverlap(overlap: Overlap, { moduleOf, lineIn }: ServiceContext): PlacedReport {
  const { later, earlier, earlierTemplate, laterTemplate, method, isPlain } = overlap;
  const line = lineIn(earlier.path, earlier.place.offset);
  const place = earlier.path === later.path ? `line ${line}` : `\`${moduleOf(earlier.path)}\`, line ${line}`;
  const taker = 'methods' in earlier ? `${method} \`${earlierTemplate}\`` : `The mount at \`${earlierTemplate}\``;
  return {
    path: later.path,
    span: later.templateSpan,
    certainty: isPlain ? 'certain' : 'possible',
    message: `${taker} (${place}) is registered earlier and takes every request for ${method} \`${laterTemplate}\`, which is never called. Register this one first.`,
    data: { method, path: laterTemplate, earlierPath: earlierTemplate, earlier: { module: moduleOf(earlier.path), line } },
  };
}

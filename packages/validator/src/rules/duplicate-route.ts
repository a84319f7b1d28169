import type { Overlap } from '../graph/service/find-overlaps';
import { defineServiceRule } from './define-service-rule';
import type { PlacedReport, ServiceContext } from './rule';

export const duplicateRoute = defineServiceRule(
  {
    id: 'duplicate-route',
    since: '0.2.0',
    severity: 'error',
    summary: 'Two routes answer the same method and path, prefixes included.',
    why: 'The one registered first takes every request; the second function never runs.',
    whatToDo: 'Give one of them another path or method, or remove it.',
    examples: [
      {
        bad: '@app.get("/users/{id}")\ndef read(id: int): ...\n\n@app.get("/users/{user_id}")\ndef read_again(user_id: int): ...',
        good: '@app.get("/users/{id}")\ndef read(id: int): ...\n\n@app.get("/users/{id}/orders")\ndef list_orders(id: int): ...',
      },
    ],
  },
  (context) => context.overlaps.filter(({ kind }) => kind === 'same').map((overlap) => reportOverlap(overlap, context)),
);

function reportOverlap(overlap: Overlap, { moduleOf, lineIn }: ServiceContext): PlacedReport {
  const { later, earlier, method, laterTemplate, isPlain } = overlap;
  const line = lineIn(earlier.path, earlier.place.offset);
  const place = earlier.path === later.path ? `line ${line}` : `\`${moduleOf(earlier.path)}\` (line ${line})`;
  return {
    path: later.path,
    span: later.templateSpan,
    certainty: isPlain ? 'certain' : 'possible',
    message: `${method} \`${laterTemplate}\` is already answered by ${place}: this one is never called. Change its path or method, or remove it.`,
    data: { method, path: laterTemplate, earlier: { module: moduleOf(earlier.path), line } },
  };
}

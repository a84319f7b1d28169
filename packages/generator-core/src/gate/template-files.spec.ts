import { describe, expect, test } from 'vitest';
import { plannedExample } from '../testing/planned-service';
import { CandidateJudge } from './candidate-judge';

/** What a template leaves to somebody and a model may not: an operation that is still to be written, and the place for code by hand. */
const stub = (line: number): readonly string[] => [`stub:${line}`];

describe("every file of the templates is right in the judge's eyes, and comes back byte for byte", () => {
  test.each([
    ['todo', { 'app/extensions/__init__.py': stub(15) }],
    [
      'bookstore',
      { 'app/extensions/__init__.py': stub(15), 'app/services/best_sellers.py': stub(29), 'app/services/pay_order.py': stub(24) },
    ],
  ])(
    '%s',
    (name, expected) => {
      const { plan, templateTexts } = plannedExample(name);
      const judge = new CandidateJudge(templateTexts);
      const paths = [...templateTexts.keys()].filter((path) => path.endsWith('.py'));
      const verdicts = paths.map((path) => {
        const { text, diagnostics } = judge.judge(plan.graph.nodes[path]!.data, templateTexts.get(path)!, new Map());
        const found = diagnostics.map(({ rule, range }) => `${rule}:${range.start.line}`);
        return [path, text === templateTexts.get(path) ? found : ['another text']] as const;
      });
      expect(paths.length).toBeGreaterThan(40);
      expect(Object.fromEntries(verdicts.filter(([, found]) => found.length > 0))).toEqual(expected);
    },
    120_000,
  );
});

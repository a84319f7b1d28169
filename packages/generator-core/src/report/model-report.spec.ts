import { describe, expect, test } from 'vitest';
import { formatModelReport } from './format-model-report';
import type { ArtifactReport, ModelReport } from './model-report';
import { emptyHistory, historyLine, readHistory } from './run-history';

function artifact(path: string, status: ArtifactReport['status'], ...rules: readonly string[]): ArtifactReport {
  const attempts = [
    ...rules.map(
      (rule) => ({ step: 'first', outcome: 'rejected', reasons: [{ rule, line: 1, message: 'No.' }], isRemembered: false }) as const,
    ),
  ];
  const last = { step: 'repair', outcome: 'accepted', reasons: [], isRemembered: false } as const;
  return {
    path,
    phase: 'services',
    role: 'r',
    status,
    repairs: rules.length,
    attempts: [...attempts, last],
    tokens: 10,
    cost: 0.5,
    milliseconds: 5,
  };
}

const report: ModelReport = {
  version: 1,
  service: 'shop',
  provider: 'p',
  model: 'm-1',
  share: 'all',
  artifacts: [
    artifact('app/services/a.py', 'generated'),
    artifact('app/services/b.py', 'repaired', 'unknown-symbol'),
    artifact('app/services/c.py', 'fallback', 'test-failed', 'stub'),
    { ...artifact('app/services/d.py', 'kept'), attempts: [] },
  ],
  flags: [{ path: 'app/services/c.py', why: "The template's file stands there. 2 repairs did not mend it\nand more" }],
  phases: [{ phase: 'services', asked: 3, notAtOnce: 2, flagged: 1, earlier: { runs: 2, asked: 10, notAtOnce: 1, flagged: 0 } }],
  rules: [
    { rule: 'stub', count: 1 },
    { rule: 'test-failed', count: 1 },
  ],
  trial: { kind: 'ran', level: 'unshare', weakness: 'Install bubblewrap.', rounds: 2, passed: 40, unexplained: [] },
  spent: { calls: 6, tokens: 12_000, cost: 0.12345, remembered: 1 },
  milliseconds: 61_234,
};

test('for people', () => {
  expect(formatModelReport(report)).toBe(
    [
      'm-1 was asked for 3 files: 1 right at once, 1 repaired, 1 left to the template, 1 kept as you edited them',
      '    repaired(1)  app/services/b.py: unknown-symbol',
      '    fallback     app/services/c.py: test-failed, stub',
      '  imported, linted, type-checked, migrated and tested (40 tests passed) in 2 rounds, shut in by unshare. Install bubblewrap.',
      '  not right at once, by phase: services 2 of 3 (earlier 10 % of 10)',
      '  what stood against answers: stub 1 · test-failed 1',
      '  6 calls, 12000 tokens, $0.1235; 1 answer from the journal; 61.2 s',
      '  1 flag, to be looked at:',
      "    app/services/c.py: The template's file stands there. 2 repairs did not mend it",
    ].join('\n'),
  );
});

describe('history', () => {
  test('adds up over runs; a line that was cut short counts for nothing', () => {
    const line = historyLine(report);
    expect(readHistory(`${line}${line}${line.slice(0, 20)}`)).toEqual({
      phases: { services: { runs: 2, asked: 6, notAtOnce: 4, flagged: 2 } },
    });
    expect(readHistory('')).toEqual(emptyHistory);
  });

  test('a run that paid for nothing adds nothing', () => {
    expect(historyLine({ ...report, spent: { ...report.spent, calls: 0 } })).toBe('');
  });
});

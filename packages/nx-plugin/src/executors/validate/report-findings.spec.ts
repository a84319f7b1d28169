import type { Diagnostic } from '@org/validator';
import { expect, test } from 'vitest';
import { reportFindings } from './report-findings';

const place = (offset: number) => ({ line: 1, column: offset + 1, offset });
const found: Diagnostic = {
  rule: 'sql-injection',
  severity: 'error',
  certainty: 'possible',
  path: 'shop/run.py',
  range: { start: place(0), end: place(3) },
  message: 'It ends in SQL.',
  flow: [{ path: 'shop/main.py', line: 1, column: 1, endLine: 1, endColumn: 4, message: 'It begins here.' }],
};
const files = new Map([
  ['pyproject.toml', ''],
  ['shop/main.py', 'ask()\n'],
  ['shop/run.py', 'run()\n'],
]);
const reportOf = (root: string, diagnostics: readonly Diagnostic[]) =>
  reportFindings({ project: { name: 'shop', root, format: 'concise' }, files, outcome: { kind: 'checked', diagnostics }, unreadable: [] });

test.each([
  ['apps/shop', 'apps/shop/'],
  ['.', ''],
])('the places of a finding, and of all it passes, begin at the workspace: project at %s', (root, start) => {
  const { sarif } = reportOf(root, [found]);
  const [result] = JSON.parse(sarif).runs[0].results;
  const uriOf = ({ physicalLocation }: { physicalLocation: { artifactLocation: { uri: string } } }) =>
    physicalLocation.artifactLocation.uri;
  expect(result.locations.map(uriOf)).toEqual([`${start}shop/run.py`]);
  expect(
    result.codeFlows[0].threadFlows[0].locations.map(({ location }: { location: Parameters<typeof uriOf>[0] }) => uriOf(location)),
  ).toEqual([`${start}shop/main.py`]);
});

test('possible findings are counted apart and fail nothing', () => {
  expect(reportOf('.', [found])).toMatchObject({
    isValid: true,
    text: expect.stringMatching(/\nshop: 2 Python files checked, no faults, 1 possible fault \(not counted as failure\)$/),
  });
  expect(reportOf('.', [found, { ...found, certainty: 'certain' }])).toMatchObject({
    isValid: false,
    text: expect.stringMatching(/\nshop: 2 Python files checked, 1 fault, 1 possible fault \(not counted as failure\)$/),
  });
});

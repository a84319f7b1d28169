import { expect, test } from 'vitest';
import { formatDiagnostics, openProject } from '../src/index';

const files = new Map([['app.py', 'def f():\n\treturn missing\n']]);
const diagnostics = openProject({ files }).check();

test('concise', () => {
  expect(formatDiagnostics(diagnostics, 'concise')).toBe(
    'app.py:2:9: undefined-name `missing` is not defined: nothing in this file binds or imports it. Import or define it.\n',
  );
  expect(formatDiagnostics([], 'concise')).toBe('');
  expect(formatDiagnostics([{ ...diagnostics[0]!, certainty: 'possible', message: 'a\n b' }], 'concise')).toBe(
    'app.py:2:9: undefined-name (possible) a b\n',
  );
});

test('full marks the place', () => {
  expect(formatDiagnostics(diagnostics, 'full', { texts: files })).toContain(' 2 | \treturn missing\n   | \t       ^^^^^^^\n');
  expect(formatDiagnostics(diagnostics, 'full')).not.toContain('^');
});

test('json has one shape', () => {
  expect(JSON.parse(formatDiagnostics(diagnostics, 'json'))).toEqual({
    version: 1,
    summary: { total: 1, certain: 1, possible: 0, files: 1 },
    diagnostics: [
      {
        rule: 'undefined-name',
        severity: 'error',
        certainty: 'certain',
        path: 'app.py',
        line: 2,
        column: 9,
        endLine: 2,
        endColumn: 16,
        message: expect.stringContaining('`missing`'),
        module: 'app',
        data: { name: 'missing', kind: 'undefined', boundBy: [] },
      },
    ],
  });
});

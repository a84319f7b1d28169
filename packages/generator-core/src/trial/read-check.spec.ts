import { expect, test } from 'vitest';
import type { ConfinedRun } from '../sandbox/confined-command';
import { readCheck } from './read-check';
import type { TrialCheck } from './trial';

const folder = '/tmp/trial/tests-1';
const mark = 'abc ';

function read(check: TrialCheck, output: string, run: Partial<ConfinedRun> = {}) {
  const base = { level: 'bubblewrap', exitCode: 0, signal: undefined, stoppedFor: undefined, output, errorOutput: '' } as const;
  return readCheck({ check, folder, mark, run: { ...base, ...run } });
}
const told = (...lines: readonly object[]): string => lines.map((line) => `${mark}${JSON.stringify(line)}\n`).join('');

test('tests that pass', () => {
  expect(read('tests', `..\n${told({ end: true, code: 0, outcomes: { passed: 2, skipped: 1 } })}`)).toEqual({ failures: [], passed: 2 });
});

test('a test that fails, without the libraries and the folder', () => {
  const text = [
    'Traceback (most recent call last):',
    '  File "/tmp/trial/environment/.venv/lib/python3.11/site-packages/starlette/routing.py", line 683, in __call__',
    '    await self.middleware_stack(scope, receive, send)',
    '          ^^^^^^^^^^^^^^^^^^^^^',
    `  File "${folder}/app/routers/book.py", line 12, in read_book`,
    '    return book.nme',
    "AttributeError: 'Book' object has no attribute 'nme'",
  ].join('\n');
  expect(
    read('tests', told({ name: 'tests/test_book.py::test_read', text }, { end: true, code: 1, outcomes: { passed: 1, failed: 1 } }), {
      exitCode: 1,
    }),
  ).toEqual({
    failures: [
      {
        check: 'tests',
        name: 'tests/test_book.py::test_read',
        text: [
          'Traceback (most recent call last):',
          '  File "app/routers/book.py", line 12, in read_book',
          '    return book.nme',
          "AttributeError: 'Book' object has no attribute 'nme'",
        ].join('\n'),
        frames: [{ path: 'app/routers/book.py', line: 12 }],
      },
    ],
    passed: 1,
  });
});

test.each<[string, TrialCheck, string, Partial<ConfinedRun>, string]>([
  ['a run that ends well without a word is not believed', 'tests', 'all good\n', {}, 'all good\n\nIt ended with code 0.'],
  [
    'nor one that runs no test',
    'tests',
    told({ end: true, code: 0, outcomes: {} }),
    {},
    `${told({ end: true, code: 0, outcomes: {} })}\nIt ended with code 0.`,
  ],
  ['nor one that says the end and fails', 'imports', told({ end: true }), { exitCode: 3 }, `${told({ end: true })}\nIt ended with code 3.`],
  ['time', 'tests', '', { exitCode: undefined, signal: 'SIGKILL', stoppedFor: 'time' }, 'It did not end in time and was stopped.'],
  [
    'output',
    'tests',
    'x',
    { exitCode: undefined, signal: 'SIGKILL', stoppedFor: 'output' },
    'x\n\nIt printed without end and was stopped.',
  ],
  [
    'migrations',
    'migrations',
    'up\n',
    { exitCode: 1, errorOutput: 'FAILED: New upgrade operations detected' },
    'up\n\nFAILED: New upgrade operations detected\nIt ended with code 1.',
  ],
])('%s', (_name, check, output, run, text) => {
  expect(read(check, output, run)).toEqual({ failures: [{ check, name: check, text: text.trim(), frames: [] }], passed: 0 });
});

test('types, one failure for each error, notes left out', () => {
  const lines = [
    { file: 'app/a.py', line: 3, column: 1, message: 'Incompatible types', hint: null, code: 'assignment', severity: 'error' },
    { file: 'app/a.py', line: 3, column: 1, message: 'See the docs', hint: null, code: 'assignment', severity: 'note' },
  ];
  expect(read('types', lines.map((line) => `${JSON.stringify(line)}\n`).join(''), { exitCode: 1 })).toEqual({
    failures: [
      {
        check: 'types',
        name: 'app/a.py: Incompatible types',
        text: 'app/a.py:3: Incompatible types  [assignment]',
        frames: [{ path: 'app/a.py', line: 3 }],
      },
    ],
    passed: 0,
  });
});

test('ids, times and places that differ from run to run are left out', () => {
  const text = [
    "[parameters: (-1, '2026-11-26 12:26:15.085795', '01a217d21a8671da81b866ffdeb9b8c2')]",
    'GET /api/v1/books/01a217d2-1a86-71da-81b8-66ffdeb9b8c2 at 2026-11-26T12:26:15Z',
    '<Book object at 0x7f2a10b3c4d0> /tmp/pytest-of-nobody/pytest-0/a.db eyJhbGciOi.eyJzdWIiOi.c2lnbmF0dXJl',
  ].join('\n');
  const { failures } = read('tests', told({ name: 't', text }, { end: true, code: 1, outcomes: { failed: 1 } }), { exitCode: 1 });
  expect(failures.map((failure) => failure.text)).toEqual([
    ["[parameters: (-1, '<time>', '<id>')]", 'GET /api/v1/books/<id> at <time>', '<Book object at <address>> <file> <token>'].join('\n'),
  ]);
});

test('lint, one failure for each finding', () => {
  const finding = { code: 'ANN401', message: 'Any is disallowed', filename: `${folder}/app/a.py`, location: { row: 3, column: 1 } };
  expect(read('lint', JSON.stringify([finding]), { exitCode: 1 })).toEqual({
    failures: [
      {
        check: 'lint',
        name: 'app/a.py: ANN401 Any is disallowed',
        text: 'app/a.py:3: ANN401 Any is disallowed',
        frames: [{ path: 'app/a.py', line: 3 }],
      },
    ],
    passed: 0,
  });
  expect([read('lint', '[]').failures, read('lint', 'no', { exitCode: 2 }).failures.map(({ name }) => name)]).toEqual([[], ['lint']]);
});

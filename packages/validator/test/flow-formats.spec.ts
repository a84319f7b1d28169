import { expect, test } from 'vitest';
import { DIAGNOSTIC_FORMATS, formatDiagnostics, openProject, rules, type Diagnostic } from '../src/index';

const ROUTE = `from fastapi import FastAPI
from app.tools.do_it import run

app = FastAPI()

@app.get("/")
def read(q: str):
    return run(q)
`;
const HELPER = 'def run(text):\n    value = text\n    return eval(value)\n';
const FILES = new Map([
  ['app/__init__.py', ''],
  ['app/main.py', ROUTE],
  ['app/tools/__init__.py', ''],
  ['app/tools/do_it.py', HELPER],
]);
const found = openProject({ files: FILES }).check();
const meta = rules.map((rule) => rule.meta).find(({ id }) => id === 'code-injection')!;

const MESSAGE =
  'Request data (`q` of route `read`) reaches `eval`: a client can run Python. Parse the value (`json.loads`, `ast.literal_eval`), or choose from a fixed table.';
const STEPS = [
  { path: 'app/main.py', line: 7, column: 10, endLine: 7, endColumn: 11, message: '`q` of route `read` comes from the request' },
  { path: 'app/main.py', line: 7, column: 5, endLine: 7, endColumn: 9, message: 'passed to `read` as `q`' },
  { path: 'app/main.py', line: 8, column: 12, endLine: 8, endColumn: 18, message: 'passed to `run` as `text`' },
  { path: 'app/tools/do_it.py', line: 2, column: 5, endLine: 2, endColumn: 10, message: 'kept in `value`' },
  { path: 'app/tools/do_it.py', line: 3, column: 12, endLine: 3, endColumn: 23, message: 'reaches `eval`' },
];

test('json has every place of a flow', () => {
  expect(JSON.parse(formatDiagnostics(found, 'json'))).toEqual({
    version: 1,
    summary: { total: 1, certain: 1, possible: 0, files: 1 },
    diagnostics: [
      {
        rule: 'code-injection',
        severity: 'error',
        certainty: 'certain',
        path: 'app/tools/do_it.py',
        line: 3,
        column: 12,
        endLine: 3,
        endColumn: 23,
        message: MESSAGE,
        module: 'app.tools.do_it',
        data: { source: '`q` of route `read`', sink: 'eval' },
        flow: STEPS,
      },
    ],
  });
});

test('full lists the places of a flow below the line of code', () => {
  expect(formatDiagnostics(found, 'full', { texts: FILES })).toBe(
    [
      `app/tools/do_it.py:3:12: code-injection ${MESSAGE}`,
      ' 3 |     return eval(value)',
      '   |            ^^^^^^^^^^^',
      ...STEPS.map(({ path, line, column, message }, index) => `   ${index + 1}. ${path}:${line}:${column} ${message}`),
      '',
      '',
    ].join('\n'),
  );
});

test('sarif has a code flow, and a rule with its weakness and how bad it is', () => {
  const { runs } = JSON.parse(formatDiagnostics(found, 'sarif', { texts: FILES, rules: [meta] }));
  expect(runs).toHaveLength(1);
  expect(runs[0].tool.driver.rules.map(({ id, properties }: { id: string; properties: object }) => ({ id, properties }))).toEqual([
    {
      id: 'code-injection',
      properties: {
        tags: ['python', 'security', 'external/cwe/cwe-094'],
        'problem.severity': 'error',
        'security-severity': '9.8',
      },
    },
  ]);
  expect(runs[0].results).toEqual([
    {
      ruleId: 'code-injection',
      ruleIndex: 0,
      level: 'error',
      message: { text: MESSAGE },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'app/tools/do_it.py' },
            region: { startLine: 3, startColumn: 12, endLine: 3, endColumn: 23 },
          },
        },
      ],
      partialFingerprints: { primaryLocationLineHash: expect.stringMatching(/^[0-9a-f]{32}:1$/) },
      codeFlows: [{ threadFlows: [{ locations: STEPS.map(toThreadFlowLocation) }] }],
      properties: { certainty: 'certain' },
    },
  ]);
});

function toThreadFlowLocation({ path, message, line, column, endLine, endColumn }: (typeof STEPS)[number]): object {
  return {
    location: {
      physicalLocation: {
        artifactLocation: { uri: path },
        region: { startLine: line, startColumn: column, endLine, endColumn },
      },
      message: { text: message },
    },
  };
}

test('sarif: addresses stay relative and are escaped, and a flow has no more than 1,000 places', () => {
  const [diagnostic] = found as readonly [Diagnostic];
  const step = { ...STEPS[0]!, path: 'app/a b:c.py' };
  const long = { ...diagnostic, flow: Array.from({ length: 1_001 }, (_, index) => ({ ...step, line: index + 1, endLine: index + 1 })) };
  const { locations } = JSON.parse(formatDiagnostics([long], 'sarif')).runs[0].results[0].codeFlows[0].threadFlows[0];
  expect(locations).toEqual(long.flow.slice(0, 1_000).map((place) => toThreadFlowLocation({ ...place, path: 'app/a%20b%3Ac.py' })));
});

test('every security rule names its weakness and how bad it is', () => {
  const described = rules.flatMap((rule) => (rule.meta.security === undefined ? [] : [[rule.meta.id, rule.meta.security.cwe]]));
  expect(described).toEqual([
    ['code-injection', 94],
    ['command-injection', 78],
    ['cors-credentials-wildcard', 942],
    ['cross-site-scripting', 79],
    ['hard-coded-secret', 798],
    ['jwt-without-algorithms', 347],
    ['open-redirect', 601],
    ['path-traversal', 22],
    ['server-side-request-forgery', 918],
    ['sql-injection', 89],
    ['template-injection', 1336],
    ['unsafe-deserialization', 502],
  ]);
});

test('no format prints a secret', () => {
  const secret = 'k3J9sLq0Zx7Vb2Nm5Tr8';
  const texts = new Map([['app/keys.py', `SECRET_KEY = "${secret}"\n`]]);
  const secrets = openProject({ files: texts }).check();
  expect(secrets.map(({ rule, message }) => [rule, message])).toEqual([
    [
      'hard-coded-secret',
      'The value of `SECRET_KEY` is written here, and everybody who can read the program has it. Read it from the environment, and replace this one: it is known.',
    ],
  ]);
  for (const format of DIAGNOSTIC_FORMATS) expect(formatDiagnostics(secrets, format, { texts })).not.toContain(secret);
});

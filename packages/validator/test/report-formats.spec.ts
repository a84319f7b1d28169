import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Diagnostic } from '../src/index';
import { DIAGNOSTIC_FORMATS, formatDiagnostics, rules } from '../src/index';

const texts = new Map([
  ['app/clean.py', 'x = 1\n'],
  ['app/été, b:c.py', '𝄞 = nam\n𝄞 = nam\n'],
  ['app/main.py', 'import os\nfrom shop import (\n    basket,\n)\n'],
]);

const possible: Diagnostic = {
  rule: 'undeclared-distribution',
  severity: 'warning',
  certainty: 'possible',
  path: 'app/main.py',
  module: 'app.main',
  range: { start: { line: 2, column: 6, offset: 15 }, end: { line: 4, column: 2, offset: 42 } },
  message: '100% of <shop> & "co"\nis\u0007 missing',
};
const certain: Diagnostic = {
  rule: 'undefined-name',
  severity: 'error',
  certainty: 'certain',
  path: 'app/été, b:c.py',
  range: { start: { line: 1, column: 6, offset: 5 }, end: { line: 1, column: 9, offset: 8 } },
  message: '`nam` is not defined: 𝄞.',
};
const second: Diagnostic = { ...certain, range: { start: { line: 2, column: 6, offset: 14 }, end: { line: 2, column: 9, offset: 17 } } };
const diagnostics = [possible, certain, second];
const undefinedName = rules.map(({ meta }) => meta).find(({ id }) => id === 'undefined-name')!;

test('the formats are those of the registry', () => {
  expect(DIAGNOSTIC_FORMATS).toEqual(['concise', 'full', 'json', 'sarif', 'github', 'gitlab', 'junit']);
});

test('every format gives the same bytes again, and nothing to report is a whole document', () => {
  for (const format of DIAGNOSTIC_FORMATS)
    expect(formatDiagnostics(diagnostics, format, { texts })).toBe(formatDiagnostics(diagnostics, format, { texts }));
  expect(formatDiagnostics([], 'github')).toBe('');
  expect(formatDiagnostics([], 'gitlab')).toBe('[]\n');
  expect(formatDiagnostics([], 'junit')).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="fastapi-validate" tests="0" failures="0" errors="0" skipped="0">\n</testsuites>\n',
  );
  expect(JSON.parse(formatDiagnostics([], 'sarif')).runs[0].results).toEqual([]);
});

test('github: worst first, escaped, no columns over several lines', () => {
  expect(formatDiagnostics(diagnostics, 'github')).toBe(
    [
      '::error file=app/été%2C b%3Ac.py,line=1,endLine=1,col=6,endColumn=9,title=undefined-name::`nam` is not defined: 𝄞.',
      '::error file=app/été%2C b%3Ac.py,line=2,endLine=2,col=6,endColumn=9,title=undefined-name::`nam` is not defined: 𝄞.',
      '::warning file=app/main.py,line=2,endLine=4,title=undeclared-distribution (possible)::100%25 of <shop> & "co"%0Ais\u0007 missing',
      '',
    ].join('\n'),
  );
});

test('junit: failures, skips and one passing test for a clean file', () => {
  expect(formatDiagnostics(diagnostics, 'junit', { texts })).toBe(
    `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="fastapi-validate" tests="4" failures="2" errors="0" skipped="1">
  <testsuite name="app/clean.py" tests="1" failures="0" errors="0" skipped="0">
    <testcase name="app/clean.py" classname="app/clean.py"/>
  </testsuite>
  <testsuite name="app/main.py" tests="1" failures="0" errors="0" skipped="1">
    <testcase name="undeclared-distribution:2:6" classname="app/main.py">
      <skipped message="100% of &lt;shop&gt; &amp; &quot;co&quot;&#10;is\uFFFD missing"/>
    </testcase>
  </testsuite>
  <testsuite name="app/été, b:c.py" tests="2" failures="2" errors="0" skipped="0">
    <testcase name="undefined-name:1:6" classname="app/été, b:c.py">
      <failure message="\`nam\` is not defined: 𝄞." type="undefined-name">app/été, b:c.py:1:6</failure>
    </testcase>
    <testcase name="undefined-name:2:6" classname="app/été, b:c.py">
      <failure message="\`nam\` is not defined: 𝄞." type="undefined-name">app/été, b:c.py:2:6</failure>
    </testcase>
  </testsuite>
</testsuites>
`,
  );
});

test('junit: half a surrogate pair is replaced, a whole one stays', () => {
  const report = formatDiagnostics([{ ...certain, message: 'a\uD834b 𝄞' }], 'junit');
  expect(report).toContain('message="a\uFFFDb 𝄞"');
});

test('gitlab', () => {
  const report = formatDiagnostics(diagnostics, 'gitlab', { texts });
  expect(report).toBe(`[
  {
    "description": "100% of <shop> & \\"co\\"\\nis\\u0007 missing",
    "check_name": "undeclared-distribution",
    "fingerprint": "517a294cf1af79aa4bb27b4a925f4a18:1",
    "severity": "minor",
    "location": {
      "path": "app/main.py",
      "lines": {
        "begin": 2,
        "end": 4
      }
    }
  },
  {
    "description": "\`nam\` is not defined: 𝄞.",
    "check_name": "undefined-name",
    "fingerprint": "79fd4047915e31457a4faa5c09a4cd3f:1",
    "severity": "major",
    "location": {
      "path": "app/été, b:c.py",
      "lines": {
        "begin": 1,
        "end": 1
      }
    }
  },
  {
    "description": "\`nam\` is not defined: 𝄞.",
    "check_name": "undefined-name",
    "fingerprint": "79fd4047915e31457a4faa5c09a4cd3f:2",
    "severity": "major",
    "location": {
      "path": "app/été, b:c.py",
      "lines": {
        "begin": 2,
        "end": 2
      }
    }
  }
]
`);
});

test('a fingerprint follows its line, and follows the message when the text is not known', () => {
  const moved = { ...certain, range: second.range };
  const movedTexts = new Map([[certain.path, `# above\n${texts.get(certain.path)!}`]]);
  const fingerprint = (...input: Parameters<typeof formatDiagnostics>): string => JSON.parse(formatDiagnostics(...input))[0].fingerprint;
  expect(fingerprint([moved], 'gitlab', { texts: movedTexts })).toBe(fingerprint([certain], 'gitlab', { texts }));
  expect(fingerprint([moved], 'gitlab')).toBe(fingerprint([certain], 'gitlab'));
  expect(fingerprint([{ ...certain, message: 'other' }], 'gitlab')).not.toBe(fingerprint([certain], 'gitlab'));
});

test('sarif', () => {
  const report = formatDiagnostics([possible, certain], 'sarif', { texts, rules: [undefinedName], category: 'shop' });
  expect(report).toBe(`${JSON.stringify(JSON.parse(report), undefined, 2)}\n`);
  expect(JSON.parse(report)).toEqual({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'fastapi-validate',
            rules: [
              {
                id: 'undeclared-distribution',
                shortDescription: { text: 'undeclared-distribution' },
                fullDescription: { text: 'undeclared-distribution It is reported as undeclared-distribution.' },
                help: {
                  text: 'It is reported as undeclared-distribution. See the message.',
                  markdown: '**Why:** It is reported as undeclared-distribution.\n\n**What to do:** See the message.',
                },
                defaultConfiguration: { level: 'warning' },
                properties: { tags: ['python'], 'problem.severity': 'warning' },
              },
              {
                id: 'undefined-name',
                shortDescription: { text: 'A name is used that nothing binds at that point.' },
                fullDescription: { text: 'A name is used that nothing binds at that point. Python raises NameError when the line runs.' },
                help: {
                  text: 'Python raises NameError when the line runs. Import or define the name before it is used.',
                  markdown:
                    '**Why:** Python raises NameError when the line runs.\n\n**What to do:** Import or define the name before it is used.',
                },
                defaultConfiguration: { level: 'error' },
                properties: { tags: ['python'], 'problem.severity': 'error' },
              },
            ],
          },
        },
        automationDetails: { id: 'shop/' },
        columnKind: 'utf16CodeUnits',
        results: [
          {
            ruleId: 'undeclared-distribution',
            ruleIndex: 0,
            level: 'warning',
            message: { text: '100% of <shop> & "co"\nis\u0007 missing' },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: 'app/main.py' },
                  region: { startLine: 2, startColumn: 6, endLine: 2, endColumn: 19 },
                },
              },
            ],
            partialFingerprints: { primaryLocationLineHash: '517a294cf1af79aa4bb27b4a925f4a18:1' },
            properties: { certainty: 'possible' },
          },
          {
            ruleId: 'undefined-name',
            ruleIndex: 1,
            level: 'error',
            message: { text: '`nam` is not defined: 𝄞.' },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: 'app/%C3%A9t%C3%A9%2C%20b%3Ac.py' },
                  region: { startLine: 1, startColumn: 6, endLine: 1, endColumn: 9 },
                },
              },
            ],
            partialFingerprints: { primaryLocationLineHash: '79fd4047915e31457a4faa5c09a4cd3f:1' },
            properties: { certainty: 'certain' },
          },
        ],
      },
    ],
  });
});

test('sarif: 25,000 results, the worst of them, and a note about the rest', () => {
  const many = [possible, ...Array.from({ length: 25_000 }, () => certain)];
  const [run] = JSON.parse(formatDiagnostics(many, 'sarif')).runs;
  expect(run.results).toHaveLength(25_000);
  expect(run.results.every(({ level }: { level: string }) => level === 'error')).toBe(true);
  expect(run.invocations[0].toolExecutionNotifications[0].message.text).toContain('25000 of 25001');
});

test('sarif: no more than 10 MB compressed', () => {
  // Hashes of hashes do not compress, so a few thousand messages are enough.
  const noise = (index: number): string =>
    Array.from({ length: 60 }, (_, part) => createHash('sha256').update(`${index} ${part}`).digest('base64')).join('');
  const many = Array.from({ length: 8_000 }, (_, index) => ({ ...certain, message: noise(index) }));
  const text = formatDiagnostics(many, 'sarif');
  const [run] = JSON.parse(text).runs;
  expect(gzipSync(text).length).toBeLessThanOrEqual(10_000_000);
  expect(run.results).toHaveLength(4_000);
  expect(run.invocations[0].toolExecutionNotifications[0].message.text).toContain('Only the worst 4000 of 8000');
});

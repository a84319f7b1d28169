import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { decodeSummary } from '../src/extract/decode-summary';
import { encodeSummary } from '../src/extract/encode-summary';
import { extractSummary } from '../src/extract/extract-summary';
import { damage } from '../tools/damage-text';

const VERSION = { major: 3, minor: 12 };

const library = execFileSync('python3', ['-c', 'import sysconfig; print(sysconfig.get_path("stdlib"))'], { encoding: 'utf8' }).trim();
const texts = ['json', 'importlib', 'wsgiref'].flatMap((name) =>
  readdirSync(join(library, name))
    .filter((file) => file.endsWith('.py'))
    .map((file) => readFileSync(join(library, name, file), 'utf8')),
);

test.each([
  ['as it is', (text: string) => text],
  ['with a fault', damage],
  ['with characters beyond Latin', (text: string) => text.replaceAll('self', 'sélf_名')],
])('every summary of the standard library %s comes back from its bytes', (_name, change) => {
  for (const text of texts.map(change)) {
    const summary = extractSummary(text, VERSION);
    expect(decodeSummary(encodeSummary(summary), text)).toEqual(summary);
  }
});

test('bytes need not begin where their buffer begins', () => {
  const text = 'import os\n\n\ndef run(name: str) -> None:\n    os.unlink(name)\n';
  const summary = extractSummary(text, VERSION);
  const bytes = encodeSummary(summary);
  const within = new Uint8Array(bytes.length + 7);
  within.set(bytes, 7);
  expect(decodeSummary(within.subarray(7), text)).toEqual(summary);
});

test('the same text gives the same bytes', () => {
  for (const text of texts.slice(0, 5)) {
    expect(encodeSummary(extractSummary(text, VERSION))).toEqual(encodeSummary(extractSummary(text, VERSION)));
  }
});

test('encoded summaries are smaller than what they were made of', () => {
  const sizes = texts.map((text) => encodeSummary(extractSummary(text, VERSION)).length);
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  expect(sum(sizes)).toBeLessThan(sum(texts.map(({ length }) => length)));
});

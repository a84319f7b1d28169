import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rules } from '../src/index';

const RULE_FOLDER = join(__dirname, '..', 'src', 'rules');
const SUITES = join(__dirname, '..', 'suites');

const ruleFiles = readdirSync(RULE_FOLDER).filter((name) =>
  /= define(Service|Flow|Text)?Rule\(/.test(readFileSync(join(RULE_FOLDER, name), 'utf8')),
);
const suites = readdirSync(SUITES, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.md'))
  .map((name) => readFileSync(join(SUITES, name), 'utf8'))
  .join('\n');

test('every rule file is registered, under the id that is its name', () => {
  expect(rules.map(({ meta }) => `${meta.id}.ts`).sort()).toEqual(ruleFiles.sort());
});

describe.each(rules.map(({ meta }) => meta))('$id', (meta) => {
  test('is documented in whole sentences, with an example', () => {
    for (const sentence of [meta.summary, meta.why, meta.whatToDo]) expect(sentence).toMatch(/^[A-Z`].+\.$/);
    expect(meta.examples.length).toBeGreaterThan(0);
  });

  test('is asserted in a suite', () => {
    expect(suites).toMatch(new RegExp(`# (error|possible): \\[${meta.id}\\]`));
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ruleDocs } from '../tools/rule-docs';

const FOLDER = join(__dirname, '..', 'docs', 'rules');

test('docs/rules says what the rules say; else run `npx tsx packages/validator/tools/write-rule-docs.ts`', () => {
  const written = readdirSync(FOLDER).map((name): [string, string] => [name, readFileSync(join(FOLDER, name), 'utf8')]);
  expect(new Map(written.sort())).toEqual(new Map([...ruleDocs()].sort()));
});

test('every rule has a page and a row in the list', () => {
  const pages = ruleDocs();
  const linked = [...pages.get('README.md')!.matchAll(/\]\((.+?)\)/g)].map(([, name]) => name);
  expect([...linked, 'README.md'].sort()).toEqual([...pages.keys()].sort());
});

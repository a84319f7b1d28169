import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseServiceSpec } from '../../packages/generator-core/src/spec/parse-service-spec';
import { planText } from '../../packages/generator-core/src/testing/planned-service';
import { root } from '../setup.mjs';
import { applyMutation } from './apply-mutation';
import { listMutations } from './list-mutations';

const specs = ['examples', 'e2e/fixtures/specs']
  .flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(root, folder, name)))
  .filter((path) => parseServiceSpec(readFileSync(path, 'utf8')).kind !== 'faulty');

/** Which tests notice is told by `npm run mutations`; that each finds its place in the templates is told here, without Python. */
describe.each(specs.map((path) => ({ name: path.slice(root.length + 1), path })))('$name', ({ path }) => {
  const { spec, templateTexts } = planText(readFileSync(path, 'utf8'));

  test('every mutation finds its place and changes something', () => {
    const unchanged = listMutations(spec, templateTexts).filter((mutation) =>
      [...applyMutation(mutation, templateTexts)].every(([file, text]) => text === templateTexts.get(file)),
    );
    expect(unchanged).toEqual([]);
  });

  test('no two have the same name', () => {
    const names = listMutations(spec, templateTexts).map(({ protection }) => protection);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test('no two make the same text', () => {
    const mutations = listMutations(spec, templateTexts);
    const results = mutations.map((mutation) => JSON.stringify([...applyMutation(mutation, templateTexts)].sort()));
    const pairs = results.flatMap((result, index) => {
      const first = results.indexOf(result);
      return first === index ? [] : [[mutations[first]?.protection, mutations[index]?.protection]];
    });
    expect(pairs).toEqual([]);
  });
});

test('a text that is gone, or not the only one, is an error', () => {
  const edit = { path: 'app/main.py', replace: '' };
  const texts = new Map([['app/main.py', 'one two two']]);
  const apply = (find: string | RegExp) => applyMutation({ protection: 'p', edits: [{ ...edit, find }], tests: [] }, texts);
  expect(apply('one')).toEqual(new Map([['app/main.py', ' two two']]));
  expect(() => apply('three')).toThrow('"p" does not apply to app/main.py: three is found 0 times, not once.');
  expect(() => apply(/two/)).toThrow('/two/ is found 2 times, not once.');
});

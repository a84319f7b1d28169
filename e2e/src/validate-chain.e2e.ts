import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CommandResult } from '../../tools/run-command.mjs';
import { expectSuccess, nx, read, remove, write } from './set-up/user';

const length = 30;
const nameOf = (index: number) => `link${String(index).padStart(2, '0')}`;
const names = Array.from({ length }, (_, index) => nameOf(index));
const rootFile = `chain/${nameOf(0)}/${nameOf(0)}/__init__.py`;
const rootText = 'def work(number: int) -> int:\n    return number\n\n\ndef extra() -> int:\n    return 1\n';

const validateAll = (...args: readonly string[]) => nx('run-many', '-t', 'validate', '-p', 'link*', ...args);

/** How many tasks Nx took from its cache. */
function hitsOf({ output }: CommandResult): number {
  return output.split('\n').filter((line) => /^ *✔ .*\[(local cache|existing outputs)/.test(line)).length;
}

/** The findings, one a line. */
function findingsOf({ output }: CommandResult): readonly string[] {
  return output.split('\n').filter((line) => /^chain\/\S+:\d+:\d+: /.test(line));
}

/** Thirty libraries without a spec, each using `work` of the one before; the second and the tenth use `extra` of the first, too. */
function writeChain(): void {
  for (const [index, name] of names.entries()) {
    const needs = index === 0 ? [] : index === 9 ? [nameOf(8), nameOf(0)] : [nameOf(index - 1)];
    write(`chain/${name}/pyproject.toml`, `[project]\nname = "${name}"\nversion = "0.1.0"\ndependencies = ${JSON.stringify(needs)}\n`);
    const own = `from ${nameOf(index - 1)} import work as inner\n\n\ndef work(number: int) -> int:\n    return inner(number)\n`;
    const extra = index === 1 || index === 9 ? `from ${nameOf(0)} import extra as extra\n` : '';
    write(`chain/${name}/${name}/__init__.py`, index === 0 ? rootText : `${extra}${own}`);
  }
}

describe('validate in a chain of thirty projects', () => {
  beforeAll(async () => {
    writeChain();
    expectSuccess(await validateAll());
  });
  afterAll(() => remove('chain'));

  test('an edit inside a function of the first checks one project, and the rest is replayed', async () => {
    write(rootFile, rootText.replace('return number', 'return number + 0'));
    const result = await validateAll('--no-batch');
    expectSuccess(result);
    expect(hitsOf(result), result.output).toBe(length - 1);
  });

  test('with batch the verdicts are the same', async () => {
    write(rootFile, rootText.replace('return number', 'return 0 + number'));
    expectSuccess(await validateAll());
  });

  test('a name that the first takes away fails exactly the dependents that use it, with file and line', async () => {
    write(rootFile, rootText.replace('def extra', 'def other'));
    const surface = read(`chain/${nameOf(29)}/.fastapi/surface.json`);
    const expected = [1, 9]
      .map(nameOf)
      .map((name) => expect.stringMatching(new RegExp(`^chain/${name}/${name}/__init__\\.py:1:\\d+: unknown-symbol .*\`extra\``)));
    const result = await validateAll();
    expect(result.status).toBe(1);
    expect(findingsOf(result), result.output).toEqual(expected);
    // Nx keeps no failing result: the same is said again.
    expect(findingsOf(await validateAll())).toEqual(expected);
    expect(read(`chain/${nameOf(29)}/.fastapi/surface.json`)).toBe(surface);
  });

  test('a change of nx.json changes no verdict', async () => {
    write(rootFile, rootText);
    const nxJson = read('nx.json');
    write('nx.json', JSON.stringify({ ...JSON.parse(nxJson), parallel: 2 }));
    try {
      expectSuccess(await validateAll());
    } finally {
      write('nx.json', nxJson);
    }
  });
});

import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { openProject } from '../src/index';
import { makeRandom } from './make-random';

const SEED = 20_251_124;
const CALLS = 1_000;

const random = makeRandom(SEED);

function makeSignature(): string {
  const names = ['a', 'b', 'c', 'd', 'e'].slice(0, random(6));
  const slash = random(3) === 0 ? random(names.length + 1) : 0;
  const star = names.length - random(3);
  let hasDefault = false;
  const parts = names.flatMap((name, index) => {
    hasDefault = index >= star ? random(2) === 0 : hasDefault || random(4) === 0;
    const before = index === star ? ['*'] : [];
    return [...before, hasDefault ? `${name}=0` : name, ...(index + 1 === slash && slash <= star ? ['/'] : [])];
  });
  const rest = parts.includes('*') || random(5) > 0 ? parts : [...parts, '*rest'];
  return (random(5) === 0 ? [...rest, '**others'] : rest).join(', ');
}

function makeArguments(): string {
  const positional = Array.from({ length: random(5) }, () => '0');
  const keywords = ['a', 'b', 'c', 'd', 'e', 'f'].filter(() => random(7) === 0).map((name) => `${name}=0`);
  return [...positional, ...keywords].join(', ');
}

test('Python refuses exactly the calls we report', () => {
  const cases = Array.from({ length: CALLS }, () => ({ signature: makeSignature(), given: makeArguments() }));
  const lines = cases.flatMap(({ signature, given }, index) => [
    index % 2 === 0
      ? `def f${index}(${signature}): pass`
      : `class f${index}:\n    def __init__(${signature === '' ? 'self' : `self, ${signature}`}): pass`,
    `f${index}(${given})`,
  ]);
  const text = `${lines.join('\n')}\n`;
  const found = openProject({ files: new Map([['a.py', text]]) }).check();
  const refused = new Set(found.map(({ data }) => Number(String(data!['callee']).slice(1))));
  const program = `import sys, json\nfailed = []\ndefinitions = {}\nfor index, (definition, call) in enumerate(json.load(sys.stdin)):\n    exec(definition, definitions)\n    try:\n        exec(call, definitions)\n    except TypeError:\n        failed.append(index)\nprint(json.dumps(failed))`;
  const pairs = cases.map((_, index) => [lines[2 * index], lines[2 * index + 1]]);
  const run = spawnSync('python3', ['-c', program], { input: JSON.stringify(pairs), encoding: 'utf8' });
  const failed = new Set<number>(JSON.parse(run.stdout));
  console.log(`arguments oracle: seed ${SEED}, ${CALLS} calls, ${failed.size} refused by Python`);
  expect(found.filter(({ rule }) => rule !== 'wrong-arguments')).toEqual([]);
  const disagreeing = cases.map((_, index) => index).filter((index) => failed.has(index) !== refused.has(index));
  expect(disagreeing.map((index) => pairs[index])).toEqual([]);
});

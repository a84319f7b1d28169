import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { collectFacts } from '../src/extract/collect-facts';
import { listSymbols } from '../src/extract/list-symbols';
import { mergeSyntaxFaults } from '../src/extract/merge-syntax-faults';
import { readDunderAll } from '../src/extract/read-dunder-all';
import { findGrammarFaults } from '../src/parse/find-grammar-faults';
import { parsePython } from '../src/parse/parse-python';
import { parseWithGrammar } from '../src/parse/parse-with-grammar';
import { parseOutline } from '../src/parse/strict/parse-outline';
import { parseStrictly } from '../src/parse/strict/parse-strictly';
import type { SyntaxNode } from '../src/parse/syntax-node';
import { DEFAULT_PYTHON_VERSION } from '../src/python/python-version';
import { scanLayout } from '../src/scan/scan-layout';
import { firstDifference } from './compare-trees';
import { makeRandom } from './make-random';
import { mutatePython } from './mutate-python';

const library = spawnSync('python3', ['-c', 'import sysconfig; print(sysconfig.get_paths()["stdlib"])'], {
  encoding: 'utf8',
}).stdout.trim();

/** Files whose text is UTF-8 and of a common size, the same ones in the same order on each run. */
const texts: readonly string[] = ['', 'asyncio', 'email', 'json', 'concurrent/futures', 'test']
  .flatMap((folder) => listPythonFiles(join(library, folder)))
  .filter((_, index) => index % 8 === 0)
  .map((path) => readFileSync(path, 'utf8'))
  .filter((text) => text.length < 60_000 && !text.includes('\uFFFD'));

function listPythonFiles(folder: string): readonly string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.py') && !name.startsWith('bad'));
  return names.sort().map((name) => join(folder, name));
}

function faultsOf(text: string): readonly string[] {
  return mergeSyntaxFaults(scanLayout(text), findGrammarFaults(parseWithGrammar(text), text)).map(({ message }) => message);
}

describe('against the grammar', () => {
  test('the trees of the standard library are equal, and hardly a file is left over', async () => {
    const different: string[] = [];
    const left: string[] = [];
    for (const text of texts) {
      const tree = parseStrictly(text);
      if (tree === undefined && faultsOf(text).length === 0) left.push(text.slice(0, 200));
      const difference = tree === undefined ? undefined : firstDifference(tree, parseWithGrammar(text));
      if (difference !== undefined) different.push(difference);
      await new Promise(setImmediate);
    }
    expect(different).toEqual([]);
    expect(texts.length).toBeGreaterThan(50);
    expect(left.length).toBeLessThanOrEqual(Math.ceil(texts.length / 100));
  });

  test('of changed files, one that is read has no fault, and the tree is equal', async () => {
    const random = makeRandom(20_26);
    const wrong: string[] = [];
    let read = 0;
    for (let round = 0; round < 4_000; round += 1) {
      const text = mutatePython(cutPiece(texts[random(texts.length)]!, random), random);
      const tree = parseStrictly(text);
      if (tree === undefined) continue;
      read += 1;
      const difference = firstDifference(tree, parseWithGrammar(text));
      if (difference !== undefined || faultsOf(text).length > 0) wrong.push(`${difference}\n${faultsOf(text).join('\n')}\n${text}`);
      if (round % 50 === 0) await new Promise(setImmediate);
    }
    expect(wrong).toEqual([]);
    expect(read).toBeGreaterThan(500);
  });
});

/** Some 30 lines from a line on that is not indented. */
function cutPiece(text: string, random: (limit: number) => number): string {
  const lines = text.split('\n');
  let first = random(lines.length);
  while (first > 0 && !/^[\w@]/.test(lines[first]!)) first -= 1;
  return `${lines.slice(first, first + 30).join('\n')}\n`;
}

test('only what is not certainly right reaches the grammar', () => {
  const reached: string[] = [];
  const parseRest = (text: string) => {
    reached.push(text);
    return parseWithGrammar(text);
  };
  const right = ['import a\n', 'def f(a: int) -> list[int]:\n    return [a]  # b\n', texts[0]!];
  const broken = ['import a b\n', 'def f(:\n    pass\n', 'if a:\nb\n'];
  for (const text of [...right, ...broken]) parsePython(text, parseRest);
  expect(reached).toEqual(broken);
});

test('what other modules see of a file is the same by its outline', () => {
  const show = (tree: SyntaxNode, text: string) => {
    const facts = collectFacts(tree, text, DEFAULT_PYTHON_VERSION);
    return JSON.stringify([facts.imports, [...listSymbols(facts)], readDunderAll(tree, facts), facts.isDynamic]);
  };
  const different: string[] = [];
  for (const text of texts) {
    const tree = parseStrictly(text);
    if (tree === undefined) continue;
    const outline = parseOutline(text);
    if (outline === undefined || show(outline, text) !== show(tree, text)) different.push(text.slice(0, 500));
  }
  expect(different).toEqual([]);
});

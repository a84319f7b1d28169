import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { openProject } from '../src/index';
import { importInPython } from './import-in-python';
import { loadedBy } from './loaded-by';
import { makeRandom } from './make-random';

const SEED = 20_251_125;
const PACKAGES = 40;

const random = makeRandom(SEED);
const pick = <Item>(items: readonly Item[]): Item => items[random(items.length)]!;

/** Later files import earlier ones only, so that the order of loading decides nothing. */
const LAYOUTS: readonly (readonly string[])[] = [
  ['a.py', 'p/__init__.py', 'p/b.py', 'p/q/__init__.py', 'p/q/c.py', 'd.py'],
  ['n/a.py', 'n/m/b.py', 'n/m/c.py', 'd.py', 'e.py'],
  ['a.py', 'a/b.py', 'c.py', 'c/__init__.py', 'c/d.py', 'e.py'],
  ['n/p/__init__.py', 'n/p/a.py', 'n/b.py', 'Case.py', 'f.py', 'g.py'],
];

function moduleOf(path: string): string {
  return path.replace(/(\/__init__)?\.py$/, '').replaceAll('/', '.');
}

const OTHERS = ['gone.py', 'n/__init__.py', 'p/q.py', 'a/b.py', 'c/d.py', 'case.py'];

function makeStatement(earlier: readonly string[], path: string): string {
  const target = moduleOf(pick([...earlier, ...earlier, ...OTHERS.filter((other) => moduleOf(other) !== moduleOf(path))]));
  const parts = target.split('.');
  const name = pick(['x', 'y', 'f', 'A', 'gone', '_hidden', 'b', 'c']);
  const parent = parts.slice(0, -1).join('.');
  const isInPackage = path.includes('/');
  return pick([
    `import ${target}`,
    `import ${target} as z\nz.${name}`,
    `import ${target}\n${target}.${name}`,
    `from ${target} import ${name}`,
    `from ${target} import ${name}\n${name}`,
    `from ${target} import *\nx`,
    parent === '' ? `import ${target}` : `from ${parent} import ${parts[parts.length - 1]}`,
    isInPackage ? `from .${pick(['', 'b', 'a', 'gone'])} import ${name}` : 'from .a import x',
    isInPackage && path.split('/').length > 2 ? `from ..b import ${name}` : 'x = 1',
    `try:\n    ${pick(['import absent', 'from json import absent'])}\nexcept ImportError:\n    pass`,
    `if False:\n    from ${target} import gone`,
    `from ${target} import f\nf(${pick(['', '1', '1, 2', 'a=1', 'b=1'])})`,
    'print(y)',
  ]);
}

const DEFINITIONS = [
  'x = 1',
  'y: int',
  'y = 2',
  'def f(a): return a',
  'def f(): return 1',
  'class A: pass',
  '_hidden = 1',
  '__all__ = ["x"]',
  'del x',
  'x = 1\ndel x',
];

function makePackage(): ReadonlyMap<string, string> {
  const layout = pick(LAYOUTS);
  return new Map(
    layout.map((path, index) => {
      const earlier = layout.slice(0, index).filter((other) => moduleOf(other) !== moduleOf(path));
      const statements = Array.from({ length: random(3) }, () => makeStatement(earlier, path));
      const definitions = Array.from({ length: 1 + random(4) }, () => pick(DEFINITIONS));
      return [path, [...statements, ...definitions].map((line) => `${line}\n`).join('')];
    }),
  );
}

const version = spawnSync('python3', ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])'], { encoding: 'utf8' }).stdout.trim();

test('every module of random packages imports in Python exactly when we find nothing certain in what it loads', () => {
  let modules = 0;
  let failures = 0;
  const disagreements: string[] = [];
  for (let round = 0; round < PACKAGES; round += 1) {
    const files = makePackage();
    const project = openProject({ files: new Map([...files, ['requirements.txt', '']]), pythonVersion: version });
    const reachable = [...files.keys()].filter((path) => !files.has(path.replace(/\.py$/, '/__init__.py')) && path !== 'a/b.py');
    const answers = importInPython([{ files, modules: reachable.map(moduleOf) }])[0]!;
    for (const path of reachable) {
      const loaded = loadedBy(path, files, project);
      const found = project.check().filter((each) => each.certainty === 'certain' && loaded.has(each.path) && each.rule !== 'bare-except');
      const answer = answers[moduleOf(path)]!;
      modules += 1;
      if (answer !== 'works') failures += 1;
      if ((answer === 'works') === (found.length === 0)) continue;
      const ours = found.map((each) => `${each.path}:${each.range.start.line} ${each.message}`).join('; ');
      disagreements.push(`${path}: CPython: ${answer}; ours: ${ours}\n${JSON.stringify([...files], undefined, 1)}`);
    }
  }
  console.log(`random packages: seed ${SEED}, ${PACKAGES} packages, ${modules} modules, ${failures} fail in Python`);
  expect(disagreements).toEqual([]);
});

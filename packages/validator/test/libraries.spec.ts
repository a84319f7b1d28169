import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openProject, type Diagnostic, type ProjectSurface } from '../src/index';
import { makeRandom } from './make-random';
import { readSuite, type SuiteCase } from './read-suite';

const SUITES = join(__dirname, '..', 'suites');
const cases = readdirSync(SUITES, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.md') && name !== 'README.md')
  .sort()
  .flatMap((path) => readSuite(readFileSync(join(SUITES, path), 'utf8')));

/** Asks for every name that the project's text has anywhere, in every module, and for modules that are not there. */
function probeOf(files: ReadonlyMap<string, string>, { modules }: ProjectSurface): string {
  const words = new Set([...files.values()].flatMap((text) => text.match(/\b[a-zA-Z_]\w*\b/g) ?? []));
  const names = [...words].filter((word) => !KEYWORDS.has(word)).sort();
  const lines = modules.flatMap(({ names: [module] }) =>
    /\b(tests|test_|conftest)/.test(module!) ? [] : [`import ${module}.nowhere`, ...names.map((name) => `from ${module} import ${name}`)],
  );
  return lines.map((line) => `${line}\n`).join('');
}

const KEYWORDS = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
);

const certainLines = (found: readonly Diagnostic[], path: string) =>
  new Map(
    found.filter((each) => each.path === path && each.certainty === 'certain').map(({ range, message }) => [range.start.line, message]),
  );

test('what is certain by a surface is certain within the project itself', () => {
  let asked = 0;
  let found = 0;
  for (const { title, files: written } of cases) {
    // A project whose own distribution has the name of its folder takes it for installed, and is silent.
    const files = new Map([...written].map(([path, text]) => [path, text.replace(/^name = "app"$/m, 'name = "probed"')]));
    const surface = openProject({ files }).surfaceOf();
    const probe = probeOf(files, surface);
    if (probe === '') continue;
    asked += probe.split('\n').length - 1;
    const rules = ['unknown-symbol', 'unresolved-import'];
    const within = certainLines(openProject({ files: new Map([...files, ['probe_of_all.py', probe]]), rules }).check(), 'probe_of_all.py');
    const asking = new Map([['probe_of_all.py', probe]]);
    const outside = certainLines(openProject({ files: asking, rules, libraries: new Map([['lib', surface]]) }).check(), 'probe_of_all.py');
    for (const [line, message] of outside) expect(within.has(line), `${title}: ${probe.split('\n')[line - 1]}: ${message}`).toBe(true);
    found += outside.size;
  }
  expect([asked > 10_000, found > 5_000]).toEqual([true, true]);
});

function surfacesOf({ libraries }: SuiteCase): ReadonlyMap<string, ProjectSurface> {
  const surfaces = new Map<string, ProjectSurface>();
  for (const [name, files] of libraries) surfaces.set(name, openProject({ files, libraries: new Map(surfaces) }).surfaceOf());
  return surfaces;
}

test('a project that is updated says of libraries what one that is opened says', () => {
  const random = makeRandom(11);
  for (const each of cases.filter(({ libraries }) => libraries.size > 0)) {
    const libraries = surfacesOf(each);
    const present = new Map<string, string>();
    const project = openProject({ files: present, libraries });
    const paths = [...each.files.keys(), 'org_core.py', 'org_core/__init__.py', 'org/__init__.py', 'org/b.py', 'common/names.py'];
    for (let step = 0; step < 24; step += 1) {
      const path = paths[random(paths.length)]!;
      const text = present.has(path) ? null : (each.files.get(path) ?? 'own = 1\n');
      if (text === null) present.delete(path);
      else present.set(path, text);
      project.update(new Map([[path, text]]));
      expect(project.check(), `${each.title}: ${[...present.keys()].join()}`).toEqual(openProject({ files: present, libraries }).check());
    }
  }
});

test('no library, and one that nobody imports, change nothing; nothing is found in it', () => {
  const broken = openProject({ files: new Map([['library_of_nobody/broken.py', 'def (:\nfrom nowhere import x\n']]) }).surfaceOf();
  for (const { files } of cases) {
    const plain = openProject({ files }).check();
    for (const libraries of [new Map<string, ProjectSurface>(), new Map([['nobody', broken]])])
      expect(openProject({ files, libraries }).check()).toEqual(plain);
  }
});

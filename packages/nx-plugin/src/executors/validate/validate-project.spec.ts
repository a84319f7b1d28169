import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder';
import { outputFiles } from './output-files';
import type { ProjectToValidate } from './project-to-validate';
import { validateProject } from './validate-project';

const good = {
  'pyproject.toml': '[project]\nname = "shop"\nversion = "0"\n',
  'shop/__init__.py': '',
  'shop/prices.py': 'def total(prices: list[int]) -> int:\n    return sum(prices)\n',
};
const bad = { ...good, 'shop/__init__.py': 'from shop.prices import totl\n\nprint(totl)\n' };

interface OpenProject {
  readonly project: ProjectToValidate;
  readonly write: (path: string, text: string) => void;
  readonly read: (path: string) => string;
}

function openProject(files: Readonly<Record<string, string>>, changes: Partial<ProjectToValidate> = {}): OpenProject {
  const root = changes.root ?? 'libs/shop';
  const workspaceRoot = temporaryFolder(Object.fromEntries(Object.entries(files).map(([path, text]) => [join(root, path), text])));
  const fileAt = (path: string) => join(workspaceRoot, root, path);
  return {
    project: {
      name: 'shop',
      root,
      workspaceRoot,
      innerRoots: [],
      libraries: [],
      format: 'concise',
      rules: '1',
      cacheFolder: join(workspaceRoot, '.nx/cache/fastapi-validate'),
      ...changes,
    },
    write: (path, text) => {
      mkdirSync(dirname(fileAt(path)), { recursive: true });
      writeFileSync(fileAt(path), text);
    },
    read: (path) => readFileSync(fileAt(path), 'utf8'),
  };
}

const replayed = { kind: 'replayed' };
const workOf = async (project: ProjectToValidate) => (await validateProject(project)).work;
const everything = ['shop/__init__.py', 'shop/prices.py'];

/** Nothing is read-only to the superuser. */
async function withoutPrivileges<Result>(run: () => Promise<Result>): Promise<Result> {
  if (process.geteuid?.() !== 0) return run();
  process.seteuid?.(65_534);
  try {
    return await run();
  } finally {
    process.seteuid?.(0);
  }
}

/** The files that the project's runs have left in the cache. */
function cacheFilesOf({ cacheFolder }: ProjectToValidate): readonly string[] {
  return readdirSync(cacheFolder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(facts|verdict)$/.test(name))
    .map((name) => join(cacheFolder, name));
}

test.each([
  ['valid', good, true],
  ['with faults', bad, false],
])('a project %s is parsed once, and the same is said again for nothing', async (_, files, isValid) => {
  const { project } = openProject(files);
  const first = await validateProject(project);
  expect(first).toMatchObject({ isValid, work: { kind: 'checked', parsed: everything } });
  expect(await validateProject(project)).toEqual({ ...first, work: replayed });
});

test('an edited file is the only one that is parsed', async () => {
  const { project, write } = openProject(bad);
  await validateProject(project);
  write('shop/prices.py', 'def totl() -> int:\n    return 1\n');
  expect(await validateProject(project)).toMatchObject({ isValid: true, work: { kind: 'checked', parsed: ['shop/prices.py'] } });
});

test.each<[string, Partial<ProjectToValidate>]>([
  ['another format', { format: 'full' }],
  ['another version of the rules', { rules: '2' }],
  ['another name', { name: 'store' }],
  ['a library', { libraries: [{ name: 'money', root: 'libs/money', text: '{}' }] }],
  ['a project inside', { innerRoots: ['shop'] }],
])('%s is another verdict, with the same facts', async (_, change) => {
  const { project } = openProject(good);
  await validateProject(project);
  expect(await workOf({ ...project, ...change })).toEqual({ kind: 'checked', parsed: [] });
  expect(await workOf({ ...project, ...change })).toEqual(replayed);
  expect(await workOf(project)).toEqual(replayed);
});

test('settings of the project are among its files', async () => {
  const { project, write } = openProject(bad);
  await validateProject(project);
  write('pyproject.toml', `${good['pyproject.toml']}\n[tool.fastapi-validate]\nignore = ["unknown-symbol"]\n`);
  expect(await validateProject(project)).toMatchObject({ isValid: true, work: { kind: 'checked', parsed: [] } });
});

test('so are the spec of a service and the manifest of what was made from it', async () => {
  const spec = 'service: shop\n';
  const manifest = JSON.stringify({ version: 1, generator: '0', spec: createHash('sha256').update(spec).digest('hex'), files: {} });
  const { project, write } = openProject({ ...good, 'service.yaml': spec, '.fastapi/manifest.json': manifest });
  expect((await validateProject(project)).isValid).toBe(true);
  write('service.yaml', `${spec}entities: {}\n`);
  expect(await validateProject(project)).toMatchObject({
    isValid: false,
    text: expect.stringMatching(/^libs\/shop\/service\.yaml:1:1: spec-drift /),
    work: { kind: 'checked', parsed: [] },
  });
  write('.fastapi/manifest.json', '{}');
  expect((await validateProject(project)).isValid).toBe(true);
});

test.each([
  ['valid', good],
  ['with faults', bad],
])('what a project %s is said to be is written, and written again when it is gone', async (_, files) => {
  const { project, read, write } = openProject(files);
  await validateProject(project);
  const written = Object.values(outputFiles).map(read);
  rmSync(join(project.workspaceRoot, project.root, outputFiles.surface));
  write(outputFiles.sarif, 'half of i');
  expect(await workOf(project)).toEqual(replayed);
  expect(Object.values(outputFiles).map(read)).toEqual(written);
});

test('a file that holds what is to be written is left alone', async () => {
  const { project, write } = openProject(good);
  await validateProject(project);
  const files = Object.values(outputFiles).map((path) => join(project.workspaceRoot, project.root, path));
  files.forEach((file) => utimesSync(file, 1, 1));
  await validateProject(project);
  write('shop/prices.py', good['shop/prices.py'].replace('sum(prices)', 'sum(prices) + 0'));
  expect(await workOf(project)).toEqual({ kind: 'checked', parsed: ['shop/prices.py'] });
  expect(files.map((file) => statSync(file).mtimeMs)).toEqual([1000, 1000]);
});

test('SARIF has the findings at their place in the workspace, also where the run fails', async () => {
  const { project, read } = openProject(bad);
  await validateProject(project);
  const { runs } = JSON.parse(read(outputFiles.sarif));
  expect(runs[0].automationDetails).toEqual({ id: 'shop/' });
  expect(runs[0].results).toMatchObject([
    { ruleId: 'unknown-symbol', locations: [{ physicalLocation: { artifactLocation: { uri: 'libs/shop/shop/__init__.py' } } }] },
  ]);
});

test('two checkouts write the same bytes, with no path of the machine', async () => {
  const [first, second] = [openProject(bad), openProject(bad)];
  await validateProject(first.project);
  await validateProject(second.project);
  for (const path of Object.values(outputFiles)) {
    expect(first.read(path)).toBe(second.read(path));
    expect(first.read(path)).not.toContain(first.project.workspaceRoot);
  }
});

test('the workspace itself may be the project, and leaves the projects inside to themselves', async () => {
  const { project, read } = openProject(
    { ...bad, 'libs/money/pyproject.toml': '[project]\nname = "money"\n', 'libs/money/money.py': 'print(nothing)\n' },
    { root: '.', innerRoots: ['libs/money'] },
  );
  const { text } = await validateProject(project);
  expect(text).toMatch(/^shop\/__init__\.py:1:\d+: [^\n]*\nshop: 2 Python files checked, 1 fault$/);
  expect(JSON.parse(read(outputFiles.sarif)).runs[0].results).toHaveLength(1);
  expect(await validateProject(project)).toEqual({ isValid: false, text, work: replayed });
});

test.each([
  ['cut off', (file: string) => writeFileSync(file, readFileSync(file).subarray(0, 20))],
  ['empty', (file: string) => writeFileSync(file, '')],
  ['of something else', (file: string) => writeFileSync(file, '{"outcome":{}}')],
])('a cache with files %s is none', async (_, damage) => {
  const { project } = openProject(bad);
  const first = await validateProject(project);
  expect(cacheFilesOf(project)).toHaveLength(2);
  cacheFilesOf(project).forEach(damage);
  expect(await validateProject(project)).toEqual(first);
});

test('a cache that cannot be written is none', async () => {
  const { project } = openProject(bad);
  const cacheFolder = join(project.workspaceRoot, 'libs/shop/pyproject.toml');
  const first = await validateProject({ ...project, cacheFolder });
  expect(await validateProject({ ...project, cacheFolder })).toEqual(first);
});

const unwritten = (reason: string) =>
  `shop: 2 Python files checked, no faults
libs/shop/.fastapi/surface.json cannot be written: ${reason}. Dependents of the project and code scanning read what is written there: make it writable.`;

test('a file where the folder for what is written must be fails the project, with one message after what was found', async () => {
  const { project, write } = openProject(good);
  write('.fastapi', '');
  const text = unwritten('the system says EEXIST');
  expect(await validateProject(project)).toMatchObject({ isValid: false, text });
  expect(await validateProject(project)).toEqual({ isValid: false, text, work: replayed });
});

test('so does a folder that is read-only', async () => {
  const { project } = openProject(good);
  chmodSync(project.workspaceRoot, 0o755);
  chmodSync(join(project.workspaceRoot, project.root), 0o555);
  const { isValid, text } = await withoutPrivileges(() => validateProject(project));
  expect({ isValid, text }).toEqual({ isValid: false, text: unwritten('the folder is read-only') });
});

test('settings that cannot be followed are a finding for programs, too', async () => {
  const files = { ...good, 'pyproject.toml': '[tool.fastapi-validate]\nignore = ["unknown-symbl"]\n' };
  const { project, read } = openProject(files, { format: 'json' });
  const { isValid, text } = await validateProject(project);
  expect(isValid).toBe(false);
  expect(JSON.parse(text).diagnostics).toMatchObject([{ rule: 'invalid-settings', path: 'libs/shop/pyproject.toml', line: 1 }]);
  expect(JSON.parse(read(outputFiles.sarif)).runs[0].results).toMatchObject([{ ruleId: 'invalid-settings', level: 'error' }]);
});

import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addProjectConfiguration, logger, readJson, readNxJson, updateNxJson, type Tree } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { afterEach, expect, test, vi } from 'vitest';
import { diskWorkspace } from '../../testing/disk-workspace';
import { fakeUv } from '../../testing/fake-uv';
import { refusalOf } from '../../testing/refusal-of';
import { shownText } from '../../testing/shown-text';
import { temporaryFolder } from '../../testing/temporary-folder';
import { projectGenerator } from './generator';
import type { ProjectGeneratorSchema } from './schema';

const examples = join(__dirname, '../../../../../examples');
const todo = readFileSync(join(examples, 'todo.yaml'), 'utf8');
const renamed = todo.replace('service: todo', 'service: tasks');
const asked = { directory: 'apps/todo', spec: 'todo.yaml', skipInstall: true };

/** A workspace in memory with the files, `todo.yaml` among them. */
function workspace(files: Readonly<Record<string, string>> = {}): Tree {
  const tree = createTreeWithEmptyWorkspace({ formatter: 'none' });
  for (const [path, text] of Object.entries({ 'todo.yaml': todo, ...files })) tree.write(path, text);
  return tree;
}

/** Generates and gives what was shown. */
async function generate(tree: Tree, options: ProjectGeneratorSchema = asked): Promise<string> {
  const shown = shownText();
  await projectGenerator(tree, options);
  return shown();
}

const refusal = (tree: Tree, options: Partial<ProjectGeneratorSchema> = {}) =>
  refusalOf(tree, () => projectGenerator(tree, { ...asked, ...options }));
const changedPaths = (tree: Tree) => tree.listChanges().map(({ path }) => path);

afterEach(() => vi.unstubAllEnvs());

test('a service is written with its spec and its manifest, and its project has the name of the service', async () => {
  const tree = workspace();
  const before = new Set(changedPaths(tree));
  const shown = await generate(tree);
  const added = changedPaths(tree).filter((path) => !before.has(path));
  expect(added).toEqual(expect.arrayContaining(['apps/todo/app/main.py', 'apps/todo/pyproject.toml', 'apps/todo/.fastapi/manifest.jsonl']));
  expect(added.filter((path) => !path.startsWith('apps/todo/'))).toEqual([]);
  expect(tree.read('apps/todo/service.yaml', 'utf-8')).toBe(todo);
  expect(tree.exists('apps/todo/project.json')).toBe(false);
  expect(readNxJson(tree)?.plugins).toEqual([{ plugin: '@org/fastapi', options: {} }]);
  expect(shown).toContain('todo: ');
  expect(shown).toContain('next: nx run todo:migrate, nx run todo:serve; nx run todo:validate checks it from now on');
});

test('run again, it changes nothing', async () => {
  const tree = workspace();
  await generate(tree);
  const before = tree.listChanges();
  await generate(tree, { directory: 'apps/todo', skipInstall: true });
  expect(tree.listChanges()).toEqual(before);
});

test('another spec brings the service up to date', async () => {
  const tree = workspace();
  await generate(tree);
  tree.write('todo.yaml', todo.replace('done: bool = false filter', 'done: bool = false filter, note: string(1..50)?'));
  await generate(tree);
  expect(tree.read('apps/todo/app/models/task.py', 'utf-8')).toContain('note');
});

test('an entity that the spec has no longer goes with its files', async () => {
  const tree = workspace({ 'todo.yaml': `${todo}  Label:\n    fields: { title: string(1..50) }\n    access: { list: user }\n` });
  await generate(tree);
  expect(tree.exists('apps/todo/app/models/label.py')).toBe(true);
  tree.write('todo.yaml', todo);
  await generate(tree, { ...asked, drop: ['Label'] });
  expect(tree.exists('apps/todo/app/models/label.py')).toBe(false);
});

test('a name of its own is kept in a project.json with nothing else', async () => {
  const tree = workspace();
  await generate(tree, { ...asked, name: 'todo-api' });
  expect(readJson(tree, 'apps/todo/project.json')).toEqual({
    $schema: '../../node_modules/nx/schemas/project-schema.json',
    name: 'todo-api',
  });
  await generate(tree, { ...asked, name: 'tasks' });
  expect(readJson(tree, 'apps/todo/project.json')).toHaveProperty('name', 'tasks');
});

test('what a project.json says besides the name stays', async () => {
  const tree = workspace({ 'apps/todo/project.json': '{ "name": "old", "tags": ["python"] }' });
  await generate(tree, { ...asked, name: 'new' });
  expect(readJson(tree, 'apps/todo/project.json')).toEqual({ name: 'new', tags: ['python'] });
});

test('a package.json beside the spec names the project', async () => {
  const tree = workspace();
  await generate(tree);
  tree.write('apps/todo/package.json', '{ "name": "@shop/todo" }');
  expect(await generate(tree)).toContain('next: nx run @shop/todo:migrate');
  expect(tree.exists('apps/todo/project.json')).toBe(false);
});

test('the entry of the plugin in nx.json stays as it is', async () => {
  const tree = workspace();
  updateNxJson(tree, { ...readNxJson(tree), plugins: ['@org/fastapi'] });
  await generate(tree);
  expect(readNxJson(tree)?.plugins).toEqual(['@org/fastapi']);
});

test('a spec outside of the workspace is read from there', async () => {
  const folder = temporaryFolder({ 'todo.yaml': `\ufeff${renamed}` });
  const tree = workspace();
  await generate(tree, { ...asked, spec: join(folder, 'todo.yaml') });
  expect(tree.read('apps/todo/service.yaml', 'utf-8')).toBe(renamed);
});

test('folder and spec are those seen from where the user is', async () => {
  const disk = diskWorkspace({ 'apps/todo.yaml': todo });
  vi.stubEnv('INIT_CWD', join(disk.root, 'apps'));
  const tree = disk.openTree();
  await generate(tree, { directory: 'todo', spec: 'todo.yaml', skipInstall: true });
  expect(tree.exists('apps/todo/app/main.py')).toBe(true);
});

test('a dry run shows the plan as a tree and asks for no uv', async () => {
  vi.stubEnv('NX_DRY_RUN', 'true');
  vi.stubEnv('PATH', '');
  const shown = await generate(workspace(), { directory: 'apps/todo', spec: 'todo.yaml' });
  expect(shown).toMatch(/^├─ core \(\d+ files\)$/m);
  expect(shown).toMatch(/^└─ project \(\d+ files\)$/m);
  expect(shown).toMatch(/^\d+ files in \d+ batches, dependencies first$/m);
});

test.each([
  [
    { spec: 'shop.yaml' },
    'The spec "shop.yaml" was not found, neither from the folder you are in nor from the workspace root. Check the path given with --spec.',
  ],
  [
    { spec: '' },
    "No spec was given, and there is no apps/todo/service.yaml yet. Name the spec's file: nx g @org/fastapi:project apps/todo --spec shop.yaml",
  ],
  [{ spec: 'specs' }, 'The spec "specs" is a folder. Name the YAML file in it: --spec specs/service.yaml'],
  [{ spec: 'specs/latin1.yaml' }, 'The spec "specs/latin1.yaml" is not UTF-8 text. Save it as UTF-8.'],
  [
    { spec: 'specs/flow.yaml' },
    "specs/flow.yaml names the service in a way that Nx's project graph does not read. Write it on a line of its own, at the start of the line: service: todo",
  ],
  [{ directory: '.' }, '"." is the root of the workspace, and a service needs a folder of its own. Name one below it, such as apps/shop.'],
  [
    { directory: 'todo.yaml/app' },
    'todo.yaml is a file, so the service cannot be in todo.yaml/app. Name another folder, or move the file away.',
  ],
  [
    { name: '1 shop' },
    '"1 shop" does not do as the name of an Nx project. Start --name with a letter and leave out spaces, ":" and "/": shop-api.',
  ],
  [
    { name: 'store' },
    'The name "store" is taken by the project in libs/store, and Nx needs every name to be the only one. Choose another with --name.',
  ],
])('%j is refused', async (options, message) => {
  const tree = workspace({ 'specs/flow.yaml': todo.replace('service: todo', '"service": todo') });
  tree.write('specs/latin1.yaml', Buffer.from('service: caf\xe9', 'latin1'));
  addProjectConfiguration(tree, 'store', { root: 'libs/store' });
  expect(await refusal(tree, options)).toBe(message);
});

test.each([
  [
    'an empty spec',
    '',
    'todo.yaml:1:1  the spec is empty.\n    start with two keys: "service: my-shop" and "entities:"\n1 fault in the spec.',
  ],
  ['no YAML', 'service: [todo\n', /^todo\.yaml:\d+:\d+ {2}the file is not valid YAML: .*\n.*\n1 fault in the spec\.$/],
])('%s is refused with its place', async (_, text, message) => {
  expect(await refusal(workspace({ 'todo.yaml': text }))).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
});

test('all faults of a spec are told at once', async () => {
  const message = await refusal(
    workspace({ 'todo.yaml': todo.replace('email unique', 'mail unique').replace('belongs_to User', 'belongs_to Usr') }),
  );
  expect(message).toContain('todo.yaml:7:');
  expect(message).toContain('todo.yaml:12:');
  expect(message).toContain('did you mean "User"?');
  expect(message).toMatch(/\n2 faults in the spec\.$/);
});

test('files of another project in the folder are named', async () => {
  const tree = workspace({ 'apps/todo/notes.txt': 'mine', 'apps/todo/app/main.py': 'print()\n' });
  expect(await refusal(tree)).toBe(
    [
      'Nothing was written to apps/todo, because it would cost you 2 files of yours.',
      'Not made by this generator:',
      '  app/main.py',
      '  notes.txt',
      'What to do: move them away, or name an empty folder.',
    ].join('\n'),
  );
});

test("files that git ignores are nobody's", async () => {
  const tree = workspace({ '.gitignore': '.venv\n', 'apps/todo/.venv/bin/python': '' });
  await generate(tree);
  expect(tree.exists('apps/todo/app/main.py')).toBe(true);
});

test('a file in which the user and the new spec have changed the same lines stays as it is, and what to do is said', async () => {
  const tree = workspace();
  await generate(tree);
  const path = 'apps/todo/app/models/task.py';
  const done = /\n    done: .*\n/;
  const mine = tree.read(path, 'utf-8')!.replace(done, '\n    done: Mapped[bool]  # mine\n');
  tree.write(path, mine);
  tree.write('todo.yaml', todo.replace('done: bool = false filter', 'done: bool = false filter, note: string(1..50)?'));
  const shown = await generate(tree);
  expect(shown).toContain(
    [
      '  1 conflict: these files are as you left them; beside each stand the new text (.generated) and both in one (.merge)',
      '    app/models/task.py: you and the generator changed the same lines',
      '    What to do: put what you want into the file and remove its .merge; the next run takes it from there.',
    ].join('\n'),
  );
  expect(tree.read(path, 'utf-8')).toBe(mine);
  expect(tree.read(`${path}.generated`, 'utf-8')).toContain('note: Mapped[str | None]');
  expect(tree.read(`${path}.merge`, 'utf-8')).toContain('<<<<<<< yours\n    done: Mapped[bool]  # mine\n=======\n');
  expect(tree.read('apps/todo/app/schemas/task.py', 'utf-8')).toContain('note: ');
});

test('an edit that the generator has nothing new for is kept', async () => {
  const tree = workspace();
  await generate(tree);
  tree.write('apps/todo/README.md', 'mine\n');
  const shown = await generate(tree);
  expect(tree.read('apps/todo/README.md', 'utf-8')).toBe('mine\n');
  expect(shown).toContain('    README.md');
});

test('a broken manifest is refused', async () => {
  const tree = workspace({ 'apps/todo/.fastapi/manifest.json': '{' });
  expect(await refusal(tree)).toContain('.fastapi/manifest.json cannot be read as a manifest of version 1');
});

test('the name of another service is taken, though nothing but its service.yaml has it', async () => {
  const tree = workspace();
  await generate(tree);
  expect(await refusal(tree, { directory: 'apps/other' })).toBe(
    'The name "todo" is taken by the project in apps/todo, and Nx needs every name to be the only one. Choose another with --name.',
  );
});

test('a missing uv is told before anything is written', async () => {
  vi.stubEnv('PATH', temporaryFolder());
  expect(await refusal(workspace(), { skipInstall: false })).toBe(
    'uv was not found on the PATH; it locks and installs the Python packages of a service. ' +
      'Install it with `pipx install uv` or `pip install uv`, or leave the installation out with --skipInstall. Nothing was written.',
  );
});

test('a missing Python is told before anything is written', async () => {
  fakeUv({ 'python find': 'echo "error: No interpreter found for Python >=3.11" >&2; exit 2' });
  expect(await refusal(workspace(), { skipInstall: false })).toBe(
    [
      'uv finds no Python 3.11 or newer, which services need:',
      '  error: No interpreter found for Python >=3.11',
      'What to do: install one with `uv python install 3.13`, or leave the installation out with --skipInstall. Nothing was written.',
    ].join('\n'),
  );
});

test.skipIf(process.getuid?.() === 0)(
  'a folder that may not be written to is told before anything is written (skipped for root, who may write anywhere)',
  async () => {
    const disk = diskWorkspace({ 'todo.yaml': todo });
    mkdirSync(join(disk.root, 'apps'));
    chmodSync(join(disk.root, 'apps'), 0o555);
    expect(await refusal(disk.openTree())).toBe(
      'apps/todo cannot be written, because apps is read-only for you. Change its permissions (chmod u+w apps), or name another folder.',
    );
  },
);

/** Generates into a folder of the disk with a `uv` of our own and runs what Nx runs after the files are written. */
async function install(answers: Readonly<Record<string, string>>) {
  const disk = diskWorkspace({ 'todo.yaml': todo });
  const calls = fakeUv(answers);
  shownText();
  const tree = disk.openTree();
  const afterwards = await projectGenerator(tree, { directory: 'apps/todo', spec: 'todo.yaml' });
  disk.flush(tree);
  return { disk, calls, afterwards: async () => afterwards() };
}

test('the packages are locked, compared with the pins, and installed', async () => {
  const { afterwards, calls } = await install({ lock: 'echo "version = 1" > uv.lock' });
  await afterwards();
  expect(calls()).toEqual(['--version', 'python find --no-project >=3.11', 'lock', 'sync --locked']);
});

test('a lock with none of the pinned files of a package is not installed', async () => {
  const pins = JSON.parse(readFileSync(join(__dirname, '../../../../generator-core/pins/python-pins.json'), 'utf8')) as {
    packages: { fastapi: { version: string } };
  };
  const { version } = pins.packages.fastapi;
  const lock = `version = 1\n[[package]]\nname = "fastapi"\nversion = "${version}"\nsdist = { hash = "sha256:bad" }\n`;
  const folder = temporaryFolder({ 'uv.lock': lock });
  const { afterwards, calls } = await install({ lock: `cp "${folder}/uv.lock" uv.lock` });
  await expect(afterwards()).rejects.toThrow(
    `apps/todo/uv.lock has none of the files that the service was proven with, for these packages, so nothing was installed:\n  fastapi ${version}: sha256:bad\nThe package index serves other files`,
  );
  expect(calls().at(-1)).toBe('lock');
});

test('a lock with the pinned files and one more is installed', async () => {
  const pins = JSON.parse(readFileSync(join(__dirname, '../../../../generator-core/pins/python-pins.json'), 'utf8')) as {
    packages: { fastapi: { version: string; hashes: string[] } };
  };
  const { version, hashes } = pins.packages.fastapi;
  const lock = `version = 1\n[[package]]\nname = "fastapi"\nversion = "${version}"\nsdist = { hash = "${hashes[0]}" }\nwheels = [{ hash = "sha256:new" }]\n`;
  const folder = temporaryFolder({ 'uv.lock': lock });
  const { afterwards, calls } = await install({ lock: `cp "${folder}/uv.lock" uv.lock` });
  await afterwards();
  expect(calls().at(-1)).toBe('sync --locked');
});

const installed = { lock: 'echo "version = 1" > uv.lock', sync: 'mkdir -p .venv' };

test('the installed service writes its openapi.json', async () => {
  const { afterwards, calls, disk } = await install({ ...installed, run: 'echo "{}" > openapi.json' });
  await afterwards();
  expect(calls().slice(2)).toEqual(['lock', 'sync --locked', 'run --frozen --no-sync python -m app.export_openapi']);
  expect(readFileSync(join(disk.root, 'apps/todo/openapi.json'), 'utf8')).toBe('{}\n');
});

test('a service that does not load is told of, and is there', async () => {
  const warn = vi.spyOn(logger, 'warn').mockReturnValue();
  const { afterwards } = await install({ ...installed, run: 'echo "ValueError: SECRET_KEY must be set" >&2; exit 1' });
  await afterwards();
  expect(warn.mock.calls).toEqual([
    [
      'apps/todo/openapi.json was not written, because the service did not load:\n  ValueError: SECRET_KEY must be set\nAfterwards: nx run todo:openapi',
    ],
  ]);
});

test('a uv that fails is told with what it said; the files stay', async () => {
  const { afterwards, disk } = await install({ lock: 'echo "error: no route to the index" >&2; exit 2' });
  await expect(afterwards()).rejects.toThrow(
    [
      'The files of apps/todo are written, but `uv lock` ended with code 2.',
      '  error: no route to the index',
      'What to do: check that this machine reaches its Python package index (PyPI, or the one that UV_INDEX_URL names), then run: nx run todo:install',
    ].join('\n'),
  );
  expect(readFileSync(join(disk.root, 'apps/todo/service.yaml'), 'utf8')).toBe(todo);
});

test('on the disk, too, a second run changes nothing, with the environment and the lock there', async () => {
  const { disk, afterwards } = await install({
    lock: 'echo "version = 1" > uv.lock',
    sync: 'mkdir -p .venv/bin && echo x > .venv/bin/python',
  });
  await afterwards();
  writeFileSync(join(disk.root, 'apps/todo/.env'), 'ENVIRONMENT=dev\n');
  const tree = disk.openTree();
  await generate(tree, { directory: 'apps/todo', skipInstall: true });
  expect(tree.listChanges()).toEqual([]);
});

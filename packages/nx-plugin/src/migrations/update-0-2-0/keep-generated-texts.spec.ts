import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { diskWorkspace } from '../../testing/disk-workspace';
import { readFiles } from '../../testing/read-files';
import { shownText } from '../../testing/shown-text';
import keepGeneratedTexts from './keep-generated-texts';

const hash = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
const generated = { 'app/main.py': 'main\n', 'app/models/book.py': 'book\n', 'app/early.py': 'early\n', 'app/gone.py': 'gone\n' };
const manifest = {
  version: 1,
  generator: '0.1.0',
  spec: hash('service: shop\n'),
  files: Object.fromEntries(Object.entries({ ...generated, 'service.yaml': 'service: shop\n' }).map(([path, text]) => [path, hash(text)])),
};
const service = {
  'apps/shop/service.yaml': 'service: shop\n',
  'apps/shop/.fastapi/manifest.json': JSON.stringify(manifest),
  'apps/shop/app/main.py': generated['app/main.py'],
  'apps/shop/app/models/book.py': generated['app/models/book.py'],
  // Edited before it was committed, so that nobody knows how it was generated.
  'apps/shop/app/early.py': 'early, mine\n',
};

/** A repository with the service, in which `book.py` was edited twice after it was committed. */
function repository() {
  const workspace = diskWorkspace(service);
  const git = (...args: readonly string[]) =>
    spawnSync('git', ['-c', 'user.name=me', '-c', 'user.email=me@example.org', ...args], { cwd: workspace.root });
  git('init');
  git('add', '--all');
  git('commit', '-m', 'as generated');
  writeFileSync(join(workspace.root, 'apps/shop/app/models/book.py'), 'book, mine\n');
  git('commit', '--all', '-m', 'edited');
  writeFileSync(join(workspace.root, 'apps/shop/app/models/book.py'), 'book, mine again\n');
  return workspace;
}

/** Runs it as `nx migrate --run-migrations` does; gives the files of the service afterwards, and what was shown. */
function migrate(workspace: ReturnType<typeof diskWorkspace>) {
  const shown = shownText();
  const tree = workspace.openTree();
  keepGeneratedTexts(tree);
  workspace.flush(tree);
  return { files: readFiles(join(workspace.root, 'apps/shop')), text: shown() };
}

const kept = {
  '.fastapi/base/app/main.py.base': 'main\n',
  '.fastapi/base/app/models/book.py.base': 'book\n',
};

test('generated texts are kept, from the disk or from the history of git; no file of the service is changed', () => {
  const workspace = repository();
  const before = readFiles(join(workspace.root, 'apps/shop'));
  const { files, text } = migrate(workspace);
  expect(files).toEqual({ ...before, ...kept });
  expect(text).toBe(
    [
      'apps/shop: it is not known how these files were generated, since they were edited before git saw them. They stay as they are;',
      'where a later run has something new for one of them, it puts that beside it:',
      '  app/early.py',
    ].join('\n'),
  );
});

test('run again, it changes nothing', () => {
  const workspace = repository();
  const once = migrate(workspace).files;
  expect(migrate(workspace).files).toEqual(once);
});

test('without git, the texts of files that nobody has edited are kept', () => {
  const workspace = diskWorkspace({ ...service, 'apps/shop/app/models/book.py': 'book, mine\n' });
  const { files, text } = migrate(workspace);
  expect(Object.keys(files).filter((path) => path.startsWith('.fastapi/base/'))).toEqual(['.fastapi/base/app/main.py.base']);
  expect(text).toContain('  app/early.py\n  app/models/book.py');
});

test.each([
  ['is of another version', '{"version":9}'],
  ['cannot be read', '{'],
])('a manifest that %s is left to the next generation', (_, text) => {
  const workspace = diskWorkspace({ ...service, 'apps/shop/.fastapi/manifest.json': text });
  const tree = workspace.openTree();
  keepGeneratedTexts(tree);
  expect(tree.listChanges()).toEqual([]);
});

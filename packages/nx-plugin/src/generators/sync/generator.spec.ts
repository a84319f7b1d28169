import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tree } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { beforeAll, expect, test } from 'vitest';
import { SyncError } from '../../nx-compat';
import { projectGenerator } from '../project/generator';
import { syncGenerator } from './generator';

const todo = readFileSync(join(__dirname, '../../../../../examples/todo.yaml'), 'utf8');

/** Spec and manifest of a service, as the generator writes them. */
async function makeService(): Promise<{ readonly spec: string; readonly manifest: string }> {
  const tree = createTreeWithEmptyWorkspace({ formatter: 'none' });
  tree.write('todo.yaml', todo);
  await projectGenerator(tree, { directory: 'apps/todo', spec: 'todo.yaml', skipInstall: true });
  const textOf = (path: string) => tree.read(`apps/todo/${path}`, 'utf-8') ?? '';
  return { spec: textOf('service.yaml'), manifest: textOf('.fastapi/manifest.jsonl') };
}

let service: Awaited<ReturnType<typeof makeService>>;

beforeAll(async () => {
  service = await makeService();
}, 180_000);

function workspaceWith(...names: readonly string[]): Tree {
  const tree = createTreeWithEmptyWorkspace({ formatter: 'none' });
  for (const name of names) {
    tree.write(`apps/${name}/service.yaml`, service.spec);
    tree.write(`apps/${name}/.fastapi/manifest.json`, service.manifest);
  }
  return tree;
}

const edit = (tree: Tree, file: string) => tree.write(file, `${tree.read(file, 'utf-8')}# more\n`);

/** Title and lines of the error, undefined when all is in step. Checks that nothing is changed either way. */
function complaintOf(tree: Tree): { title: string; lines: readonly string[] } | undefined {
  const before = tree.listChanges();
  try {
    syncGenerator(tree);
    return undefined;
  } catch (error) {
    if (!(error instanceof SyncError)) throw error;
    return { title: error.title, lines: error.bodyLines ?? [] };
  } finally {
    expect(tree.listChanges()).toEqual(before);
  }
}

test('services as their specs say are in step', () => {
  expect(complaintOf(workspaceWith('shop', 'store'))).toBeUndefined();
});

test('a changed spec is said, with the command', () => {
  const tree = workspaceWith('shop', 'store', 'third');
  edit(tree, 'apps/store/service.yaml');
  expect(complaintOf(tree)).toEqual({
    title: '1 service is out of step with its spec',
    lines: ['apps/store/service.yaml was changed since its files were made. Bring them up to date: nx run todo:generate'],
  });
  edit(tree, 'apps/shop/service.yaml');
  expect(complaintOf(tree)).toMatchObject({
    title: '2 services are out of step with their specs',
    lines: [expect.stringContaining('apps/shop'), expect.stringContaining('apps/store')],
  });
});

test('what the user has edited in the files, and a byte order mark, do not count', () => {
  const tree = workspaceWith('shop');
  tree.write('apps/shop/app/main.py', '# mine\n');
  tree.write('apps/shop/service.yaml', `\uFEFF${tree.read('apps/shop/service.yaml', 'utf-8')}`);
  expect(complaintOf(tree)).toBeUndefined();
});

test('a manifest of two branches, or one of each version, is out of step until the files are made from the one spec', () => {
  const tree = workspaceWith('shop', 'store');
  tree.write('apps/shop/.fastapi/manifest.jsonl', `${service.manifest}{"spec":"of the other branch"}\n`);
  tree.write('apps/store/.fastapi/manifest.json', JSON.stringify({ version: 1, spec: 'of the other branch', files: {} }));
  expect(complaintOf(tree)?.title).toBe('2 services are out of step with their specs');
});

test('a manifest of version 1 is read', () => {
  const tree = workspaceWith('shop');
  tree.delete('apps/shop/.fastapi/manifest.jsonl');
  const { spec } = JSON.parse(service.manifest.split('\n')[1]!) as { spec: string };
  tree.write('apps/shop/.fastapi/manifest.json', `${JSON.stringify({ version: 1, spec, files: {} }, undefined, 2)}\n`);
  expect(complaintOf(tree)).toBeUndefined();
  edit(tree, 'apps/shop/service.yaml');
  expect(complaintOf(tree)?.title).toBe('1 service is out of step with its spec');
});

test.each([
  ['a spec that nothing was made from', undefined],
  ['a manifest that is no JSON', '{'],
  ['a manifest of something else', '{ "version": 3 }'],
])('%s is not judged', (_, manifest) => {
  const tree = createTreeWithEmptyWorkspace({ formatter: 'none' });
  tree.write('apps/shop/service.yaml', todo);
  if (manifest !== undefined) tree.write('apps/shop/.fastapi/manifest.jsonl', manifest);
  expect(complaintOf(tree)).toBeUndefined();
});

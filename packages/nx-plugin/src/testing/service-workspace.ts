import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tree } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { projectGenerator } from '../generators/project/generator';
import { shownText } from './shown-text';

/** The text of a spec of `examples`. */
export function exampleSpec(name: string): string {
  return readFileSync(join(__dirname, `../../../../examples/${name}.yaml`), 'utf8');
}

/** A workspace in memory with a service of each spec, in `apps/<name>`. */
export async function serviceWorkspace(specs: Readonly<Record<string, string>>): Promise<Tree> {
  const tree = createTreeWithEmptyWorkspace({ formatter: 'none' });
  const shown = shownText();
  for (const [name, text] of Object.entries(specs)) {
    tree.write(`apps/${name}/service.yaml`, text);
    await projectGenerator(tree, { directory: `apps/${name}`, skipInstall: true });
  }
  shown();
  return tree;
}

/** Paths whose text is another than before, sorted. */
export function changedBetween(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path)).sort();
}

/** Text by path of all that the Tree holds and would write. */
export function textsOf(tree: Tree): ReadonlyMap<string, string> {
  return new Map(tree.listChanges().map(({ path, content }) => [path, content?.toString('utf8') ?? '']));
}

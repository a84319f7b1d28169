import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Tree } from '@nx/devkit';
import { FsTree } from '@nx/devkit/internal';
import { temporaryFolder } from './temporary-folder';

export interface DiskWorkspace {
  readonly root: string;
  /** A Tree over the folder as it is now. */
  readonly openTree: () => Tree;
  /** Writes what the Tree holds, as Nx does when a generator has ended well. */
  readonly flush: (tree: Tree) => void;
}

/** A workspace on the disk, for what a Tree in memory cannot show. */
export function diskWorkspace(files: Readonly<Record<string, string>> = {}): DiskWorkspace {
  const root = temporaryFolder({ 'nx.json': '{}', 'package.json': '{ "name": "workspace" }', ...files });
  return {
    root,
    openTree: () => new FsTree(root, false),
    flush: (tree) => {
      for (const { path, type, content } of tree.listChanges()) {
        const file = join(root, path);
        if (type === 'DELETE') rmSync(file, { recursive: true });
        else write(file, content ?? Buffer.alloc(0));
      }
    },
  };
}

function write(file: string, content: Buffer): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

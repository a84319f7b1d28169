import { existsSync } from 'node:fs';
import type { Tree } from '@nx/devkit';
import { openTransaction, type Transaction } from './transaction';

/** The transaction of a run that writes through a Tree; undefined where the Tree is in memory only. Throws `UserError`. */
export function beginTransaction(tree: Tree, directory: string): Transaction | undefined {
  return existsSync(tree.root) ? openTransaction({ workspaceRoot: tree.root, directory }) : undefined;
}

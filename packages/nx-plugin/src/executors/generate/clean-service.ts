import { join, relative } from 'node:path';
import { normalizePath } from '@nx/devkit';
import { folderSize } from '../../adapters/folder-size';
import { removeFiles } from '../../adapters/remove-files';
import { openStateFolder } from '../../adapters/state-folder';
import { openTransaction } from '../../adapters/transaction/transaction';
import { outputFiles } from '../validate/output-files';
import { describeBases } from './describe-bases';
import { describeSize } from './describe-size';

/**
 * Drops what can be made again: what `validate` writes, the answers that a model was paid for and the report of them, and what a killed run had not committed.
 * Gives what to say. Bases and manifest stay: without them no edit can be merged.
 */
export function cleanService({
  name,
  directory,
  workspaceRoot,
}: {
  readonly name: string;
  readonly directory: string;
  readonly workspaceRoot: string;
}): string {
  openTransaction({ workspaceRoot, directory }).close();
  const state = openStateFolder(workspaceRoot, directory);
  const written = Object.values(outputFiles).map((path) => join(workspaceRoot, directory, path));
  const found = [...written, state.journalFile, state.reportFile]
    .map((file) => ({ file, ...folderSize(file) }))
    .filter(({ files }) => files > 0);
  removeFiles(found.map(({ file }) => file));
  const total = describeSize(found.reduce((sum, { bytes }) => sum + bytes, 0));
  return [
    found.length === 0
      ? `${name}: there is nothing to clean`
      : `${name}: ${found.length === 1 ? '1 file' : `${found.length} files`} removed, ${total}`,
    ...found.map(({ file, bytes }) => `  ${normalizePath(relative(workspaceRoot, file))}, ${describeSize(bytes)}`),
    `  ${describeBases(workspaceRoot, directory)}`,
  ].join('\n');
}

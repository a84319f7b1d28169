import { join } from 'node:path';
import { folderSize } from '../../adapters/folder-size';
import { describeSize } from './describe-size';

/** What is kept in a service for the next run, so that edits can be merged. */
export function describeBases(workspaceRoot: string, directory: string): string {
  const folder = `${directory}/.fastapi/base`;
  const { files, bytes } = folderSize(join(workspaceRoot, folder));
  return `kept for the next run: ${files === 1 ? '1 text' : `${files} texts`}, ${describeSize(bytes)}, in ${folder}`;
}

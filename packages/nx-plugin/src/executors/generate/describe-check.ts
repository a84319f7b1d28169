import type { FileConflict } from '@org/generator-core';
import type { FileChange } from '../../adapters/transaction/file-change';

interface Check {
  readonly name: string;
  readonly targetName: string;
  readonly directory: string;
  readonly changes: readonly FileChange[];
  readonly conflicts: readonly Pick<FileConflict, 'path'>[];
}

/** What a check has found, for people; the same for the same files. */
export function describeCheck({ name, targetName, directory, changes, conflicts }: Check): string {
  if (changes.length === 0 && conflicts.length === 0) return `${name} is in step with its spec.`;
  const files = changes.map((change) => ({ kind: kindOf(change), path: change.path.slice(directory.length + 1) }));
  const shown = files.filter(({ path }) => !path.startsWith('.fastapi/'));
  return [
    ...(changes.length === 0 ? [] : [`${name} is out of step with its spec: ${describeCount(shown.length)}`]),
    ...shown.map(({ kind, path }) => `  ${kind.padEnd(7)} ${path}`),
    ...(conflicts.length === 0
      ? []
      : [`${name} has ${conflicts.length === 1 ? 'a conflict' : `${conflicts.length} conflicts`} to be settled:`]),
    ...conflicts.map(({ path }) => `  ${path}`),
    `What to do: nx run ${name}:${targetName} (with --dryRun it shows the differences and writes nothing).`,
  ].join('\n');
}

/** Where no file is another, the spec still is another text than the files were made from, or what is kept for the next run is not there. */
function describeCount(files: number): string {
  if (files === 0) return 'service.yaml, or what is kept in .fastapi, is another than in the last run; no file of the service changes.';
  return files === 1 ? '1 file is to be written.' : `${files} files are to be written.`;
}

function kindOf({ before, after }: FileChange): string {
  if (after === undefined) return 'deleted';
  return before === undefined ? 'new' : 'changed';
}

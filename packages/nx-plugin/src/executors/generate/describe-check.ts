import type { FileChange } from '../../adapters/transaction/file-change';

/** What a check has found, for people; the same for the same files. */
export function describeCheck({
  name,
  targetName,
  directory,
  changes,
}: {
  readonly name: string;
  readonly targetName: string;
  readonly directory: string;
  readonly changes: readonly FileChange[];
}): string {
  if (changes.length === 0) return `${name} is in step with its spec.`;
  return [
    `${name} is out of step with its spec: ${changes.length === 1 ? '1 file is' : `${changes.length} files are`} to be written.`,
    ...changes.map((change) => `  ${kindOf(change).padEnd(7)} ${change.path.slice(directory.length + 1)}`),
    `What to do: nx run ${name}:${targetName} (with --dryRun it shows the differences and writes nothing).`,
  ].join('\n');
}

function kindOf({ before, after }: FileChange): string {
  if (after === undefined) return 'deleted';
  return before === undefined ? 'new' : 'changed';
}

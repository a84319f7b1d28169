import type { Finished } from '../../adapters/transaction/staged-changes';

/** What was done about a run that was killed before; undefined when there was none. */
export function describeRecovery(directory: string, recovered: Finished | undefined): string | undefined {
  if (recovered === undefined) return undefined;
  const { files, setAside } = recovered;
  return [
    `A run before this one was killed while it put its ${files} files in place in ${directory}; all of them are there now.`,
    ...setAside.map(
      ({ path, beside }) =>
        `  ${path} was edited since then and stays: the text for it is in ${beside}. Take over what you need, and delete it.`,
    ),
  ].join('\n');
}

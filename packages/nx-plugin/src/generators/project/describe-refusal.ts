const shownAtMost = 20;

/** Why nothing was written: the files that would have been lost, by name, and what to do about them. */
export function describeRefusal({
  directory,
  edited,
  foreign,
}: {
  readonly directory: string;
  readonly edited: readonly string[];
  readonly foreign: readonly string[];
}): string {
  return [
    `Nothing was written to ${directory}, because it would cost you ${countOf(edited.length + foreign.length)} of yours.`,
    ...describeEdited(edited),
    ...describeForeign(foreign),
  ].join('\n');
}

function describeEdited(paths: readonly string[]): readonly string[] {
  if (paths.length === 0) return [];
  return [
    'You have edited it since the service was generated, and --spec names another one:',
    ...listOf(paths),
    'What to do: leave --spec out, and the one in the folder is used as you edited it; or put your changes into the other one.',
  ];
}

function describeForeign(paths: readonly string[]): readonly string[] {
  if (paths.length === 0) return [];
  return ['Not made by this generator:', ...listOf(paths), 'What to do: move them away, or name an empty folder.'];
}

function listOf(paths: readonly string[]): readonly string[] {
  const rest = paths.length - shownAtMost;
  return [...paths.slice(0, shownAtMost).map((path) => `  ${path}`), ...(rest > 0 ? [`  and ${rest} more`] : [])];
}

function countOf(files: number): string {
  return files === 1 ? 'a file' : `${files} files`;
}

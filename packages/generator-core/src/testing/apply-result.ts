import type { GenerationResult } from '../run/generation-result';

type Files = Readonly<Record<string, string>>;

/** The files of a project after a run has written and deleted what it asks for. */
export function applyResult(
  files: Files,
  { writes, deletes }: Pick<Extract<GenerationResult, { kind: 'generated' }>, 'writes' | 'deletes'>,
): Files {
  const gone = new Set(deletes);
  return { ...Object.fromEntries(Object.entries(files).filter(([path]) => !gone.has(path))), ...Object.fromEntries(writes) };
}

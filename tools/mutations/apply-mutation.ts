import type { Edit, Mutation } from './mutation';

/** The files that the mutation changes, with their new texts. Throws where it does not apply. */
export function applyMutation(mutation: Mutation, texts: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const changed = new Map<string, string>();
  for (const edit of mutation.edits) changed.set(edit.path, applyEdit(edit, changed.get(edit.path) ?? texts.get(edit.path), mutation));
  return changed;
}

function applyEdit({ path, find, replace }: Edit, text: string | undefined, { protection }: Mutation): string {
  const count = text === undefined ? 0 : countOf(text, find);
  if (text === undefined || count !== 1) {
    const found = text === undefined ? 'the service has no such file' : `${String(find)} is found ${count} times, not once`;
    throw new Error(
      `The mutation "${protection}" does not apply to ${path}: ${found}. Mend it in tools/mutations, so that it takes the protection out again.`,
    );
  }
  return typeof find === 'string' ? text.replace(find, () => replace) : text.replace(find, replace);
}

function countOf(text: string, find: string | RegExp): number {
  if (typeof find === 'string') return text.split(find).length - 1;
  return [...text.matchAll(new RegExp(find.source, `${find.flags.replace('g', '')}g`))].length;
}

import { isDeepStrictEqual } from 'node:util';
import { appendToList } from './append-to-list';
import { formatStringLike, formatTomlValue, type TomlValue } from './format-toml-value';
import { putEntry } from './put-entry';
import { applyChanges, type TextChange } from './text-change';
import { readTomlDocument, valueAt, type TomlDocument } from './toml-document';
import { isSamePath, listEntries } from './toml-entry';

export type TomlEdit =
  /** A string more at the end of a list; the list is made when it is missing. */
  | { readonly kind: 'append'; readonly path: readonly string[]; readonly item: string }
  /** A value at a key, which is made when it is missing. */
  | { readonly kind: 'put'; readonly path: readonly string[]; readonly value: TomlValue }
  /** Another string at a place of a list. */
  | { readonly kind: 'replace'; readonly path: readonly string[]; readonly index: number; readonly item: string };

export type TomlEditing =
  | { readonly kind: 'edited'; readonly text: string }
  /** The text is written in a way that cannot be edited with certainty, and is left as it is. */
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Edits a TOML text and leaves every other byte as it is, comments and layout among them.
 * The result is read again: it says what the old text said and what was asked for, or nothing is edited.
 */
export function editToml(text: string, edits: readonly TomlEdit[]): TomlEditing {
  let current = text;
  for (const edit of edits) {
    const reading = readTomlDocument(current);
    if (reading.kind === 'fault') return { kind: 'refused', reason: reading.fault };
    const edited = applyChanges(current, changesFor(reading.document, edit) ?? []);
    const check = readTomlDocument(edited);
    if (check.kind === 'fault' || !isDeepStrictEqual(check.document.value, expectedValue(reading.document.value, edit)))
      return { kind: 'refused', reason: `\`${edit.path.join('.')}\` is written in a way that is not edited` };
    current = edited;
  }
  return { kind: 'edited', text: current };
}

/** Undefined where the value is not of the kind that the edit is for. */
function changesFor(document: TomlDocument, edit: TomlEdit): readonly TextChange[] | undefined {
  const node = listEntries(document).find(({ path }) => isSamePath(path, edit.path))?.node.value;
  if (node === undefined && valueAt(document.value, ...edit.path) !== undefined) return undefined;
  switch (edit.kind) {
    case 'append':
      if (node === undefined) return putEntry(document, edit.path, formatTomlValue([edit.item]));
      return node.type === 'TOMLArray' ? appendToList(document, node, formatTomlValue(edit.item)) : undefined;
    case 'put':
      return node === undefined ? putEntry(document, edit.path, formatTomlValue(edit.value)) : [replaced(document, node, edit.value)];
    case 'replace': {
      const element = node?.type === 'TOMLArray' ? node.elements[edit.index] : undefined;
      return element === undefined ? undefined : [replaced(document, element, edit.item)];
    }
  }
}

function replaced(
  { text }: TomlDocument,
  { range: [start, end] }: { readonly range: readonly [number, number] },
  value: TomlValue,
): TextChange {
  const written = text.slice(start, end);
  return { start, end, text: typeof value === 'string' ? formatStringLike(written, value) : formatTomlValue(value) };
}

function expectedValue(value: unknown, edit: TomlEdit): unknown {
  return changedAt(value, edit.path, (old) => {
    if (edit.kind === 'put') return edit.value;
    const list: readonly unknown[] = Array.isArray(old) ? old : [];
    return edit.kind === 'append' ? [...list, edit.item] : list.with(edit.index, edit.item);
  });
}

function changedAt(value: unknown, [key, ...rest]: readonly string[], change: (old: unknown) => unknown): unknown {
  if (key === undefined) return change(value);
  const table = (value ?? {}) as Readonly<Record<string, unknown>>;
  return { ...table, [key]: changedAt(table[key], rest, change) };
}

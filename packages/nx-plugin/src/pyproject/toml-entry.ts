import type { AST } from 'toml-eslint-parser';
import type { TomlDocument } from './toml-document';

/** One `key = value`, wherever it stands: below a header, at the top, or in an inline table. */
export interface TomlEntry {
  /** All keys from the root of the file. */
  readonly path: readonly string[];
  readonly node: AST.TOMLKeyValue;
  /** Keys of the header or inline table that it stands in. */
  readonly home: readonly string[];
}

/** Every entry in the order of the text; those in arrays of tables have no path of keys alone, and are left out. */
export function listEntries({ program }: TomlDocument): readonly TomlEntry[] {
  return program.body[0].body.flatMap((node) => {
    if (node.type === 'TOMLKeyValue') return entriesOf(node, []);
    const home = keysOf(node.resolvedKey);
    return home === undefined ? [] : node.body.flatMap((entry) => entriesOf(entry, home));
  });
}

/** The headers `[a.b]`, in the order of the text. */
export function listHeaders({ program }: TomlDocument): readonly { readonly path: readonly string[]; readonly node: AST.TOMLTable }[] {
  return program.body[0].body.flatMap((node) => {
    const path = node.type === 'TOMLTable' ? keysOf(node.resolvedKey) : undefined;
    return node.type === 'TOMLTable' && path !== undefined ? [{ path, node }] : [];
  });
}

export function isSamePath(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && startsWithPath(left, right);
}

export function startsWithPath(path: readonly string[], start: readonly string[]): boolean {
  return start.every((key, index) => path[index] === key);
}

function entriesOf(node: AST.TOMLKeyValue, home: readonly string[]): readonly TomlEntry[] {
  const path = [...home, ...node.key.keys.map((key) => (key.type === 'TOMLBare' ? key.name : key.value))];
  const inner = node.value.type === 'TOMLInlineTable' ? node.value.body.flatMap((entry) => entriesOf(entry, path)) : [];
  return [{ path, node, home }, ...inner];
}

function keysOf(path: readonly (string | number)[]): readonly string[] | undefined {
  return path.every((key) => typeof key === 'string') ? path : undefined;
}

import type { AST } from 'toml-eslint-parser';
import { formatTomlKey } from './format-toml-value';
import { lineBreakOf, lineEnd, type TextChange } from './text-change';
import type { TomlDocument } from './toml-document';
import { isSamePath, listEntries, listHeaders, startsWithPath, type TomlEntry } from './toml-entry';

/** A new `key = value`, where a reader looks for it: in the table that is there, else in a new one after its relatives. */
export function putEntry(document: TomlDocument, path: readonly string[], value: string): readonly TextChange[] {
  const table = path.slice(0, -1);
  const key = formatTomlKey(path.at(-1) ?? '');
  return [
    intoHeader(document, table, `${key} = ${value}`) ??
      intoInlineTable(document, table, `${key} = ${value}`) ??
      besideDottedKeys(document, path, value) ??
      asNewTable(document, table, `${key} = ${value}`),
  ];
}

/** `[tool.uv.sources]` is there: after its last entry. */
function intoHeader({ text, ...document }: TomlDocument, table: readonly string[], line: string): TextChange | undefined {
  const header = listHeaders({ text, ...document }).find(({ path, node }) => node.kind === 'standard' && isSamePath(path, table));
  if (header === undefined) return undefined;
  return insertLine(text, endOf(header.node), line);
}

/** `sources = { … }`: inside of the braces. */
function intoInlineTable(document: TomlDocument, table: readonly string[], pair: string): TextChange | undefined {
  const value = listEntries(document).find(({ path }) => isSamePath(path, table))?.node.value;
  if (value?.type !== 'TOMLInlineTable') return undefined;
  const last = value.body.at(-1);
  if (last === undefined) return { start: value.range[0], end: value.range[1], text: `{ ${pair} }` };
  return { start: last.range[1], end: last.range[1], text: `, ${pair}` };
}

/** `sources.money = …` below `[tool.uv]`: another line like it. */
function besideDottedKeys(document: TomlDocument, path: readonly string[], value: string): TextChange | undefined {
  const table = path.slice(0, -1);
  const isRelative = ({ path: other, home, node }: TomlEntry) =>
    startsWithPath(other, table) && other.length > table.length && home.length < table.length && node.parent.type !== 'TOMLInlineTable';
  const relative = listEntries(document).filter(isRelative).at(-1);
  if (relative === undefined) return undefined;
  const key = path.slice(relative.home.length).map(formatTomlKey).join('.');
  return insertLine(document.text, relative.node.range[1], `${key} = ${value}`);
}

/** After the last table with the longest common start, so that `[tool.uv.sources]` follows `[tool.uv]`; else at the end. */
function asNewTable(document: TomlDocument, table: readonly string[], line: string): TextChange {
  const { text } = document;
  const lineBreak = lineBreakOf(text);
  const header = `[${table.map(formatTomlKey).join('.')}]`;
  const parent = listHeaders(document)
    .filter(({ path }) => table.length > 1 && path.length > 1 && startsWithPath(path, table.slice(0, 2)))
    .at(-1);
  if (parent !== undefined) return insertLine(text, endOf(parent.node), `${lineBreak}${header}${lineBreak}${line}`);
  const gap = text === '' || text.endsWith(`${lineBreak}${lineBreak}`) ? '' : text.endsWith('\n') ? lineBreak : `${lineBreak}${lineBreak}`;
  return { start: text.length, end: text.length, text: `${gap}${header}${lineBreak}${line}${lineBreak}` };
}

/** An empty table ends with its header. */
function endOf(table: AST.TOMLTable): number {
  return table.body.at(-1)?.range[1] ?? table.key.range[1];
}

/** A line of its own after the line of a place. */
function insertLine(text: string, place: number, line: string): TextChange {
  const end = lineEnd(text, place);
  return { start: end, end, text: `${lineBreakOf(text)}${line}` };
}

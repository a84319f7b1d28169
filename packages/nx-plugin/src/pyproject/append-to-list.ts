import type { AST } from 'toml-eslint-parser';
import { lineBreakOf, lineEnd, type TextChange } from './text-change';
import type { TomlDocument } from './toml-document';

/** One item more at the end of a list, in the layout that the list has: on one line, or one item a line with its indentation. */
export function appendToList({ text, program }: TomlDocument, list: AST.TOMLArray, item: string): readonly TextChange[] {
  const last = list.elements.at(-1);
  if (last === undefined) return [intoEmptyList(text, list, item)];
  const comma = program.tokens.find(({ range, value }) => range[0] >= last.range[1] && range[1] <= list.range[1] && value === ',');
  const end = comma?.range[1] ?? last.range[1];
  // The bracket on the line of the last item: the new one goes on the line, too.
  if (last.loc.end.line === list.loc.end.line) return [insert(end, comma === undefined ? `, ${item}` : ` ${item},`)];
  const rest = insert(lineEnd(text, end), `${lineBreakOf(text)}${indentOf(text, last.range[0])}${item}${comma === undefined ? '' : ','}`);
  return comma === undefined ? [insert(end, ','), rest] : [rest];
}

function intoEmptyList(text: string, list: AST.TOMLArray, item: string): TextChange {
  const isOneLine = list.loc.start.line === list.loc.end.line;
  const lineBreak = lineBreakOf(text);
  return insert(list.range[0] + 1, isOneLine ? item : `${lineBreak}    ${item},`);
}

function indentOf(text: string, place: number): string {
  const line = text.slice(text.lastIndexOf('\n', place - 1) + 1, place);
  return /^[ \t]*$/.test(line) ? line : '    ';
}

function insert(place: number, text: string): TextChange {
  return { start: place, end: place, text };
}

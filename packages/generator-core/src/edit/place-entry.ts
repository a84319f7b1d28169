import { isDeepStrictEqual } from 'node:util';
import { isAlias, isCollection, isMap, isScalar, parseDocument, type Document, type Node, type Pair, type YAMLMap } from 'yaml';
import { renderBlockEntry, renderFlowEntry } from './render-entry';
import type { SpecSection } from './spec-edit';

export interface Entry {
  readonly section: SpecSection;
  readonly key: string;
  readonly value: unknown;
}

export type Placement =
  { readonly kind: 'placed'; readonly text: string; readonly added: string } | { readonly kind: 'unplaceable'; readonly why: string };

/**
 * Puts an entry at the end of its section. The text is cut at one place and the new lines are put between: the YAML library would write the
 * document anew, and with it what people have laid out by hand. What comes out is read again and must mean what was there and the entry.
 */
export function placeEntry(text: string, entry: Entry): Placement {
  const document = parseDocument(text, { prettyErrors: false, logLevel: 'silent' });
  const root: unknown = document.contents;
  if (document.errors.length > 0 || !isMap(root)) return { kind: 'unplaceable', why: 'the file is not a YAML mapping' };
  const cut = cutFor({ text, root, entry });
  if (typeof cut === 'string') return { kind: 'unplaceable', why: cut };
  const placed = text.slice(0, cut.start) + cut.insertion + text.slice(cut.end);
  if (!means(placed, withEntry(document, entry)))
    return { kind: 'unplaceable', why: 'the new lines would change more than themselves, as where a YAML alias repeats the section' };
  return { kind: 'placed', text: placed, added: cut.insertion.replace(/^[,\s]*\n/, '').trimEnd() };
}

/** The text between `start` and `end` makes room for the insertion; only an empty value (`{}`, `null`) ever does. */
interface Cut {
  readonly start: number;
  readonly end: number;
  readonly insertion: string;
}

interface Placing {
  readonly text: string;
  readonly root: YAMLMap;
  readonly entry: Entry;
}

function cutFor({ text, root, entry }: Placing): Cut | string {
  const pair = pairNamed(root, entry.section);
  if (pair === undefined) return cutForSection({ text, root, entry });
  const value: unknown = pair.value;
  if (isAlias(value)) return `"${entry.section}" is the YAML alias *${value.source}`;
  if (isMap(value) && value.items.length > 0)
    return value.flow === true ? cutInFlow(text, value, entry) : cutAfterBlock({ text, map: value, root, entry });
  if (root.flow === true && isMap(value)) return cutInFlow(text, value, entry);
  return isEmpty(value) ? cutInEmpty({ text, root, pair, entry }) : `"${entry.section}" is not a mapping`;
}

function isEmpty(value: unknown): boolean {
  return value === null || isMap(value) || (isScalar(value) && (value.value === null || value.value === ''));
}

/** After the last entry of a block. */
function cutAfterBlock({
  text,
  map,
  root,
  entry,
}: {
  readonly text: string;
  readonly map: YAMLMap;
  readonly root: YAMLMap;
  readonly entry: Entry;
}): Cut {
  const indent = columnOf(text, startOf(map.items[0]!));
  const step = stepOf({ text, map, indent }) ?? stepOfSections(text, root) ?? 2;
  const lines = renderBlockEntry(entry, { indent, step });
  return linesAt({ text, place: endOfBlock(text, map, Math.max(indent, 1)), lines: isSpaced(text, map) ? ['', ...lines] : lines });
}

/** A section that is not there yet comes behind `entities`, else to the end. */
function cutForSection({ text, root, entry: { section, key, value } }: Placing): Cut {
  if (root.flow === true) return cutInFlow(text, root, { section, key: section, value: { [key]: value } });
  const before = pairNamed(root, 'entities') ?? root.items.at(-1);
  const indent = root.items[0] === undefined ? 0 : columnOf(text, startOf(root.items[0]));
  const lines = [`${' '.repeat(indent)}${section}:`, ...renderBlockEntry({ key, value }, layoutBelow({ text, root, indent }))];
  const place = before === undefined ? text.length : afterPair(text, before, indent + 1);
  return linesAt({ text, place, lines: isSpaced(text, root) ? ['', ...lines] : lines });
}

/** `entities:` without anything; `{}`, `~` and `null` go, for lines cannot follow them. */
function cutInEmpty({ text, root, pair, entry }: Placing & { readonly pair: Pair }): Cut {
  const indent = columnOf(text, startOf(pair));
  const [start, end] = emptyValue(text, pair);
  const endOfKeyLine = endOfLine(text, end);
  const rest = text.slice(end, endOfKeyLine);
  const after = skipComments(text, endOfKeyLine, indent + 1);
  const lines = renderBlockEntry(entry, layoutBelow({ text, root, indent }));
  const below = linesAt({ text, place: after, lines });
  return { start, end: below.end, insertion: rest + text.slice(endOfKeyLine, after) + below.insertion };
}

/** From the end of the colon, or of what stands before the value (an anchor), to the end of the value. */
function emptyValue(text: string, { key, value }: Pair): readonly [number, number] {
  const colon = text.indexOf(':', (key as Node).range![1]) + 1;
  const range = (value as Node | null)?.range;
  if (range == null || range[1] <= colon || text.slice(range[0], range[1]).trim() === '') return [colon, colon];
  const before = text.slice(colon, range[0]);
  return [colon + before.trimEnd().length, range[1]];
}

/** Before the `}`, after a comma of its own or one that is there. */
function cutInFlow(text: string, map: YAMLMap, { key, value }: Pick<Entry, 'section' | 'key' | 'value'>): Cut {
  const rendered = renderFlowEntry(key, value);
  const last = map.items.at(-1);
  if (last === undefined) {
    const start = map.range![0] + 1;
    return {
      start,
      end: start,
      insertion: /^\s*\}/.test(text.slice(start)) ? ` ${rendered}${text[start] === '}' ? ' ' : ''}` : ` ${rendered},`,
    };
  }
  const end = endOfNode(last);
  const comma = /^(?:\s|#.*)*,/.exec(text.slice(end))?.[0];
  const start = comma === undefined ? end : end + comma.length;
  const lead = comma === undefined ? ',' : '';
  const [previous] = map.items.slice(-2);
  const isOnLines = previous !== last && previous !== undefined && lineOf(text, startOf(previous)) !== lineOf(text, startOf(last));
  const separator = isOnLines ? `${lineBreakOf(text)}${' '.repeat(columnOf(text, startOf(last)))}` : ' ';
  return { start, end: start, insertion: `${lead}${separator}${rendered}${comma === undefined ? '' : ','}` };
}

/** Whole lines at a place that is the start of a line, or the end of a text without a line break at its end. */
function linesAt({ text, place, lines }: { readonly text: string; readonly place: number; readonly lines: readonly string[] }): Cut {
  const lineBreak = lineBreakOf(text);
  const joined = lines.join(lineBreak);
  const isAfterLine = place === 0 || text[place - 1] === '\n';
  return { start: place, end: place, insertion: isAfterLine ? `${joined}${lineBreak}` : `${lineBreak}${joined}` };
}

function endOfBlock(text: string, map: YAMLMap, leastIndent: number): number {
  return afterPair(text, map.items.at(-1)!, leastIndent);
}

/** The line after a pair and the comments that are indented with it. */
function afterPair(text: string, pair: Pair, leastIndent: number): number {
  const end = endOfNode(pair);
  const isAtLine = end > 0 && text[end - 1] === '\n';
  return skipComments(text, isAtLine ? backOverBlankLines(text, end, pair) : endOfLine(text, end), leastIndent);
}

/** A block scalar's blank lines at its end belong to it only where it says so with `+`. */
function backOverBlankLines(text: string, end: number, pair: Pair): number {
  const leaf = lastLeaf(pair);
  if (isScalar(leaf) && leaf.range != null && /^[|>][0-9]*\+/.test(text.slice(leaf.range[0]))) return end;
  return text.slice(0, end).replace(/(\r?\n)(?:[ \t]*\r?\n)+$/, '$1').length;
}

/** Past lines that hold nothing but a comment at this indentation or deeper, and the blank lines before them. */
function skipComments(text: string, place: number, leastIndent: number): number {
  const comments = new RegExp(`^(?:(?:[ \\t]*\\r?\\n)*[ ]{${leastIndent},}#.*(?:\\r?\\n|$))+`);
  return place + (comments.exec(text.slice(place))?.[0].length ?? 0);
}

function lastLeaf(node: unknown): unknown {
  const pair = node as Partial<Pair> | null;
  if (pair?.key !== undefined && 'value' in pair) return lastLeaf(pair.value ?? pair.key);
  if (isCollection(node) && node.flow !== true && node.items.length > 0) return lastLeaf(node.items.at(-1));
  return node;
}

function endOfNode(node: unknown): number {
  return (lastLeaf(node) as Node).range![1];
}

function startOf({ key }: Pair): number {
  return (key as Node).range![0];
}

/** Of an entry that is written as a block itself: how far in its keys stand. */
function stepOf({ text, map, indent }: { readonly text: string; readonly map: YAMLMap; readonly indent: number }): number | undefined {
  for (const { value } of map.items) {
    if (isMap(value) && value.flow !== true && value.items[0] !== undefined) return columnOf(text, startOf(value.items[0])) - indent;
  }
  return undefined;
}

function stepOfSections(text: string, root: YAMLMap): number | undefined {
  return stepOf({ text, map: root, indent: root.items[0] === undefined ? 0 : columnOf(text, startOf(root.items[0])) });
}

/** Where the entries of a section stand that has none yet: as those of another section. */
function layoutBelow({ text, root, indent }: { readonly text: string; readonly root: YAMLMap; readonly indent: number }): {
  indent: number;
  step: number;
} {
  const step = stepOfSections(text, root) ?? 2;
  return { indent: indent + step, step };
}

/** Whether a blank line stands between the last two entries. */
function isSpaced(text: string, map: YAMLMap): boolean {
  const [previous, last] = map.items.slice(-2);
  if (previous === undefined || last === undefined) return false;
  return /\n[ \t]*\r?\n/.test(text.slice(endOfNode(previous), startOf(last)));
}

function pairNamed(map: YAMLMap, name: string): Pair | undefined {
  return map.items.find(({ key }) => isScalar(key) && String(key.value) === name);
}

function lineBreakOf(text: string): string {
  return /\r?\n/.exec(text)?.[0] ?? '\n';
}

function endOfLine(text: string, place: number): number {
  const end = text.indexOf('\n', place);
  return end === -1 ? text.length : end + 1;
}

function columnOf(text: string, place: number): number {
  return place - (text.lastIndexOf('\n', place - 1) + 1);
}

function lineOf(text: string, place: number): number {
  return text.slice(0, place).split('\n').length;
}

/** Plain value and order of keys. */
function withEntry(document: Document, { section, key, value }: Entry): unknown {
  const before = document.toJS() as Readonly<Record<string, unknown>>;
  const entries = { ...(before[section] as object | null | undefined), [key]: value };
  if (section in before) return { ...before, [section]: entries };
  const pairs = Object.entries(before);
  const place = 'entities' in before ? pairs.findIndex(([name]) => name === 'entities') + 1 : pairs.length;
  return Object.fromEntries([...pairs.slice(0, place), [section, entries], ...pairs.slice(place)]);
}

function means(text: string, value: unknown): boolean {
  const document = parseDocument(text, { prettyErrors: false, logLevel: 'silent' });
  if (document.errors.length > 0) return false;
  const read = document.toJS() as unknown;
  return isDeepStrictEqual(read, value) && JSON.stringify(read) === JSON.stringify(value);
}

import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, parseDocument, visit, YAMLMap } from 'yaml';
import type { Document, Node, Pair, YAMLError } from 'yaml';
import type { FaultDraft } from './report-fault';
import { formatSpecPath, type SpecPath } from './spec-path';
import type { SpecFault } from './spec-fault';

/** A spec as YAML: its plain value and the way back from a value to its place in the text. */
export interface SpecSource {
  /** The value without what was removed. */
  readonly value: () => unknown;
  /** Takes a value out, so that what is wrong with it is reported once; places of the rest stay as in the file. */
  readonly remove: (path: SpecPath) => void;
  /** Puts a value where one is missing. */
  readonly put: (path: SpecPath, value: unknown) => void;
  /** Gives a mistyped key the name it was meant to have, so that what stands under it is still checked. */
  readonly rename: (path: SpecPath, name: string) => void;
  /** Whether a value stood here that was cut apart by YAML and therefore taken out while reading. */
  readonly isRemoved: (path: SpecPath) => boolean;
  readonly faultAt: (draft: FaultDraft) => SpecFault;
}

export type SourceReading =
  | { readonly kind: 'read'; readonly source: SpecSource; readonly faults: readonly SpecFault[] }
  | { readonly kind: 'unreadable'; readonly faults: readonly SpecFault[] };

export function readSpecSource(text: string): SourceReading {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false, logLevel: 'silent' });
  const place = (offset: number, path: SpecPath = []) => {
    const { line, col } = lineCounter.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1), place: formatSpecPath(path) };
  };
  const broken = document.errors.find((error) => error.code !== 'DUPLICATE_KEY');
  if (broken !== undefined) return { kind: 'unreadable', faults: [{ ...place(broken.pos[0]), ...explainYamlError(broken, text) }] };
  const problem = rootProblem(document);
  if (problem !== undefined) return { kind: 'unreadable', faults: [{ ...place(document.contents?.range?.[0] ?? 0), ...problem }] };
  const splits = takeSplitPairs(document);
  const faults = [
    ...document.errors.map((error) => ({ ...place(error.pos[0], pathAt(document, error.pos[0])), ...repeatedKey(text, error) })),
    ...document.warnings.map((warning) => ({ ...place(warning.pos[0], pathAt(document, warning.pos[0])), ...unknownTag(text, warning) })),
    ...splits.map(({ offset, path, ...explanation }) => ({ ...place(offset, path), ...explanation })),
  ];
  return readValue({ document, text, faults, place, splits });
}

type Place = (offset: number, path?: SpecPath) => Pick<SpecFault, 'line' | 'column' | 'place'>;
type Explanation = Pick<SpecFault, 'code' | 'message' | 'mend'>;

function readValue({
  document,
  text,
  faults,
  place,
  splits,
}: {
  readonly document: Document.Parsed;
  readonly text: string;
  readonly faults: readonly SpecFault[];
  readonly place: Place;
  readonly splits: readonly SplitPair[];
}): SourceReading {
  const originalIndex = indexListItems(document);
  const value = () => document.toJS({ maxAliasCount: 100 }) as unknown;
  const faultAt = ({ at, on = 'value', offset = 0, code, message, mend }: FaultDraft): SpecFault => {
    const found = findPlace({ document, text, path: at, on, within: offset, originalIndex });
    return { ...place(found.offset, found.path), code, message, mend };
  };
  const remove = (path: SpecPath) => {
    putAnchorsInPlace(document);
    removeAt(document, path);
  };
  const put = (path: SpecPath, added: unknown) => {
    const parent = nodeAt(document, path.slice(0, -1));
    if (isMap(parent)) parent.set(path.at(-1), document.createNode(added));
  };
  const rename = (path: SpecPath, name: string) => {
    const parent = nodeAt(document, path.slice(0, -1));
    const key = isMap(parent) ? pairOf(parent, String(path.at(-1)))?.key : undefined;
    if (isScalar(key)) key.value = name;
  };
  const isRemoved = (path: SpecPath) => splits.some((split) => formatSpecPath(split.path) === formatSpecPath(path));
  try {
    value();
    return { kind: 'read', faults, source: { value, remove, put, rename, isRemoved, faultAt } };
  } catch (error) {
    const message = `the YAML cannot be expanded: ${error instanceof Error ? error.message : String(error)}.`;
    return {
      kind: 'unreadable',
      faults: [{ ...place(brokenAlias(document)), code: 'not-yaml', message, mend: 'write the value out instead of the YAML alias' }],
    };
  }
}

function brokenAlias(document: Document.Parsed): number {
  let offset = 0;
  visit(document, {
    Alias(_key, alias) {
      if (alias.resolve(document) !== undefined) return undefined;
      offset = nodeStart(alias);
      return visit.BREAK;
    },
  });
  return offset;
}

function indexListItems(document: Document.Parsed): ReadonlyMap<unknown, number> {
  const indexes = new Map<unknown, number>();
  visit(document, {
    Seq(_key, list) {
      list.items.forEach((item, index) => indexes.set(item, index));
    },
  });
  return indexes;
}

/** What is taken out may hold the anchor of an alias that stays. The document has been expanded once by then, so it is of a size that can be. */
function putAnchorsInPlace(document: Document.Parsed): void {
  visit(document, { Alias: (_key, alias) => alias.resolve(document) });
}

function removeAt(document: Document.Parsed, path: SpecPath): void {
  const parent = nodeAt(document, path.slice(0, -1));
  const last = path.at(-1);
  if (isMap(parent)) parent.items = parent.items.filter((pair) => scalarText(pair.key) !== String(last));
  if (isSeq(parent)) parent.items.splice(Number(last), 1);
}

function nodeAt(document: Document.Parsed, path: SpecPath): unknown {
  let node: unknown = document.contents;
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) node = pairOf(node, String(step))?.value;
    else if (isSeq(node)) node = node.items[Number(step)];
    else return undefined;
  }
  return isAlias(node) ? node.resolve(document) : node;
}

function rootProblem(document: Document.Parsed): Explanation | undefined {
  const contents: unknown = document.contents;
  if (contents === null || (isScalar(contents) && (contents.value === null || contents.value === ''))) {
    return { code: 'empty-file', message: 'the spec is empty.', mend: 'start with two keys: "service: my-shop" and "entities:"' };
  }
  if (isMap(contents)) return undefined;
  return {
    code: 'not-a-mapping',
    message: `the spec is a ${isSeq(contents) ? 'list' : 'single value'}, but it must be a mapping of keys to values.`,
    mend: 'start with two keys: "service: my-shop" and "entities:"',
  };
}

function explainYamlError(error: YAMLError, text: string): Explanation {
  const line = text.slice(text.lastIndexOf('\n', error.pos[0] - 1) + 1, error.pos[0]);
  if (/\{.*(pattern=|\w\()/.test(line) && /[[\]{},]/.test(text.slice(error.pos[0], error.pos[0] + 1))) {
    return {
      code: 'flow-mapping-trap',
      message: `"${text.slice(error.pos[0], error.pos[0] + 1)}" ends a value inside { }, so the rest of this one is cut off.`,
      mend: 'use block style (one key on each line) or put the value in quotes',
    };
  }
  if (error.code === 'TAB_AS_INDENT') {
    return { code: 'not-yaml', message: 'the line is indented with a tab, which YAML does not allow.', mend: 'indent with spaces' };
  }
  const message = `the file is not valid YAML: ${error.message.replace(/[:.]?\s*$/, '').replace(/\s+/g, ' ')}.`;
  return { code: 'not-yaml', message, mend: 'look at indentation, brackets and quotes at this place' };
}

function repeatedKey(text: string, error: YAMLError): Explanation {
  const key = text.slice(error.pos[0]).match(/^[^\s:,}]+/)?.[0] ?? '';
  return {
    code: 'duplicate-key',
    message: `"${key}" stands twice in the same mapping, so one of the two would be lost.`,
    mend: 'keep one of them or rename it',
  };
}

function unknownTag(text: string, warning: YAMLError): Explanation {
  const tag = text.slice(warning.pos[0]).match(/^\S+/)?.[0] ?? '!';
  return { code: 'unknown-tag', message: `"${tag}" is a YAML tag, which a spec has no use for.`, mend: 'remove the tag' };
}

interface SplitPair extends Explanation {
  readonly offset: number;
  readonly path: SpecPath;
}

/** `{ price: decimal(10,2) }` is read as `price: decimal(10` and a key `2)` without a value; both are taken out, so that one cause gives one fault. */
function takeSplitPairs(document: Document.Parsed): readonly SplitPair[] {
  const splits: SplitPair[] = [];
  visit(document, {
    Map(_key, map, ancestors) {
      if (map.flow !== true) return;
      const path = ancestorPath([...ancestors, map]);
      const kept: Pair[] = [];
      for (const pair of map.items) {
        const key = scalarText(pair.key);
        const before = kept.at(-1);
        if (pair.value !== null || key === undefined) kept.push(pair);
        else if (before !== undefined && endsInside(scalarText(before.value))) {
          splits.push(splitValue(before, path, key));
          kept.pop();
        } else splits.push(missingValue(pair, path, key));
      }
      map.items = kept;
    },
  });
  return splits;
}

function splitValue(pair: Pair, path: SpecPath, rest: string): SplitPair {
  const key = scalarText(pair.key) ?? '';
  return {
    offset: nodeStart(pair.value),
    path: [...path, key],
    code: 'flow-mapping-trap',
    message: `a comma ends a value inside { }, so "${scalarText(pair.value) ?? ''}" and "${rest}" are read as two entries.`,
    mend: `use block style (one key on each line) or put the value in quotes: "${scalarText(pair.value) ?? ''},${rest}"`,
  };
}

function missingValue(pair: Pair, path: SpecPath, key: string): SplitPair {
  return {
    offset: nodeStart(pair.key),
    path: [...path, key],
    code: 'missing-value',
    message: `"${key}" has no value.`,
    mend: `write a colon and a value after it: "${key}: …"; or quote the whole text if the comma before it belongs to a value`,
  };
}

function endsInside(text: string | undefined): boolean {
  if (text === undefined) return false;
  return /pattern=\S*$/.test(text) || (text.match(/[([]/g)?.length ?? 0) > (text.match(/[)\]]/g)?.length ?? 0);
}

function ancestorPath(ancestors: readonly unknown[]): SpecPath {
  return ancestors.flatMap((ancestor, index): SpecPath => {
    if (isPair(ancestor)) return [scalarText(ancestor.key) ?? ''];
    const next = ancestors[index + 1];
    return isSeq(ancestor) && next !== undefined ? [ancestor.items.indexOf(next)] : [];
  });
}

function pathAt(document: Document.Parsed, offset: number): SpecPath {
  let path: SpecPath = [];
  visit(document, {
    Pair(_key, pair, ancestors) {
      const start = nodeStart(pair.key);
      const valueStart = pair.value === null ? start : nodeStart(pair.value);
      if (start === offset || valueStart === offset) path = ancestorPath([...ancestors, pair]);
    },
  });
  return path;
}

interface FoundPlace {
  readonly offset: number;
  /** As in the file: items that were removed are counted. */
  readonly path: SpecPath;
}

function findPlace({
  document,
  text,
  path,
  on,
  within,
  originalIndex,
}: {
  readonly document: Document.Parsed;
  readonly text: string;
  readonly path: SpecPath;
  readonly on: 'key' | 'value';
  readonly within: number;
  readonly originalIndex: ReadonlyMap<unknown, number>;
}): FoundPlace {
  let node: unknown = document.contents;
  let offset = nodeStart(node);
  let anchor = offset;
  const written: (string | number)[] = [...path];
  for (const [index, step] of path.entries()) {
    const value = isAlias(node) ? node.resolve(document) : node;
    if (isSeq(value) && typeof step === 'number') {
      node = value.items[step];
      anchor = nodeStart(node);
      written[index] = originalIndex.get(node) ?? step;
    } else if (isMap(value)) {
      const pair = pairOf(value, String(step));
      if (pair === undefined) return { offset: anchor, path: written };
      offset = nodeStart(pair.key);
      anchor = offset;
      if (on === 'key' && index === path.length - 1) return { offset, path: written };
      node = pair.value;
    } else return { offset, path: written };
    if (node === null || node === undefined) return { offset, path: written };
    if (hasText(node)) offset = nodeStart(node);
  }
  return { offset: offset + offsetInScalar(node, text, within), path: written };
}

/** An empty value (`key:`) has a range but no text; its key is the better place. */
function hasText(node: unknown): boolean {
  return !isScalar(node) || node.range == null || node.range[1] > node.range[0];
}

/** Exact where the text stands as it is read; the start of the value where folding or escapes make it differ. */
function offsetInScalar(node: unknown, text: string, within: number): number {
  if (within === 0 || !isScalar(node) || typeof node.value !== 'string' || node.range == null) return 0;
  const raw = text.slice(node.range[0], node.range[1]);
  if (raw === node.value) return within;
  return raw.slice(1, -1) === node.value ? within + 1 : 0;
}

function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.findLast((pair) => scalarText(pair.key) === key);
}

/** As `toJS` names keys: an empty key is the empty text. */
function scalarText(node: unknown): string | undefined {
  return isScalar(node) ? String(node.value ?? '') : undefined;
}

function nodeStart(node: unknown): number {
  return (node as Node | null | undefined)?.range?.[0] ?? 0;
}

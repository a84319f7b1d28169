import { Document, isCollection, isMap, isScalar, visit, type Node } from 'yaml';

export interface EntryLayout {
  /** Spaces before the key. */
  readonly indent: number;
  /** Spaces that each level adds. */
  readonly step: number;
}

/** Keys of a block entry whose value stands on one line, as the examples have it. */
const onOneLine: ReadonlySet<string> = new Set(['access', 'unique', 'output', 'when', 'then']);

/** The lines of `key: value` as block YAML, without a line break at the end. */
export function renderBlockEntry(
  { key, value }: { readonly key: string; readonly value: unknown },
  { indent, step }: EntryLayout,
): readonly string[] {
  const document = documentOf(key, value);
  visit(document, {
    Pair(_key, pair, ancestors) {
      if (!isScalar(pair.key) || !isCollection(pair.value)) return undefined;
      const isRowOfExample = depthBelow(ancestors, 'given') === 1;
      if (onOneLine.has(String(pair.key.value)) || isRowOfExample) pair.value.flow = true;
      return undefined;
    },
  });
  const text = document.toString({ indent: step, lineWidth: 0 });
  return text
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? line : `${' '.repeat(indent)}${tightened(line)}`));
}

/** `key: value` on one line, to stand between `{` and `}`. */
export function renderFlowEntry(key: string, value: unknown): string {
  const document = documentOf(key, value);
  if (isCollection(document.contents)) document.contents.flow = true;
  const text = document.toString({ lineWidth: 0 }).trim();
  return tightLists(text).replace(/^\{ /, '').replace(/ \}$/, '');
}

/** `unique: [ [ book ] ]` → `unique: [[book]]`, as people write lists; a plain text of YAML never starts with a bracket. */
function tightened(line: string): string {
  const parts = /^(\s*(?:- )?[\w$]+: )([[{].*)$/.exec(line);
  return parts === null ? line : `${parts[1]!}${tightLists(parts[2]!)}`;
}

/** Inside of `{ }` and `[ ]`, brackets are YAML's own unless they stand in quotes. */
function tightLists(flow: string): string {
  return flow.replaceAll(/"(?:\\.|[^"\\])*"|'(?:''|[^'])*'|\[ | \]/g, (part) => (part === '[ ' ? '[' : part === ' ]' ? ']' : part));
}

/** The statuses of `errors` are numbers for people. */
function documentOf(key: string, value: unknown): Document<Node> {
  const document = new Document<Node>({ [key]: value } as never, { aliasDuplicateObjects: false });
  visit(document, {
    Pair(_key, { key: name }) {
      if (isScalar(name) && typeof name.value === 'string' && /^[1-9]\d{2}$/.test(name.value)) name.value = Number(name.value);
    },
  });
  return document;
}

/** How many mappings there are between a pair and the mapping under the key; undefined when it stands under no such key. */
function depthBelow(ancestors: readonly unknown[], key: string): number | undefined {
  const start = ancestors.findLastIndex((node) => isPairNamed(node, key));
  return start < 0 ? undefined : ancestors.slice(start + 1).filter((node) => isMap(node)).length;
}

function isPairNamed(node: unknown, key: string): boolean {
  const name = (node as { readonly key?: unknown } | null)?.key;
  return isScalar(name) && name.value === key;
}

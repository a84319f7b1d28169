import { isMap, isPair, parseDocument, type Document, type Pair } from 'yaml';
import type { Artifact } from '../plan/artifact';

/** Sections with an entry for each entity, operation or row: they grow, and briefs say of them what a file there is one of has to know. */
const GROWING = new Set(['entities', 'operations', 'seed']);

/**
 * The part of a spec that one artifact is about: its entity, or its operation with the entities that are named; for a file there is
 * one of, what the spec says of the service as a whole. The text is the user's own, comments included; entries come in the order of the spec.
 */
export function sliceSpec(
  specText: string,
  { entity, operation }: Pick<Artifact, 'entity' | 'operation'>,
  entities: readonly string[],
): string {
  const document = parseDocument(specText);
  const parts = [
    ...entriesOf(document, 'entities', specText, (name) => name === entity || entities.includes(name)),
    ...entriesOf(document, 'operations', specText, (name) => name === operation),
  ];
  return (entity ?? operation) === undefined ? sectionsOfTheWhole(document, specText) : parts.join('\n');
}

function sectionsOfTheWhole({ contents }: Document, text: string): string {
  const pairs = isMap(contents) ? contents.items.filter((pair): pair is Pair => isPair(pair) && !GROWING.has(String(pair.key))) : [];
  return pairs.map((pair) => entryText(pair, text)).join('\n');
}

function entriesOf(document: Document, section: string, text: string, isWanted: (name: string) => boolean): readonly string[] {
  const map = document.get(section, true);
  if (!isMap(map)) return [];
  const wanted = map.items.filter((pair): pair is Pair => isPair(pair) && isWanted(String(pair.key)));
  if (wanted.length === 0) return [];
  return [`${section}:`, ...wanted.map((pair) => entryText(pair, text))];
}

/** From the beginning of the key's line to the end of the value. */
function entryText(pair: Pair, text: string): string {
  const [start] = (pair.key as { readonly range: readonly [number, number, number] }).range;
  const value = pair.value as { readonly range?: readonly [number, number, number] } | null;
  const end = value?.range?.[1] ?? start;
  return text.slice(text.lastIndexOf('\n', start - 1) + 1, end).trimEnd();
}

import { parseDocument, stringify } from 'yaml';

/** Maps whose order says something: later rows refer to earlier ones, values of an enum may be roles, least first. */
const ORDERED: readonly (readonly string[])[] = [['seed'], ['enums', '*'], ['operations', '*', 'examples', '*', 'given']];

/**
 * The text of a spec without comments, and with every map in the order of its keys, unless that order means something.
 * For parts of it that are shown word for word; what a spec means is kept by `canonicalSpec`. For a text that can be read as a spec.
 */
export function canonicalSpecText(specText: string): string {
  const value: unknown = parseDocument(specText).toJS({ maxAliasCount: 100 });
  return stringify(sorted(value, []), { aliasDuplicateObjects: false, lineWidth: 0 });
}

function sorted(value: unknown, path: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => sorted(item, [...path, '*']));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, entry]): [string, unknown] => [key, sorted(entry, [...path, key])]);
  return Object.fromEntries(isOrdered(path) ? entries : entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function isOrdered(path: readonly string[]): boolean {
  return ORDERED.some((pattern) => pattern.length === path.length && pattern.every((step, index) => step === '*' || step === path[index]));
}

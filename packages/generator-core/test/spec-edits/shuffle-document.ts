import type { Random } from '../random-spec/random';
import type { Document } from './edit-document';

/** Maps whose order says something, as `*` for any key. */
const ORDERED = ['seed', 'enums.*', 'operations.*.examples.*.given'];

/** The same spec in another order. Where both ends of a link are written, the first one names its table, so that these stay as they are. */
export function shuffleDocument(random: Random, document: Document): Document {
  const kept = JSON.stringify(document).includes('inverse') ? [...ORDERED, 'entities', 'entities.*.relations'] : ORDERED;
  const shuffled = (value: unknown, path: readonly string[]): unknown => {
    if (Array.isArray(value)) return value.map((item) => shuffled(item, [...path, '*']));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([key, entry]): [string, unknown] => [key, shuffled(entry, [...path, key])]);
    return Object.fromEntries(kept.some((pattern) => matches(pattern.split('.'), path)) ? entries : random.shuffled(entries));
  };
  return shuffled(document, []) as Document;
}

function matches(pattern: readonly string[], path: readonly string[]): boolean {
  return pattern.length === path.length && pattern.every((step, index) => step === '*' || step === path[index]);
}

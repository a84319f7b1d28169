import type { ModuleSummary } from '../extract/module-summary';

/** Fields that say nothing about how modules load and how routes are wired. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'text',
  'syntaxFaults',
  'compileFaults',
  'bareExcepts',
  'nameFaults',
  'attributeUses',
  'storedAttributes',
  'callables',
  'calls',
  'signature',
]);

/** What load order and wiring can depend on in one file. Places are told by their rank, so that a line more above changes no key. */
export function wiringKey(summary: ModuleSummary): string {
  const places: number[] = [];
  JSON.stringify(toPlain(summary), (key, value: unknown) => {
    if (LEFT_OUT.has(key)) return undefined;
    if (typeof value === 'number' && isPlace(key)) places.push(value);
    return value;
  });
  const ascending = [...new Set(places)].sort((left, right) => left - right);
  const ranks = new Map(ascending.map((place, rank) => [place, rank]));
  return JSON.stringify(toPlain(summary), (key, value: unknown) => {
    if (LEFT_OUT.has(key)) return undefined;
    return typeof value === 'number' && isPlace(key) ? ranks.get(value) : value;
  });
}

function toPlain(summary: ModuleSummary): object {
  return { ...summary, symbols: [...summary.symbols.values()] };
}

function isPlace(key: string): boolean {
  return key === 'start' || key === 'end' || key.toLowerCase().endsWith('offset');
}

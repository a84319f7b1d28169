import { readFlowFacts } from '../extract/flow/read-flow-facts';
import type { ModuleSummary } from '../extract/module-summary';

/** What load order and wiring can depend on in one file; what functions do is told by `bodiesKey`. */
export function wiringKey(summary: ModuleSummary): string {
  const { imports, symbols, dunderAll, isDynamic, hasModuleGetattr, loadSteps, service } = summary;
  const named = [...symbols.values()].map(({ name, kind, status, origin }) => ({ name, kind, status, origin }));
  return rankedText({ imports, named, dunderAll, isDynamic, hasModuleGetattr, loadSteps, service });
}

/** What the functions of a file do with values. */
export function bodiesKey(summary: ModuleSummary): string {
  return rankedText(readFlowFacts(summary));
}

/** A value as text. Places are told by their rank, so that a line more above changes nothing. */
function rankedText(plain: unknown): string {
  const places: number[] = [];
  JSON.stringify(plain, (key, value: unknown) => {
    const place = placeIn(key, value);
    if (place !== undefined) places.push(place);
    return value;
  });
  const ascending = [...new Set(places)].sort((left, right) => left - right);
  const ranks = new Map(ascending.map((place, rank) => [place, rank]));
  return JSON.stringify(plain, (key, value: unknown) => {
    const place = placeIn(key, value);
    if (place === undefined) return value;
    return typeof value === 'string' ? `${value.slice(0, value.indexOf('@'))}@${ranks.get(place)}` : ranks.get(place);
  });
}

/** Of offsets, and of variables of functions, which are told apart by where they are bound: `name@120`. */
function placeIn(key: string, value: unknown): number | undefined {
  if (typeof value === 'number') return isPlace(key) ? value : undefined;
  return typeof value === 'string' && key === 'variable' && value.includes('@') ? Number(value.slice(value.indexOf('@') + 1)) : undefined;
}

function isPlace(key: string): boolean {
  return key === 'start' || key === 'end' || key.toLowerCase().endsWith('offset');
}

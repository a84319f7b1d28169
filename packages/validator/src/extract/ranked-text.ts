/** A value as text. Places are told by their rank, so that a line more above changes nothing. */
export function rankedText(plain: unknown): string {
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

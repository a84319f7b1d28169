/**
 * Whether two plain values say the same apart from where things stand. Places are compared by their order,
 * so that a line more above makes no difference, and one thing that comes to stand before another does.
 */
export function isSameButForPlaces(left: unknown, right: unknown): boolean {
  const places: (readonly [number, number])[] = [];
  const pending: unknown[] = [left, right];
  while (pending.length > 0) {
    const [other, one] = [pending.pop(), pending.pop()];
    if (!pushParts(one, other, pending, places)) return false;
  }
  return isSameOrder(places);
}

/** Puts what has to be compared on the stack, in pairs, and notes places; false when the two differ without looking at parts. */
function pushParts(one: unknown, other: unknown, pending: unknown[], places: (readonly [number, number])[]): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other;
  if (Array.isArray(one)) {
    if (!Array.isArray(other) || one.length !== other.length) return false;
    for (let index = 0; index < one.length; index += 1) pending.push(one[index], other[index]);
    return true;
  }
  const names = Object.keys(one);
  if (Array.isArray(other) || names.length !== Object.keys(other).length) return false;
  return names.every((name) => {
    const [mine, yours] = [(one as Fields)[name], (other as Fields)[name]];
    const [here, there] = [placeIn(name, mine), placeIn(name, yours)];
    if (here !== undefined && there !== undefined && nameIn(mine) === nameIn(yours)) places.push([here, there]);
    else pending.push(mine, yours);
    return Object.hasOwn(other, name);
  });
}

type Fields = Readonly<Record<string, unknown>>;

/** Of offsets, and of variables of functions, which are told apart by where they are bound: `name@120`. */
function placeIn(key: string, value: unknown): number | undefined {
  if (typeof value === 'number') return isPlace(key) ? value : undefined;
  return typeof value === 'string' && key === 'variable' && value.includes('@') ? Number(value.slice(value.indexOf('@') + 1)) : undefined;
}

function isPlace(key: string): boolean {
  return key === 'start' || key === 'end' || key.toLowerCase().endsWith('offset');
}

function nameIn(value: unknown): string | undefined {
  return typeof value === 'string' ? value.slice(0, value.indexOf('@')) : undefined;
}

/** Whether the right places lie to one another as the left ones do. */
function isSameOrder(places: (readonly [number, number])[]): boolean {
  places.sort(([left], [right]) => left - right);
  return places.every(([left, right], index) => {
    const [before, other] = places[index - 1] ?? [-1, -1];
    return left === before ? right === other : right > other;
  });
}

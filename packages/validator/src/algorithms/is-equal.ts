/** Whether two plain values say the same: arrays, maps, sets and objects by what is in them, everything else by identity. */
export function isEqual(left: unknown, right: unknown): boolean {
  const pending: unknown[] = [left, right];
  while (pending.length > 0) {
    const [one, other] = [pending.pop(), pending.pop()];
    if (!Object.is(one, other) && !pushParts(one, other, pending)) return false;
  }
  return true;
}

/** Puts the parts to compare on the stack, in pairs; false when the two differ without looking at parts. */
function pushParts(one: unknown, other: unknown, pending: unknown[]): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Object.getPrototypeOf(one) !== Object.getPrototypeOf(other)) return false;
  if (Array.isArray(one)) return pushItems(one, other as readonly unknown[], pending);
  if (one instanceof Map) return pushItems([...one].flat(), [...(other as ReadonlyMap<unknown, unknown>)].flat(), pending);
  if (one instanceof Set) return pushItems([...one], [...(other as ReadonlySet<unknown>)], pending);
  return pushFields(one as Fields, other as Fields, pending);
}

type Fields = Readonly<Record<string, unknown>>;

function pushItems(one: readonly unknown[], other: readonly unknown[], pending: unknown[]): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index += 1) pending.push(one[index], other[index]);
  return true;
}

function pushFields(one: Fields, other: Fields, pending: unknown[]): boolean {
  const names = Object.keys(one);
  if (names.length !== Object.keys(other).length) return false;
  for (const name of names) {
    if (!Object.hasOwn(other, name)) return false;
    pending.push(one[name], other[name]);
  }
  return true;
}

/** The part in which two lists differ; what stands before and behind it is the same. */
export interface Difference {
  readonly start: number;
  /** Where it ends in the one and in the other. */
  readonly ends: readonly [number, number];
}

/** By the very items, not by what they say. */
export function difference(before: readonly unknown[], after: readonly unknown[]): Difference {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let ends: readonly [number, number] = [before.length, after.length];
  while (ends[0] > start && ends[1] > start && before[ends[0] - 1] === after[ends[1] - 1]) ends = [ends[0] - 1, ends[1] - 1];
  return { start, ends };
}

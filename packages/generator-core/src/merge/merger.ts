/** Three texts with `\n` at the end of each line, the last one included. */
export interface MergeSources {
  /** What both come from. */
  readonly base: string;
  /** The user's. */
  readonly theirs: string;
  /** The generator's. */
  readonly ours: string;
}

export type Merge =
  | { readonly kind: 'clean'; readonly text: string }
  /** `marked` has both sides of each conflict, between git's markers. */
  | { readonly kind: 'conflict'; readonly marked: string };

export type Merger = (sources: MergeSources) => Merge;

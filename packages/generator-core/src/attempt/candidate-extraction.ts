/** The code taken out of a completion, or why there is none to take. */
export type CandidateExtraction =
  | {
      readonly kind: 'candidate';
      readonly text: string;
      /** What was cut away around the code, for the report: `fences`, `prose`. */
      readonly stripped: readonly ('fences' | 'prose')[];
    }
  | { readonly kind: 'unusable'; readonly reason: UnusableReason; readonly message: string };

export type UnusableReason =
  /** Nothing but blanks. */
  | 'empty'
  /** It ended because no more tokens were allowed. */
  | 'truncated'
  /** The provider's filter, or the model itself, would not write it. */
  | 'refusal'
  /** It ended for a reason nobody knows. */
  | 'unknown-finish'
  /** Words, but no code. */
  | 'no-code'
  /** Several blocks, and nothing says which is the file. */
  | 'several-blocks'
  /** Blocks for other files only. */
  | 'wrong-file';

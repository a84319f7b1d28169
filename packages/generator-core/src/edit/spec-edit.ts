import type { SpecFault } from '../spec/spec-fault';

/** What became of the wish to add something to a spec. Nothing is written: the text is the answer. */
export type SpecEdit =
  | {
      readonly kind: 'added';
      /** The whole spec; all that was there before stands as it was, byte for byte. */
      readonly text: string;
      /** The lines that are new, for people. */
      readonly added: string;
      /** `Review`, `pay_order`: as the spec has it. */
      readonly name: string;
    }
  /** The spec has it already, and it means the same. */
  | { readonly kind: 'present'; readonly name: string }
  /** The spec has something else under this name. */
  | { readonly kind: 'different'; readonly name: string; readonly section: SpecSection }
  /** What was asked for has faults; all of them. */
  | { readonly kind: 'faulty'; readonly name: string; readonly faults: readonly AdditionFault[] }
  /** The spec itself has faults, so that nothing can be said about what would be added to it. */
  | { readonly kind: 'faulty-before'; readonly faults: readonly SpecFault[] }
  /** The text is written in a way that a line cannot be added to. */
  | { readonly kind: 'unplaceable'; readonly why: string; readonly entry: string };

export type SpecSection = 'entities' | 'operations';

/** One fault of what was asked for. */
export interface AdditionFault {
  /** What the user typed: `stars: integer`. */
  readonly typed: string;
  /** What is wrong and why, one sentence. */
  readonly message: string;
  /** What to do. */
  readonly mend: string;
}

import type { Diagnostic } from '@org/validator';

/** What a run does with a file of the plan, or of the last run's plan. */
export type FileOutcome =
  | {
      readonly kind:
        | 'new'
        /** Nobody had touched it. */
        | 'replaced'
        /** The user's edits and the generator's came together. */
        | 'merged'
        | 'unchanged'
        /** Edited, and the generator has nothing new for it. */
        | 'kept-edit'
        | 'kept-deletion'
        /** The spec says it is the user's. */
        | 'owned'
        /** No longer in the plan, and nobody had touched it. */
        | 'deleted'
        /** No longer in the plan, but edited: it is the user's from now on. */
        | 'left';
    }
  /** Its entity has another name; `isMerged`: with the user's edits. */
  | { readonly kind: 'moved'; readonly from: string; readonly isMerged: boolean }
  | Conflict;

export interface Conflict {
  readonly kind: 'conflict';
  readonly why:
    /** The user and the generator changed the same lines. */
    | 'same-lines'
    /** It was edited, and the text that it was edited from is not known. */
    | 'no-base'
    /** Merged it would not pass the gates, or what others need of it or it needs of others is gone. */
    | 'gates'
    /** The generator never wrote it. */
    | 'foreign';
  /** What the gates say. */
  readonly diagnostics?: readonly Diagnostic[];
  /** Where it stood before its entity had another name. */
  readonly from?: string;
  /** Whether the generator's text and the merge stand beside it. */
  readonly isBeside: boolean;
}

export type FileConflict = Conflict & { readonly path: string };

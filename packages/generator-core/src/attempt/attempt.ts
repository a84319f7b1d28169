import type { Diagnostic } from '@org/validator';
import type { Usage } from '../model/completion';
import type { ModelFailure } from '../model/model-failure';
import type { UnusableReason } from './candidate-extraction';

/** One try at an artifact: what was asked, and what came of it. */
export interface Attempt {
  readonly step: 'first' | 'repair' | 'fresh';
  readonly outcome: AttemptOutcome;
  /** Undefined when the answer came from the journal, and nothing was paid again. */
  readonly usage: Usage | undefined;
  /** How long the answer took; 0 when it came from the journal. */
  readonly milliseconds: number;
}

export type AttemptOutcome =
  | { readonly kind: 'accepted'; readonly text: string }
  | {
      readonly kind: 'rejected';
      readonly text: string;
      /** Certain ones only; never empty. */
      readonly diagnostics: readonly Diagnostic[];
    }
  | { readonly kind: 'unusable'; readonly reason: UnusableReason; readonly message: string; readonly answer: string }
  | { readonly kind: 'failed'; readonly failure: ModelFailure };

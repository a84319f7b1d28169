import type { Diagnostic } from '@org/validator';

/** What to do about an artifact now. */
export type NextStep =
  | { readonly kind: 'ask' }
  | { readonly kind: 'accept'; readonly text: string }
  | {
      readonly kind: 'repair';
      /** The text to mend: the best rejected one so far. */
      readonly text: string;
      readonly diagnostics: readonly Diagnostic[];
    }
  /** Ask again as if for the first time; `hint` says what was wrong with the form of the last answer. */
  | { readonly kind: 'fresh'; readonly hint: string | undefined }
  | { readonly kind: 'give-up'; readonly why: string };

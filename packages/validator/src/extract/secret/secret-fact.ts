import type { Span } from '../../text/span';

/** Why a literal looks like a secret; never the literal itself. */
export type SecretKind =
  /** It has the form of one known kind of key. */
  | 'known-form'
  /** The same, of a kind that is often public. */
  | 'maybe-public'
  /** Its name says it is secret, and it looks drawn at random. */
  | 'random'
  /** The same, of a name that public keys have as well. */
  | 'random-key'
  /** A key that signs or encrypts, written as words. */
  | 'guessable'
  /** A key that signs or encrypts, to be filled in later. */
  | 'placeholder';

/** A literal that looks like a secret. */
export interface SecretFact {
  readonly kind: SecretKind;
  /** `GitHub token`, or what the literal is bound to: `SECRET_KEY`. */
  readonly name: string;
  /** Taken only where the environment gives none. */
  readonly isFallback: boolean;
  readonly span: Span;
}

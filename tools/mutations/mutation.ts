/** A place in a rendered file and what stands there instead. */
export interface Edit {
  readonly path: string;
  /** Must be found exactly once: a text that is gone or not the only one would prove something else than the name says. */
  readonly find: string | RegExp;
  /** As `String.replace` takes it: `$1` is the first group. */
  readonly replace: string;
}

/** One protection taken out of a service: a generated test has to notice. */
export interface Mutation {
  /** What no longer holds: `delete of orders is scoped`. */
  readonly protection: string;
  readonly edits: readonly Edit[];
  /** Test files that should notice; the other ones are run when they do not. */
  readonly tests: readonly string[];
}

/** A run that cannot go on. The message says what, why and what to do; it is shown as it is, without a stack. */
export class GenerationError extends Error {
  override readonly name: string = 'GenerationError';
}

/**
 * Something that the user can mend: the message says what, why and what to do.
 * It has no stack, for Nx would advise `--verbose` to see it, and it would tell the user nothing.
 */
export class UserError extends Error {
  override readonly name = 'UserError';

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.stack = '';
  }
}

/** Name of the factory that makes the body of a request: `book_body`. pytest takes every function that begins with `test` for a test. */
export function bodyFactory(module: string): string {
  return module.startsWith('test') ? `body_of_${module}` : `${module}_body`;
}

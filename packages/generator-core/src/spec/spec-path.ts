/** Way from the root of the document to a value: `['entities', 'Book', 'fields', 'price']`. */
export type SpecPath = readonly (string | number)[];

/** `entities.Book.fields.price`, `examples[0].when`; empty for the root. */
export function formatSpecPath(path: SpecPath): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');
}

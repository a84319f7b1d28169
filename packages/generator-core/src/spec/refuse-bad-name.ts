import type { SpecContext } from './spec-context';
import type { SpecPath } from './spec-path';

/** Reports a key that is not a lower-case identifier; true when it did. */
export function refuseBadName({
  name,
  at,
  context,
}: {
  readonly name: string;
  readonly at: SpecPath;
  readonly context: SpecContext;
}): boolean {
  if (/^[a-z][a-z0-9_]*$/.test(name)) return false;
  context.report({
    at,
    on: 'key',
    code: 'bad-name',
    message: `"${name}" is not an identifier.`,
    mend: 'use lower-case letters, digits and "_", a letter first: order_item',
  });
  return true;
}

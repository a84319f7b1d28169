import type { Parameter } from '../extract/callable';
import { showSignature } from './show-signature';

/** `(a, /, b=..., *, c, **rest)`: what a call must give, without types and values. */
export function formatCall(parameters: readonly Parameter[]): string {
  return showSignature(
    '',
    parameters.map((parameter) => ({ ...parameter, text: textOf(parameter) })),
  );
}

function textOf({ name, kind, isRequired }: Parameter): string {
  if (kind === 'rest') return `*${name}`;
  if (kind === 'keyword-rest') return `**${name}`;
  return isRequired ? name : `${name}=...`;
}

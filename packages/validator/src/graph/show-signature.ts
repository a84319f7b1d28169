import type { Parameter } from '../extract/callable';

/** `name(a, /, b=1, *, c)` as Python writes it. */
export function showSignature(name: string, parameters: readonly Parameter[]): string {
  const parts: string[] = [];
  parameters.forEach(({ kind, text }, index) => {
    const before = parameters[index - 1]?.kind;
    if (before === 'positional-only' && kind !== 'positional-only') parts.push('/');
    if (kind === 'keyword-only' && before !== 'keyword-only' && before !== 'rest') parts.push('*');
    parts.push(text);
  });
  if (parameters[parameters.length - 1]?.kind === 'positional-only') parts.push('/');
  return `${name}(${parts.join(', ')})`;
}

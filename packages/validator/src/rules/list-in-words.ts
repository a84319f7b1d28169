/** `a`, `b` or `c` — as a sentence holds it. */
export function listInWords(items: readonly string[], word: 'and' | 'or'): string {
  const quoted = items.map((item) => `\`${item}\``);
  if (quoted.length <= 1) return quoted.join('');
  return `${quoted.slice(0, -1).join(', ')} ${word} ${quoted[quoted.length - 1]}`;
}

/** A text with one fault of the kinds people and models make; which one depends on the text alone. */
export function damage(text: string): string {
  let state = text.length * 2654435761;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state % Math.max(1, limit);
  };
  const offset = below(text.length);
  const line = text.indexOf('\n', offset) + 1;
  const word = ['(', ')', ':', '"', '"""', '  ', '\t', 'yield ', 'await ', '*', 'return 1', '```', 'def f(', 'x = ', ','][below(15)]!;
  switch (below(6)) {
    case 0:
      return text.slice(0, offset);
    case 1:
      return text.slice(0, offset) + word + text.slice(offset);
    case 2:
      return text.slice(0, line) + word + text.slice(line);
    case 3:
      return text.slice(0, offset) + text.slice(offset + 1 + below(5));
    case 4:
      return `${text.slice(0, line)}${word}\n${text.slice(line)}`;
    default:
      return text.slice(0, line) + text.slice(text.indexOf('\n', line) + 1);
  }
}

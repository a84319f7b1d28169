import type { LogicalLine } from './logical-line';

const BLOCK_WORDS = new Set(['def', 'class', 'if', 'elif', 'else', 'for', 'while', 'try', 'except', 'finally', 'with']);

/** The keyword of a compound statement, or undefined. `match` and `case` count only when the line ends with `:`. */
export function blockWord(line: LogicalLine): string | undefined {
  const word = line.firstWord === 'async' ? line.secondWord : line.firstWord;
  if (BLOCK_WORDS.has(word)) return word;
  return (word === 'match' || word === 'case') && line.lastToken === ':' ? word : undefined;
}

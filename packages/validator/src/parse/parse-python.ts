import { parseWithGrammar } from './parse-with-grammar';
import { parseStrictly } from './strict/parse-strictly';
import type { SyntaxNode } from './syntax-node';

/** Text → light tree. The grammar, which is slow and reads anything, gets only what is not certainly Python. */
export function parsePython(text: string, parseRest: (text: string) => SyntaxNode = parseWithGrammar): SyntaxNode {
  return parseStrictly(text) ?? parseRest(text);
}

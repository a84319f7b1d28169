import type { SyntaxNode } from './syntax-node';

/** Named, and neither a comment nor a line continuation, which may stand between any two parts. */
export function isPart({ named, type }: SyntaxNode): boolean {
  return named && type !== 'comment' && type !== 'line_continuation';
}

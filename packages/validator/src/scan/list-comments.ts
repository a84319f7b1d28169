import type { Span } from '../text/span';
import { skipString } from './skip-string';

export interface Comment {
  /** From the `#` to the line's end. */
  readonly span: Span;
  /** Where the line begins that the comment ends: strings over several lines and backslashes join lines. */
  readonly lineStart: number;
}

/** The comments of a Python text; a `#` inside a string is none. Does not need the text to parse. */
export function listComments(text: string): readonly Comment[] {
  const comments: Comment[] = [];
  let lineStart = 0;
  let offset = 0;
  while (offset < text.length) {
    const unit = text[offset]!;
    if (unit === '#') {
      const end = endOfLine(text, offset);
      comments.push({ span: { start: offset, end }, lineStart });
      offset = end;
    } else if (unit === '"' || unit === "'") offset = skipString(text, offset, prefixBefore(text, offset)).end;
    else if (unit === '\\') offset += text.startsWith('\r\n', offset + 1) ? 3 : 2;
    else {
      offset += 1;
      if (unit === '\n' || unit === '\r') lineStart = offset;
    }
  }
  return comments;
}

function endOfLine(text: string, offset: number): number {
  let end = offset;
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return end;
}

function prefixBefore(text: string, quote: number): string {
  return /(?<!\w)[a-zA-Z]{1,2}$/.exec(text.slice(Math.max(0, quote - 3), quote))?.[0] ?? '';
}

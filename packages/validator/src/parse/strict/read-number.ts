import { Token } from './token';
import { IS_WORD } from './unit-class';

const NUMBER =
  /(?:0[xX](?:_?[\da-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|((?:\d(?:_?\d)*\.(?:\d(?:_?\d)*)?|\.\d(?:_?\d)*)(?:[eE][+-]?\d(?:_?\d)*)?[jJ]?|\d(?:_?\d)*[eE][+-]?\d(?:_?\d)*[jJ]?)|\d(?:_?\d)*[jJ]|[1-9](?:_?\d)*|0(?:_?0)*)/y;

export interface NumberToken {
  readonly kind: Token.Integer | Token.Float;
  readonly end: number;
}

/** Where a short decimal number ends; -1 when the text there is anything more. */
export function plainIntegerEnd(text: string, start: number): number {
  if (text.charCodeAt(start) === 0x2e) return -1;
  let end = start + 1;
  let unit = text.charCodeAt(end);
  for (; unit >= 0x30 && unit <= 0x39; unit = text.charCodeAt(end)) end += 1;
  if (unit === 0x2e || (unit < 128 ? IS_WORD[unit] !== 0 : unit >= 128)) return -1;
  return text.charCodeAt(start) === 0x30 && end > start + 1 ? -1 : end;
}

/** The number at the offset, or undefined when Python would not take it or a letter follows. */
export function numberAt(text: string, start: number): NumberToken | undefined {
  NUMBER.lastIndex = start;
  const match = NUMBER.exec(text);
  if (match === null) return undefined;
  const end = start + match[0].length;
  const next = text.charCodeAt(end);
  if (next >= 128 || IS_WORD[next] === 1) return undefined;
  return { kind: match[1] === undefined ? Token.Integer : Token.Float, end };
}

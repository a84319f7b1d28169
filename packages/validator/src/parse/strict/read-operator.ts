import { Token } from './token';

const SINGLE = new Uint8Array(128);
const WITH_EQUALS = new Uint8Array(128);
const DOUBLED = new Uint8Array(128);
const DOUBLED_WITH_EQUALS = new Uint8Array(128);

fill(SINGLE, {
  ...{ '(': Token.ParenOpen, ')': Token.ParenClose, '[': Token.BracketOpen, ']': Token.BracketClose, '{': Token.BraceOpen },
  ...{ '}': Token.BraceClose, ',': Token.Comma, ':': Token.Colon, ';': Token.Semicolon, '.': Token.Dot, '=': Token.Assign },
  ...{ '!': Token.Bang, '+': Token.Plus, '-': Token.Minus, '*': Token.Star, '/': Token.Slash, '%': Token.Percent, '@': Token.At },
  ...{ '|': Token.Pipe, '&': Token.Ampersand, '^': Token.Caret, '~': Token.Tilde, '<': Token.Less, '>': Token.Greater },
});
fill(WITH_EQUALS, {
  ...{ ':': Token.Walrus, '=': Token.Equal, '!': Token.NotEqual, '+': Token.PlusAssign, '-': Token.MinusAssign },
  ...{ '*': Token.StarAssign, '/': Token.SlashAssign, '%': Token.PercentAssign, '@': Token.AtAssign, '|': Token.PipeAssign },
  ...{ '&': Token.AmpersandAssign, '^': Token.CaretAssign, '<': Token.LessEqual, '>': Token.GreaterEqual },
});
fill(DOUBLED, { '*': Token.DoubleStar, '/': Token.DoubleSlash, '<': Token.ShiftLeft, '>': Token.ShiftRight });
fill(DOUBLED_WITH_EQUALS, {
  ...{ '*': Token.DoubleStarAssign, '/': Token.DoubleSlashAssign, '<': Token.ShiftLeftAssign, '>': Token.ShiftRightAssign },
});

/** The longest operator that stands in the text at the offset, as `Token`. Its length is that of its `TOKEN_TEXT`. */
export function operatorAt(text: string, offset: number): Token {
  const unit = text.charCodeAt(offset);
  const next = text.charCodeAt(offset + 1);
  if (next === 0x3d && WITH_EQUALS[unit] !== 0) return WITH_EQUALS[unit]!;
  if (next === unit && DOUBLED[unit] !== 0) return text.charCodeAt(offset + 2) === 0x3d ? DOUBLED_WITH_EQUALS[unit]! : DOUBLED[unit]!;
  if (unit === 0x2d && next === 0x3e) return Token.Arrow;
  if (unit === 0x2e && next === 0x2e && text.charCodeAt(offset + 2) === 0x2e) return Token.Ellipsis;
  return SINGLE[unit]!;
}

function fill(table: Uint8Array, kinds: Readonly<Record<string, Token>>): void {
  for (const [unit, kind] of Object.entries(kinds)) table[unit.charCodeAt(0)] = kind;
}

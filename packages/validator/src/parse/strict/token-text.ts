import { Token } from './token';

const OPERATORS =
  '( ) [ ] { } , : ; . = := -> ! + - * / // % @ ** | & ^ ~ << >> < <= == != >= > += -= *= /= @= //= %= **= >>= <<= &= ^= |='.split(' ');

/** What a token of fixed text says; also the type of its node. */
export const TOKEN_TEXT: readonly string[] = Object.keys(Token)
  .filter((name) => !/^\d/.test(name))
  .map((name, kind) => {
    if (kind >= Token.ParenOpen && kind <= Token.PipeAssign) return OPERATORS[kind - Token.ParenOpen]!;
    return name.toLowerCase();
  });

interface Keyword {
  readonly word: string;
  readonly kind: Token;
}

const KEYWORDS: readonly (readonly Keyword[])[] = listKeywords();

function listKeywords(): readonly (readonly Keyword[])[] {
  const byFirstUnit: Keyword[][] = Array.from({ length: 128 }, () => []);
  const add = (word: string, kind: Token): void => void byFirstUnit[word.charCodeAt(0)]!.push({ word, kind });
  for (let kind = Token.And; kind <= Token.Yield; kind += 1) add(TOKEN_TEXT[kind]!, kind);
  add('True', Token.True);
  add('False', Token.False);
  add('None', Token.None);
  return byFirstUnit;
}

/** `Token.Name`, or the keyword that stands in the text from `start` to `end`. */
export function keywordAt(text: string, start: number, end: number): Token {
  const candidates = KEYWORDS[text.charCodeAt(start)]!;
  for (let index = 0; index < candidates.length; index += 1) {
    const { word, kind } = candidates[index]!;
    if (word.length === end - start && text.startsWith(word, start)) return kind;
  }
  return Token.Name;
}

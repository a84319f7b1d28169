/** What CPython's tokenizer still reads (`MAXINDENT` and `MAXLEVEL` in `Parser/lexer/state.h`, the same from 3.11 to 3.15). */
export const DEEPEST_NESTING = { levels: 99, brackets: 200 };

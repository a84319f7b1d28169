const TOKENS = /[^\W\d]\w*|\d+|\n[ \t]*|[ \t]+|\S/gu;

const INSERTED = [
  ...'( ) [ ] { } , : ; . = := -> + - * ** < != | & ^ ~ @ ...'.split(' '),
  ...'if else for in is not and or lambda await async yield from import as with def class return del raise global try except'.split(' '),
  ...['x', '_', '1', '"s"', "f'{x}'", 'None', 'print', 'match', 'type', 'case', '"""', "'", '\n', '\n    ', '  ', '# c\n', '\\\n'],
];

/** The text with one or two tokens deleted, doubled, swapped, replaced or put in, an indentation changed, or its end cut off. */
export function mutatePython(text: string, random: (limit: number) => number): string {
  const tokens = text.match(TOKENS) ?? [];
  if (tokens.length < 10) return text;
  if (random(20) === 0) return text.slice(0, random(text.length));
  mutateOnce(tokens, random);
  if (random(2) === 0) mutateOnce(tokens, random);
  return tokens.join('');
}

function mutateOnce(tokens: string[], random: (limit: number) => number): void {
  const at = random(tokens.length);
  const other = random(tokens.length);
  const inserted = INSERTED[random(INSERTED.length)]!;
  switch (random(7)) {
    case 0:
      tokens.splice(at, 1);
      return;
    case 1:
      tokens.splice(at, 0, tokens[at]!);
      return;
    case 2:
      tokens[at] = inserted;
      return;
    case 3:
      tokens.splice(at, 0, inserted, ' ');
      return;
    case 4:
      tokens[at] = tokens[other]!;
      return;
    case 5:
      if (tokens[at]!.startsWith('\n')) tokens[at] += ' ';
      else tokens.splice(at, 2);
      return;
    default:
      [tokens[at], tokens[other]] = [tokens[other]!, tokens[at]!];
  }
}

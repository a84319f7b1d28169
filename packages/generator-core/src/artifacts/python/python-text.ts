/** Characters that look like others; ruff (RUF001, RUF002) refuses them, so texts of the spec are written with their plain cousins. */
const plainCousins: Readonly<Record<string, string>> = {
  '\u2018': "'",
  '\u2019': "'",
  '\u201a': ',',
  '\u201b': "'",
  '\u2032': "'",
  '\u00b4': "'",
  '\u2039': '<',
  '\u203a': '>',
  '\u2044': '/',
  '\u2215': '/',
  '\u2217': '*',
  '\u223c': '~',
  '\u2010': '-',
  '\u2011': '-',
  '\u2012': '-',
  '\u2013': '-',
  '\u2212': '-',
  '\u00d7': 'x',
  '\u00a0': ' ',
  '\u202f': ' ',
};

/** A Python string literal. JSON's escapes are Python's, too; ruff settles the quotes. */
export function pythonString(text: string): string {
  return JSON.stringify(text).replace(/[^\x00-\x7f]/gu, (character) =>
    character in plainCousins ? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}` : character,
  );
}

/** A raw string where it can be one: `r"^[0-9]{3}$"`. */
export function pythonPattern(pattern: string): string {
  return /^[\x20-\x7e]*$/.test(pattern) && !pattern.includes('"') && !pattern.endsWith('\\') ? `r"${pattern}"` : pythonString(pattern);
}

/** A string literal in parts where one line would be too long: `("first part " "second part")`. */
export function pythonLongString(text: string, width = 70): string {
  const lines = wrapText(text, width);
  return lines.length === 1
    ? pythonString(text)
    : `(${lines.map((line, index) => pythonString(index < lines.length - 1 ? `${line} ` : line)).join(' ')})`;
}

/** Text between `"""` and `"""`, wrapped, for a block indented by four spaces times `depth`. */
export function pythonDocstring(text: string, depth = 1): string {
  const plain = text
    .replace(/[^\x00-\x7f]/gu, (character) => plainCousins[character] ?? character)
    .replaceAll('\\', '/')
    .replaceAll('"""', "'''")
    .trim();
  const lines = wrapText(plain, 90 - 4 * depth);
  const indent = ' '.repeat(4 * depth);
  // A quote at the end would be one with the three that close the docstring.
  return lines.length <= 1 ? (lines[0] ?? '').replace(/"$/, '" ') : `${lines.join(`\n${indent}`)}\n${indent}`;
}

/** Text after `#`: one line, however long. */
export function pythonComment(text: string): string {
  return text
    .replace(/[^\x00-\x7f]/gu, (character) => plainCousins[character] ?? character)
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function wrapText(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}

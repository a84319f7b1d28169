/** Ways to spoil a text, for the fuzz run: each takes the text and random numbers, and gives another text. */
type Mangler = (text: string, random: (limit: number) => number) => string;

const at = (text: string, random: (limit: number) => number): number => random(text.length + 1);
const insert = (text: string, position: number, part: string): string => text.slice(0, position) + part + text.slice(position);
const STRANGE = [
  '\0',
  '\ud800',
  '\udc00',
  '\u2028',
  '\ufeff',
  '\r',
  '\f',
  '\t',
  '\\',
  '"""',
  "f'{",
  '}',
  '(',
  ']',
  ':',
  ':=',
  '->',
  '**',
  '@',
  '\u{1F600}',
  '`',
  'lambda',
  'async',
  'match',
  'é',
];

const MANGLERS: readonly Mangler[] = [
  (text, random) => insert(text, at(text, random), STRANGE[random(STRANGE.length)]!),
  (text, random) => text.slice(0, at(text, random)),
  (text, random) => text.slice(at(text, random)),
  (text, random) => {
    const from = at(text, random);
    return text.slice(0, from) + text.slice(from + random(40));
  },
  (text, random) => {
    const lines = text.split('\n');
    const [from, to] = [random(lines.length), random(lines.length)];
    [lines[from], lines[to]] = [lines[to]!, lines[from]!];
    return lines.join('\n');
  },
  (text, random) => {
    const lines = text.split('\n');
    lines[random(lines.length)] = ' '.repeat(random(9)) + (lines[random(lines.length)] ?? '');
    return lines.join('\n');
  },
  (text, random) => text.replace(/[()[\]{}]/g, (bracket) => (random(20) === 0 ? '' : bracket)),
  (text, random) => text.replace(/\n/g, () => (random(30) === 0 ? '' : random(30) === 0 ? '\r' : '\n')),
  (text, random) => text.replace(/\b\w+\b/g, (word) => (random(40) === 0 ? STRANGE[random(STRANGE.length)]! : word)),
  (text, random) => insert(text, at(text, random), String.fromCharCode(...Array.from({ length: 30 }, () => random(0x10000)))),
];

/** One to four spoilings. */
export function mangleText(text: string, random: (limit: number) => number): string {
  let mangled = text;
  for (let rounds = 1 + random(4); rounds > 0; rounds -= 1) mangled = MANGLERS[random(MANGLERS.length)]!(mangled, random);
  return mangled;
}

/** Texts that break parsers which recurse, look back or hold too much. */
export function hostileTexts(): ReadonlyMap<string, string> {
  const deep = 20_000;
  return new Map([
    ['a sum of 50,000 terms', `x = ${'1 + '.repeat(50_000)}1\n`],
    ['a chain of 20,000 attributes', `x = a${'.b'.repeat(deep)}\n`],
    ['20,000 calls in a row', `x = f${'()'.repeat(deep)}\n`],
    ['20,000 open brackets', '('.repeat(deep)],
    ['20,000 brackets, closed', `x = ${'['.repeat(deep)}${']'.repeat(deep)}\n`],
    [
      '2,000 blocks in each other',
      Array.from({ length: 2_000 }, (_, depth) => `${' '.repeat(depth)}if x:\n`).join('') + `${' '.repeat(2_000)}pass\n`,
    ],
    ['20,000 nots', `x = ${'not '.repeat(deep)}y\n`],
    ['20,000 minus signs', `x = ${'-'.repeat(deep)}y\n`],
    ['5,000 elifs', `if x: pass\n${'elif x: pass\n'.repeat(5_000)}`],
    ['5,000 lambdas in each other', `x = ${'lambda: '.repeat(5_000)}0\n`],
    ['3,000 conditions in each other', `x = ${'a if b else '.repeat(3_000)}c\n`],
    ['f-strings in f-strings', `x = ${"f'{".repeat(500)}\n`],
    ['everything left open', 'class A(\n  def f([{"""\'\'\'\n'.repeat(200)],
    ['NUL characters', '\0'.repeat(10_000)],
    ['lone surrogates', `x = "${'\ud800'.repeat(5_000)}"\n${'\udfff'.repeat(100)} = 1\n`],
    ['a line of a million characters', `x = "${'a'.repeat(1_000_000)}"\n`],
    ['a comment of a million characters', `#${'a'.repeat(1_000_000)}`],
    ['100,000 empty lines', '\n'.repeat(100_000)],
    ['50,000 backslashes at line ends', '\\\n'.repeat(50_000)],
    ['20,000 imports', Array.from({ length: 20_000 }, (_, index) => `from m${index} import a${index}\n`).join('')],
    ['20,000 decorators', `${'@f\n'.repeat(20_000)}def g(): pass\n`],
    ['3 MB of plain code', 'def f(a, b):\n    return a + b\n\n\n'.repeat(90_000)],
  ]);
}

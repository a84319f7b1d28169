/**
 * For a regular expression, the characters allowed at each place of one string length that it matches:
 * `^97[89][0-9]{2}$` → `['9', '7', '89', '0123456789', '0123456789']`. Picking any character at each place gives a match,
 * so tests can make as many different ones as they need. Of alternatives the first is taken; open repetitions are drawn out
 * towards `wanted` places, never past `maximum`. Undefined for what no service needs (look-around, back-references, `\b`).
 */
export function patternAlphabets(
  pattern: string,
  { wanted, maximum }: { readonly wanted: number; readonly maximum: number },
): readonly string[] | undefined {
  try {
    const tree = parsePattern(pattern);
    const spare = Math.max(0, Math.min(wanted, maximum) - shortest(tree));
    return drawOut(tree, { spare });
  } catch (error) {
    if (error instanceof UnsupportedPattern) return undefined;
    throw error;
  }
}

class UnsupportedPattern extends Error {}

type Node =
  | { readonly kind: 'set'; readonly characters: string }
  | { readonly kind: 'sequence'; readonly items: readonly Node[] }
  | { readonly kind: 'repeat'; readonly item: Node; readonly least: number; readonly most: number };

const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join('');
const digits = '0123456789';
const lower = 'abcdefghijklmnopqrstuvwxyz';
const word = `${digits}${lower}${lower.toUpperCase()}_`;
const without = (excluded: string): string => [...printable].filter((character) => !excluded.includes(character)).join('');
const classes: Readonly<Record<string, string>> = { d: digits, w: word, s: ' ', D: without(digits), W: without(word), S: without(' ') };

function parsePattern(pattern: string): Node {
  return new PatternParser(pattern).parse();
}

class PatternParser {
  private position = 0;

  constructor(private readonly pattern: string) {}

  parse(): Node {
    const tree = this.parseAlternatives();
    if (this.position !== this.pattern.length) throw new UnsupportedPattern(this.pattern);
    return tree;
  }

  private peek(): string | undefined {
    return this.pattern[this.position];
  }

  private take(): string {
    const character = this.peek();
    if (character === undefined) throw new UnsupportedPattern(this.pattern);
    this.position += 1;
    return character;
  }

  private takeIf(text: string): boolean {
    if (!this.pattern.startsWith(text, this.position)) return false;
    this.position += text.length;
    return true;
  }

  /** What the expression matches at this place, which is then behind us. */
  private takeMatch(expression: RegExp): RegExpExecArray | undefined {
    const match = expression.exec(this.pattern.slice(this.position));
    if (match === null) return undefined;
    this.position += match[0].length;
    return match;
  }

  /** Alternatives, of which the first counts, up to `)` or the end. */
  private parseAlternatives(): Node {
    const first = this.parseSequence();
    while (this.takeIf('|')) this.parseSequence();
    return first;
  }

  private parseSequence(): Node {
    const items: Node[] = [];
    for (let next = this.peek(); next !== undefined && next !== '|' && next !== ')'; next = this.peek()) {
      if (next === '^' || next === '$') this.position += 1;
      else items.push(this.parseRepetition(this.parseAtom()));
    }
    return { kind: 'sequence', items };
  }

  private parseAtom(): Node {
    const character = this.take();
    if (character === '(') return this.parseGroup();
    if (character === '[') return { kind: 'set', characters: this.parseSet() };
    if (character === '.') return { kind: 'set', characters: word };
    return { kind: 'set', characters: character === '\\' ? this.parseEscape() : character };
  }

  private parseGroup(): Node {
    if (this.takeIf('?') && !this.takeIf(':') && this.takeMatch(/^P?<[A-Za-z_]\w*>/) === undefined) {
      throw new UnsupportedPattern(this.pattern);
    }
    const inside = this.parseAlternatives();
    if (!this.takeIf(')')) throw new UnsupportedPattern(this.pattern);
    return inside;
  }

  private parseEscape(): string {
    const character = this.take();
    const named = classes[character];
    if (named !== undefined) return named;
    if (character === 'A' || character === 'z' || character === 'Z') return '';
    if (/[A-Za-z0-9]/.test(character)) throw new UnsupportedPattern(this.pattern);
    return character;
  }

  private parseSet(): string {
    const negated = this.takeIf('^');
    let characters = '';
    for (let first = true; first || this.peek() !== ']'; first = false) characters += this.parseSetMember();
    this.position += 1;
    const allowed = negated ? without(characters) : [...new Set(characters)].join('');
    if (allowed === '') throw new UnsupportedPattern(this.pattern);
    return allowed;
  }

  /** One character, a class such as `\d`, or a range. */
  private parseSetMember(): string {
    const start = this.takeIf('\\') ? this.parseEscape() : this.take();
    const isRange = start.length === 1 && this.peek() === '-' && this.pattern[this.position + 1] !== ']';
    if (!isRange) return start;
    this.position += 1;
    const end = this.takeIf('\\') ? this.parseEscape() : this.take();
    return printable.slice(printable.indexOf(start), printable.indexOf(end) + 1);
  }

  private parseRepetition(item: Node): Node {
    const bounds = this.parseBounds();
    if (bounds === undefined) return item;
    if (!this.takeIf('?')) this.takeIf('+');
    return { kind: 'repeat', item, least: bounds[0], most: bounds[1] };
  }

  private parseBounds(): readonly [number, number] | undefined {
    const counted = this.takeMatch(/^\{(\d+)(?:(,)(\d*))?\}/);
    if (counted) {
      const least = Number(counted[1]);
      return [least, counted[2] === undefined ? least : counted[3] === '' ? Infinity : Number(counted[3])];
    }
    if (this.takeIf('?')) return [0, 1];
    if (this.takeIf('*')) return [0, Infinity];
    if (this.takeIf('+')) return [1, Infinity];
    return undefined;
  }
}

/** Length of the shortest match. */
function shortest(node: Node): number {
  if (node.kind === 'set') return node.characters === '' ? 0 : 1;
  if (node.kind === 'repeat') return node.least * shortest(node.item);
  return node.items.reduce((sum, item) => sum + shortest(item), 0);
}

/** `budget.spare` is how many places may still be added to the shortest match; it is used up from left to right. */
function drawOut(node: Node, budget: { spare: number }): readonly string[] {
  if (node.kind === 'set') return node.characters === '' ? [] : [node.characters];
  if (node.kind === 'sequence') return node.items.flatMap((item) => drawOut(item, budget));
  const length = shortest(node.item);
  const added = length === 0 ? 0 : Math.min(node.most - node.least, Math.floor(budget.spare / length));
  budget.spare -= added * length;
  return Array.from({ length: node.least + added }, () => drawOut(node.item, budget)).flat();
}

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
  let position = 0;
  const peek = (): string | undefined => pattern[position];
  const take = (): string => {
    const character = pattern[position];
    if (character === undefined) throw new UnsupportedPattern(pattern);
    position += 1;
    return character;
  };
  const takeIf = (text: string): boolean => {
    if (!pattern.startsWith(text, position)) return false;
    position += text.length;
    return true;
  };

  /** Alternatives, of which the first counts, up to `)` or the end. */
  function parseAlternatives(): Node {
    const first = parseSequence();
    while (takeIf('|')) parseSequence();
    return first;
  }

  function parseSequence(): Node {
    const items: Node[] = [];
    for (let next = peek(); next !== undefined && next !== '|' && next !== ')'; next = peek()) {
      if (next === '^' || next === '$') position += 1;
      else items.push(parseRepetition(parseAtom()));
    }
    return { kind: 'sequence', items };
  }

  function parseAtom(): Node {
    const character = take();
    if (character === '(') return parseGroup();
    if (character === '[') return { kind: 'set', characters: parseSet() };
    if (character === '.') return { kind: 'set', characters: word };
    return { kind: 'set', characters: character === '\\' ? parseEscape() : character };
  }

  function parseGroup(): Node {
    if (takeIf('?') && !takeIf(':')) {
      const name = /^P?<[A-Za-z_]\w*>/.exec(pattern.slice(position))?.[0];
      if (name === undefined) throw new UnsupportedPattern(pattern);
      position += name.length;
    }
    const inside = parseAlternatives();
    if (!takeIf(')')) throw new UnsupportedPattern(pattern);
    return inside;
  }

  function parseEscape(): string {
    const character = take();
    const named = classes[character];
    if (named !== undefined) return named;
    if (character === 'A' || character === 'z' || character === 'Z') return '';
    if (/[A-Za-z0-9]/.test(character)) throw new UnsupportedPattern(pattern);
    return character;
  }

  function parseSet(): string {
    const negated = takeIf('^');
    let characters = '';
    for (let first = true; first || peek() !== ']'; first = false) {
      const character = take();
      const start = character === '\\' ? parseEscape() : character;
      if (start.length === 1 && peek() === '-' && pattern[position + 1] !== ']') {
        position += 1;
        const end = takeIf('\\') ? parseEscape() : take();
        characters += printable.slice(printable.indexOf(start), printable.indexOf(end) + 1);
      } else characters += start;
    }
    position += 1;
    const allowed = negated ? without(characters) : [...new Set(characters)].join('');
    if (allowed === '') throw new UnsupportedPattern(pattern);
    return allowed;
  }

  function parseRepetition(item: Node): Node {
    const counted = /^\{(\d+)(?:(,)(\d*))?\}/.exec(pattern.slice(position));
    let bounds: readonly [number, number] | undefined;
    if (counted) {
      position += counted[0].length;
      const least = Number(counted[1]);
      bounds = [least, counted[2] === undefined ? least : counted[3] === '' ? Infinity : Number(counted[3])];
    } else if (takeIf('?')) bounds = [0, 1];
    else if (takeIf('*')) bounds = [0, Infinity];
    else if (takeIf('+')) bounds = [1, Infinity];
    if (bounds === undefined) return item;
    if (!takeIf('?')) takeIf('+');
    return { kind: 'repeat', item, least: bounds[0], most: bounds[1] };
  }

  const tree = parseAlternatives();
  if (position !== pattern.length) throw new UnsupportedPattern(pattern);
  return tree;
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

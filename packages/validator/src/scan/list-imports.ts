import { skipString } from './skip-string';
import type { WrittenImport } from './written-import';

/** What ends the way to the next import: a comment, a string, or the word itself. */
const STOP = /#|["']|import/g;
const WORD_UNIT = /\p{ID_Continue}/u;
/** The letters before a quote that make it a string with replacement fields. */
const FIELDS_PREFIX = /(?:^|[^\p{ID_Continue}])(?:[rR]?[fFtT]|[fFtT][rR])$/u;

const JOIN = String.raw`(?:[ \t\f]|\\(?:\r\n|\r|\n))*`;
const NAME = String.raw`[\p{ID_Start}_][\p{ID_Continue}]*`;
/** `from a . b` or `from ..c`, up to the word `import`. A keyword of `yield from` or `raise … from` is not followed by `import`. */
const FROM = new RegExp(String.raw`(?<![\p{ID_Continue}.])from((?:[ \t\f.]|\\(?:\r\n|\r|\n)|[\p{ID_Continue}])*)$`, 'u');
const JOINS = new RegExp(String.raw`[ \t\f]|\\(?:\r\n|\r|\n)`, 'g');
const MODULE = new RegExp(`${JOIN}(${NAME}(?:${JOIN}\\.${JOIN}${NAME})*)(?:${JOIN}\\bas\\b${JOIN}${NAME})?${JOIN}(,)?`, 'uy');
const OPENING = new RegExp(`${JOIN}(\\(|\\*)`, 'y');
const BARE_NAME = new RegExp(`${JOIN}(${NAME})(?:${JOIN}\\bas\\b${JOIN}${NAME})?${JOIN}(,)?`, 'uy');
/** Between brackets, lines and comments do not count. */
const GAP = String.raw`(?:\s|\\(?:\r\n|\r|\n)|#[^\r\n]*)*`;
const BRACKETED_NAME = new RegExp(`${GAP}(${NAME})(?:${GAP}\\bas\\b${GAP}${NAME})?${GAP}(,)?`, 'uy');
/** Longer ways from `from` to `import` are written by nobody. */
const FROM_REACH = 1_000;

/**
 * All imports of a Python text, wherever they stand, in the order of the text; strings and comments hold none.
 * `import` is a keyword that stands in nothing but import statements: so this is exact, also in a text whose other parts are no Python.
 */
export function listImports(text: string): readonly WrittenImport[] {
  const last = text.lastIndexOf('import');
  const imports: WrittenImport[] = [];
  let offset = 0;
  /** End of the last comment, string or import: no statement reaches over it to the word `import`. */
  let from = 0;
  while (offset <= last) {
    STOP.lastIndex = offset;
    const found = STOP.exec(text)!;
    const at = found.index;
    if (found[0] === 'import' && isPartOfWord(text, at)) {
      offset = at + 'import'.length;
      continue;
    }
    if (found[0] === '#') offset = endOfLine(text, at);
    else if (found[0] === 'import') offset = readStatement({ text, at, from, imports });
    else offset = skipString(text, at, fieldsPrefix(text, at)).end;
    from = offset;
  }
  return imports;
}

/** Adds what the statement around `import` asks for, and gives its end. `from`: nothing before that belongs to it. */
function readStatement({
  text,
  at,
  from,
  imports,
}: {
  readonly text: string;
  readonly at: number;
  readonly from: number;
  readonly imports: WrittenImport[];
}): number {
  const end = at + 'import'.length;
  const source = FROM.exec(text.slice(Math.max(from, at - FROM_REACH), at))?.[1];
  if (source === undefined) {
    const modules = readList(text, end, MODULE);
    imports.push(...modules.names.map((name) => ({ level: 0, module: name.replace(JOINS, ''), names: [] })));
    return modules.end;
  }
  const dotted = source.replace(JOINS, '');
  const module = dotted.replace(/^\.+/, '');
  const { names, end: nameEnd } = readNames(text, end);
  imports.push({ level: dotted.length - module.length, module, names });
  return nameEnd;
}

function readNames(text: string, offset: number): { readonly names: readonly string[]; readonly end: number } {
  OPENING.lastIndex = offset;
  const opening = OPENING.exec(text)?.[1];
  if (opening === undefined) return readList(text, offset, BARE_NAME);
  const end = OPENING.lastIndex;
  return opening === '*' ? { names: ['*'], end } : readList(text, end, BRACKETED_NAME);
}

/** The first group of each match, as long as a comma promises another. */
function readList(text: string, offset: number, pattern: RegExp): { readonly names: readonly string[]; readonly end: number } {
  const names: string[] = [];
  let end = offset;
  for (;;) {
    pattern.lastIndex = end;
    const found = pattern.exec(text);
    if (found === null) return { names, end };
    names.push(found[1]!);
    end = pattern.lastIndex;
    if (found[2] === undefined) return { names, end };
  }
}

function isPartOfWord(text: string, at: number): boolean {
  const before = text[at - 1];
  const after = text[at + 'import'.length];
  return (before !== undefined && WORD_UNIT.test(before)) || (after !== undefined && WORD_UNIT.test(after));
}

function fieldsPrefix(text: string, quote: number): string {
  return FIELDS_PREFIX.test(text.slice(Math.max(0, quote - 3), quote)) ? 'f' : '';
}

function endOfLine(text: string, offset: number): number {
  for (let end = offset; end < text.length; end += 1) {
    const unit = text[end]!;
    if (unit === '\n' || unit === '\r') return end;
  }
  return text.length;
}

import { DEEPEST_NESTING } from '../python/deepest-nesting';
import type { LayoutFault, LogicalLine } from './logical-line';
import { NamePool } from '../text/name-pool';
import type { Span } from '../text/span';
import { skipString } from './skip-string';

const OPENERS = '([{';
const CLOSERS = ')]}';
const WORD = /[\p{ID_Start}_][\p{ID_Continue}]*/uy;
const NUMBER = /(?:0[xXoObB][\da-fA-F_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?)[jJ]?/y;
const OPERATOR = /\*\*=?|\/\/=?|>>=?|<<=?|->|:=|\.\.\.|[!=<>+\-*/%@&|^]=|[-+*/%@&|^~<>=!.,:;?$`]/y;
/** Keywords no expression can hold: at the start of a line they prove that a bracket above was never closed. */
const STATEMENT_WORDS = new Set([
  'def',
  'class',
  'return',
  'while',
  'try',
  'raise',
  'pass',
  'break',
  'continue',
  'del',
  'global',
  'nonlocal',
  'with',
  'except',
  'finally',
  'elif',
  'import',
]);

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
/** Files share most of their words. */
const NAMES = new NamePool();

interface OpenLine {
  start: number;
  column: number;
  tabColumn: number;
  firstWord: string;
  secondWord: string;
  lastToken: string;
  lastTokenStart: number;
  end: number;
  hasColon: boolean;
}

/** Splits a text into logical lines; knows strings, brackets and continuations, and nothing of grammar. */
export class LogicalLineScanner {
  readonly lines: LogicalLine[] = [];
  readonly faults: LayoutFault[] = [];
  private offset = 0;
  private line: OpenLine | undefined;
  private readonly brackets: { readonly unit: string; readonly offset: number }[] = [];
  private isStopped = false;

  constructor(private readonly text: string) {
    if (text.charCodeAt(0) === 0xfeff) this.offset = 1;
  }

  scan(): void {
    this.skipIndentation();
    while (this.offset < this.text.length && !this.isStopped) this.step();
    this.endLine();
    const open = this.brackets[this.brackets.length - 1];
    if (open !== undefined && !this.isStopped) this.faultUnclosed(open);
  }

  private step(): void {
    const unit = this.text[this.offset]!;
    if (isAsciiLetter(unit.charCodeAt(0))) this.stepWord();
    else if (unit === '\n' || unit === '\r') this.stepNewline(unit);
    else if (unit === ' ' || unit === '\t' || unit === '\f') this.offset += 1;
    else if (unit === '#') this.offset = this.lineEnd(this.offset);
    else if (unit === '\\') this.stepContinuation();
    else if (unit === '"' || unit === "'") this.stepString(this.offset, '');
    else if (unit === '(' || unit === '[' || unit === '{') this.stepOpener(unit);
    else if (unit === ')' || unit === ']' || unit === '}') this.stepCloser(unit);
    else this.stepToken();
  }

  private stepNewline(unit: string): void {
    this.offset += unit === '\r' && this.text[this.offset + 1] === '\n' ? 2 : 1;
    if (this.brackets.length > 0) {
      this.checkBracketLine();
      return;
    }
    this.endLine();
    this.skipIndentation();
  }

  /** Measures the indentation of the next line that holds code. */
  private skipIndentation(): void {
    let column = 0;
    let tabColumn = 0;
    for (; this.offset < this.text.length; this.offset += 1) {
      const unit = this.text[this.offset]!;
      if (unit === ' ') column += 1;
      else if (unit === '\t') column = (Math.floor(column / 8) + 1) * 8;
      else if (unit !== '\f') break;
      tabColumn = unit === '\f' ? 0 : tabColumn + 1;
      if (unit === '\f') column = 0;
    }
    const unit = this.text[this.offset];
    if (unit === undefined || unit === '\n' || unit === '\r' || unit === '#') return;
    this.line = {
      start: this.offset,
      column,
      tabColumn,
      firstWord: '',
      secondWord: '',
      lastToken: '',
      lastTokenStart: this.offset,
      end: this.offset,
      hasColon: false,
    };
  }

  private endLine(): void {
    if (this.line !== undefined && this.line.lastToken !== '') this.lines.push(this.line);
    this.line = undefined;
  }

  private note(token: string, end: number): void {
    const line = this.line;
    if (line !== undefined) {
      if (line.lastToken === '') line.firstWord = token;
      else if (line.secondWord === '') line.secondWord = token;
      line.lastToken = token;
      line.lastTokenStart = this.offset;
      line.end = end;
      if (token === ':' && this.brackets.length === 0) line.hasColon = true;
    }
    this.offset = end;
  }

  /** A word that begins with an ASCII letter; most end before any other kind of letter. */
  private stepWord(): void {
    const { text } = this;
    let end = this.offset + 1;
    while (isAsciiWordUnit(text.charCodeAt(end))) end += 1;
    if (text.charCodeAt(end) > 127) end = this.offset + this.match(WORD)!.length;
    this.noteWord(end);
  }

  private noteWord(end: number): void {
    const next = this.text[end];
    const word = NAMES.cut(this.text, this.offset, end);
    if ((next === '"' || next === "'") && /^([rbuft]|[rb]{2}|[rf]{2}|[rt]{2})$/i.test(word)) this.stepString(end, word);
    else this.note(word, end);
  }

  private stepToken(): void {
    if (this.stepSingle()) return;
    const word = this.match(WORD);
    if (word !== undefined) {
      this.noteWord(this.offset + word.length);
      return;
    }
    const token = this.match(NUMBER) ?? this.match(OPERATOR) ?? this.text[this.offset]!;
    this.note(token, this.offset + token.length);
  }

  /** `.`, `,` and `:` between other characters than those they make a longer token with. */
  private stepSingle(): boolean {
    const unit = this.text[this.offset]!;
    if (unit !== '.' && unit !== ',' && unit !== ':') return false;
    const next = this.text.charCodeAt(this.offset + 1);
    if (unit !== ',' && !(isAsciiLetter(next) || next === SPACE || next === LINE_FEED)) return false;
    this.note(unit, this.offset + 1);
    return true;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.offset;
    const found = pattern.exec(this.text)?.[0];
    return found === '' ? undefined : found;
  }

  private stepString(quote: number, prefix: string): void {
    const skipped = skipString(this.text, quote, prefix);
    const start = this.offset;
    this.note('"', skipped.end);
    if (skipped.isClosed) return;
    const end = this.lineEnd(start);
    const message = skipped.isTriple ? 'This triple-quoted string is never closed' : 'This string is not closed before the line ends';
    this.faults.push({
      span: { start, end },
      message: `${message}: add the closing quotes.`,
      kind: 'token',
      isFatal: skipped.isTriple || skipped.end > end,
    });
    if (skipped.isTriple) this.isStopped = true;
  }

  private stepOpener(unit: string): void {
    const offset = this.offset;
    this.note(unit, offset + 1);
    this.brackets.push({ unit, offset });
    if (this.brackets.length > DEEPEST_NESTING.brackets) this.faultTooDeep({ start: offset, end: offset + 1 });
  }

  private faultTooDeep(span: Span): void {
    const message = `Python reads ${DEEPEST_NESTING.brackets} brackets in each other, and this is one more: give names to inner parts.`;
    this.faults.push({ span, message, kind: 'nesting', isFatal: true });
    this.isStopped = true;
  }

  private stepCloser(unit: string): void {
    const span = { start: this.offset, end: this.offset + 1 };
    const open = this.brackets.pop();
    const wanted = open === undefined ? undefined : CLOSERS[OPENERS.indexOf(open.unit)];
    this.note(unit, this.offset + 1);
    if (wanted === unit) return;
    const message =
      open === undefined
        ? `Unmatched '${unit}': no bracket is open here. Remove it.`
        : `'${unit}' does not match the open '${open.unit}': close that with '${wanted}' first.`;
    this.faults.push({ span, message, kind: 'token', isFatal: true });
    this.isStopped = true;
  }

  private stepContinuation(): void {
    const rest = /^\\\r?\n|^\\\r/.exec(this.text.slice(this.offset, this.offset + 3))?.[0];
    if (rest !== undefined && this.offset + rest.length < this.text.length) {
      this.offset += rest.length;
      return;
    }
    const span = { start: this.offset, end: this.offset + 1 };
    this.faults.push({
      span,
      message: "Only a line break may follow the line continuation '\\': remove the '\\' or what follows it.",
      kind: 'token',
      isFatal: false,
    });
    this.note('\\', this.offset + 1);
  }

  private checkBracketLine(): void {
    const word = /^[ \t]*([a-z]+)(?=[\s:(]|$)/.exec(this.text.slice(this.offset, this.offset + 200).split('\n', 1)[0]!)?.[1];
    if (word === undefined || !STATEMENT_WORDS.has(word)) return;
    this.faultUnclosed(this.brackets[this.brackets.length - 1]!);
    this.isStopped = true;
  }

  private faultUnclosed({ unit, offset }: { readonly unit: string; readonly offset: number }): void {
    const closer = CLOSERS[OPENERS.indexOf(unit)];
    this.faults.push({
      span: { start: offset, end: offset + 1 },
      message: `'${unit}' is never closed: add the missing '${closer}'.`,
      kind: 'token',
      isFatal: true,
    });
  }

  private lineEnd(offset: number): number {
    for (let end = offset; end < this.text.length; end += 1) {
      const unit = this.text.charCodeAt(end);
      if (unit === LINE_FEED || unit === CARRIAGE_RETURN) return end;
    }
    return this.text.length;
  }
}

/** `_` is one as well. */
function isAsciiLetter(unit: number): boolean {
  return (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90) || unit === 95;
}

function isAsciiWordUnit(unit: number): boolean {
  return isAsciiLetter(unit) || (unit >= 48 && unit <= 57);
}

import { DEEPEST_NESTING } from '../../python/deepest-nesting';
import { keywordAt, TOKEN_TEXT } from './token-text';
import { numberAt, plainIntegerEnd } from './read-number';
import { operatorAt } from './read-operator';
import { Token } from './token';
import { NO_CHILDREN, TreeNode } from './tree-node';
import { IS_WORD, UNIT_CLASS, UnitClass } from './unit-class';

const IDENTIFIER = /[_\p{XID_Start}][\p{XID_Continue}]*/uy;
const STRING_PREFIX = /^(?:[rbuft]|[rR][bBfFtT]|[bBfFtT][rR]|[RBUFT])$/;
const STRING_AHEAD = /(?:[rbuft]|r[bft]|[bft]r)?["']/iy;
/** Deeper nesting than people write; far from where the call stack ends. */
const DEEPEST = 150;

const NEW_LINE = 0x0a;
const RETURN = 0x0d;
const TAB = 0x09;
const FORM_FEED = 0x0c;
const SPACE = 0x20;
const HASH = 0x23;
const BACKSLASH = 0x5c;

/** Where reading stands; what a try at another reading goes back to. */
export interface ReaderState {
  readonly kind: Token;
  readonly start: number;
  readonly end: number;
  readonly brackets: number;
  readonly depth: number;
  readonly extras: number;
  readonly commentEnd: number;
}

/**
 * Text → tokens, one at a time, with Python's indentation as tokens. It reads only what is certainly Python:
 * at the first doubt it gives up, after which every token is `Token.End`, so that the parser's loops run out.
 */
export abstract class TokenReader {
  protected kind: Token = Token.NewLine;
  protected start = 0;
  protected end = 0;
  protected isGivenUp = false;
  /** Comments and line continuations, in source order. */
  protected readonly extras: TreeNode[] = [];
  /** Where the last logical line ends, with the comment on it. */
  protected lineEnd = 0;
  /** Open brackets around the current token; inside them line ends mean nothing. */
  protected brackets = 0;
  /** Replacement fields around the current token. */
  protected interpolations = 0;
  /** Those of them in strings that may not go over a line end. */
  protected lineInterpolations = 0;
  /** False where a `(` may not be followed by `)`. */
  protected mayBeEmpty = true;
  private depth = 0;
  private commentEnd = 0;
  private readonly columns: number[] = [0];
  private readonly tabColumns: number[] = [0];
  private commentColumns: number[] = [];
  /** For each block that ends here, innermost last: where the comments that still belong to it end, or 0. */
  private dedents: number[] = [];

  constructor(protected readonly text: string) {}

  /** Whether the current token is of that kind. */
  protected at(kind: Token): boolean {
    return this.kind === kind;
  }

  protected giveUp(): void {
    this.isGivenUp = true;
    this.kind = Token.End;
    this.start = this.end = this.text.length;
  }

  protected advance(): void {
    if (this.kind > Token.Dedent) this.scan(this.end);
    else if (this.kind === Token.NewLine) this.startLine(this.end);
    else if (this.kind !== Token.End) this.scanAfterLayout();
  }

  protected enter(): void {
    this.depth += 1;
    if (this.depth > DEEPEST) this.giveUp();
  }

  protected leave(): void {
    this.depth -= 1;
  }

  protected state(): ReaderState {
    const { kind, start, end, brackets, depth, commentEnd } = this;
    return { kind, start, end, brackets, depth, commentEnd, extras: this.extras.length };
  }

  /** Goes back on the same logical line. */
  protected goBack(state: ReaderState): void {
    this.kind = state.kind;
    this.start = state.start;
    this.end = state.end;
    this.brackets = state.brackets;
    this.depth = state.depth;
    this.commentEnd = state.commentEnd;
    this.extras.length = state.extras;
    this.isGivenUp = false;
  }

  /** The indentation of the innermost open block. */
  protected get column(): number {
    return this.columns[this.columns.length - 1]!;
  }

  /** Reads the next token from the offset on. */
  protected scan(from: number): void {
    const text = this.text;
    let offset = from;
    for (;;) {
      const unit = text.charCodeAt(offset);
      if (unit >= 128) return this.readIdentifier(offset);
      switch (UNIT_CLASS[unit]) {
        case UnitClass.Space:
          offset += 1;
          continue;
        case UnitClass.Word:
          return this.readWord(offset);
        case UnitClass.Operator:
          return this.readOperator(offset, unit);
        case UnitClass.Digit:
          return this.readNumber(offset);
        case UnitClass.Quote:
          return this.readQuote(offset, offset);
        case UnitClass.LineEnd:
          if (this.brackets === 0) return this.endLine(offset);
          offset = this.skipBracketLineEnd(offset);
          continue;
        default:
          if (!(offset < text.length)) return this.endText();
          offset = unit === HASH ? this.readComment(offset) : this.readContinuation(offset, unit);
          if (offset < 0) return this.giveUp();
      }
    }
  }

  private readWord(start: number): void {
    const text = this.text;
    let end = start + 1;
    let unit = text.charCodeAt(end);
    while (IS_WORD[unit] === 1) unit = text.charCodeAt((end += 1));
    if (unit >= 128) return this.readIdentifier(start);
    const length = end - start;
    if (length <= 2 && (unit === 0x22 || unit === 0x27)) return this.readQuote(start, end);
    this.kind = length > 1 && length < 9 ? keywordAt(text, start, end) : Token.Name;
    this.start = start;
    this.end = end;
  }

  private readIdentifier(start: number): void {
    IDENTIFIER.lastIndex = start;
    const word = IDENTIFIER.exec(this.text)?.[0];
    if (word === undefined) return this.giveUp();
    this.kind = Token.Name;
    this.start = start;
    this.end = start + word.length;
  }

  private readNumber(start: number): void {
    const plainEnd = plainIntegerEnd(this.text, start);
    const number = plainEnd > 0 ? { kind: Token.Integer, end: plainEnd } : numberAt(this.text, start);
    if (number === undefined) return this.giveUp();
    this.kind = number.kind;
    this.start = start;
    this.end = number.end;
  }

  private readOperator(start: number, unit: number): void {
    const next = this.text.charCodeAt(start + 1);
    if (unit === 0x2e && next >= 0x30 && next <= 0x39) return this.readNumber(start);
    const kind = operatorAt(this.text, start);
    this.start = start;
    this.end = kind === Token.Ellipsis ? start + 3 : start + TOKEN_TEXT[kind]!.length;
    this.kind = kind;
    if (kind <= Token.BraceClose && kind >= Token.ParenOpen) this.countBracket(kind);
  }

  private countBracket(kind: Token): void {
    if (kind === Token.ParenOpen || kind === Token.BracketOpen || kind === Token.BraceOpen) this.brackets += 1;
    else if (this.brackets === 0) this.giveUp();
    else this.brackets -= 1;
  }

  /** A string token is its prefix and opening quotes only; the parser reads on from there. */
  private readQuote(start: number, quote: number): void {
    const text = this.text;
    if (quote > start && !STRING_PREFIX.test(text.slice(start, quote))) return this.giveUp();
    const unit = text.charCodeAt(quote);
    const isTriple = text.charCodeAt(quote + 1) === unit && text.charCodeAt(quote + 2) === unit;
    this.kind = Token.String;
    this.start = start;
    this.end = quote + (isTriple ? 3 : 1);
  }

  private readComment(start: number): number {
    const lineEnd = this.text.indexOf('\n', start);
    const end = lineEnd === -1 ? this.text.length : lineEnd;
    this.extras.push(new TreeNode('comment', true, start, end, NO_CHILDREN));
    this.commentEnd = end;
    return end;
  }

  /** The grammar has no node for a continuation before a string. Returns the next offset, or -1. */
  private readContinuation(start: number, unit: number): number {
    const text = this.text;
    const end = text.charCodeAt(start + 1) === RETURN ? start + 3 : start + 2;
    if (unit !== BACKSLASH || text.charCodeAt(end - 1) !== NEW_LINE || this.interpolations > 0) return -1;
    let next = end;
    while (text.charCodeAt(next) === SPACE || text.charCodeAt(next) === TAB) next += 1;
    const unitAfter = text.charCodeAt(next);
    if (!(unitAfter > SPACE) || unitAfter === HASH || unitAfter === BACKSLASH) return -1;
    STRING_AHEAD.lastIndex = next;
    if (!STRING_AHEAD.test(text)) this.extras.push(new TreeNode('line_continuation', true, start, end, NO_CHILDREN));
    return next;
  }

  /** The grammar takes a line that stands left of its block for the block's end, except where a bracket may close. */
  private skipBracketLineEnd(from: number): number {
    const { text } = this;
    if (this.lineInterpolations > 0) return this.refuse();
    let offset = from;
    let column = 0;
    for (; ; offset += 1) {
      const unit = text.charCodeAt(offset);
      if (unit === SPACE) column += 1;
      else if (unit === TAB) column += 8;
      else if (unit === NEW_LINE || unit === RETURN || unit === FORM_FEED) column = 0;
      else break;
    }
    if (column < this.column && (this.interpolations > 0 || !this.mayClose())) return this.refuse();
    return offset;
  }

  private mayClose(): boolean {
    const { kind } = this;
    if (kind === Token.ParenOpen) return this.mayBeEmpty;
    return kind === Token.Comma || (kind >= Token.Name && kind <= Token.BraceClose && kind !== Token.BracketOpen);
  }

  private refuse(): number {
    this.giveUp();
    return this.text.length;
  }

  private endLine(offset: number): void {
    this.kind = Token.NewLine;
    this.lineEnd = this.start = Math.max(this.end, this.commentEnd);
    this.end = offset;
  }

  private endText(): void {
    if (this.brackets > 0 || this.isGivenUp) this.giveUp();
    else this.endLine(this.text.length);
  }

  /** Passes blank lines and comments, and compares the indentation of the next line with the open blocks. */
  private startLine(from: number): void {
    const { text } = this;
    let offset = from;
    const firstComment = this.extras.length;
    this.commentColumns = [];
    for (;;) {
      let column = 0;
      let tabColumn = 0;
      let isMixed = false;
      for (; ; offset += 1) {
        const unit = text.charCodeAt(offset);
        if (unit === SPACE) column += 1;
        else if (unit === TAB) {
          isMixed ||= column % 8 !== 0 || tabColumn * 8 !== column;
          column += 8;
        } else if (unit !== FORM_FEED) break;
        tabColumn += 1;
        if (unit === FORM_FEED) column = tabColumn = 0;
      }
      const unit = text.charCodeAt(offset);
      if (unit === NEW_LINE || unit === RETURN) offset += 1;
      else if (unit === HASH && !isMixed) {
        this.commentColumns.push(column);
        offset = this.readComment(offset);
      } else if (offset >= text.length) return this.layOut(offset, 0, 0, firstComment);
      else if (isMixed || unit === BACKSLASH) return this.giveUp();
      else return this.layOut(offset, column, tabColumn, firstComment);
    }
  }

  private layOut(offset: number, column: number, tabColumn: number, firstComment: number): void {
    const { columns, tabColumns } = this;
    const top = columns[columns.length - 1]!;
    const tabTop = tabColumns[tabColumns.length - 1]!;
    this.start = this.end = offset;
    if (column === top && tabColumn === tabTop) return this.scanOrEnd(offset);
    if (column > top && tabColumn > tabTop) {
      if (columns.length > DEEPEST_NESTING.levels) return this.giveUp();
      columns.push(column);
      tabColumns.push(tabColumn);
      this.kind = Token.Indent;
      return;
    }
    this.closeBlocks(column, firstComment);
    if (columns[columns.length - 1] !== column || tabColumns[tabColumns.length - 1] !== tabColumn) return this.giveUp();
    this.scanAfterLayout();
  }

  /** A comment belongs to the innermost block that it does not stand left of, as long as none before it did. */
  private closeBlocks(column: number, firstComment: number): void {
    const ends: number[] = [];
    let comment = 0;
    while (this.columns.length > 1 && this.columns[this.columns.length - 1]! > column) {
      const blockColumn = this.columns.pop()!;
      this.tabColumns.pop();
      while (comment < this.commentColumns.length && this.commentColumns[comment]! >= blockColumn) comment += 1;
      ends.push(comment === 0 ? 0 : this.extras[firstComment + comment - 1]!.end);
    }
    this.dedents = ends.reverse();
  }

  private scanAfterLayout(): void {
    const dedent = this.dedents.pop();
    if (dedent === undefined) return this.scanOrEnd(this.end);
    this.kind = Token.Dedent;
    this.start = dedent;
  }

  private scanOrEnd(offset: number): void {
    this.start = this.end = offset;
    if (offset < this.text.length) this.scan(offset);
    else this.kind = Token.End;
  }
}

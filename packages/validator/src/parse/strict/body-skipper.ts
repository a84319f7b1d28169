import type { Span } from '../../text/span';

const NEW_LINE = 0x0a;
const RETURN = 0x0d;
const TAB = 0x09;
const FORM_FEED = 0x0c;
const SPACE = 0x20;
const HASH = 0x23;
const BACKSLASH = 0x5c;
const APOSTROPHE = 0x27;

export interface SkippedBody {
  /** Of the first statement. */
  readonly start: number;
  /** Of the last statement, with the comments that belong to the body. */
  readonly end: number;
  /** The line after it. */
  readonly next: number;
  /** Comments between the header and the first statement, which are not in the body. */
  readonly commentsBefore: readonly Span[];
}

enum Mark {
  None,
  LineEnd,
  Opener,
  Closer,
  Quote,
  Hash,
  Backslash,
}

const MARKS = markUnits([
  ['\n', Mark.LineEnd],
  ['([{', Mark.Opener],
  [')]}', Mark.Closer],
  ['"\'', Mark.Quote],
  ['#', Mark.Hash],
  ['\\', Mark.Backslash],
]);
const MAY_END_PREFIX = markUnits([['fFtTrR', 1]]);

/** For all units there are, so that reading from it never misses. */
function markUnits(marks: readonly (readonly [string, number])[]): Uint8Array {
  const table = new Uint8Array(0x1_0000);
  for (const [units, mark] of marks) for (const unit of units) table[unit.charCodeAt(0)] = mark;
  return table;
}

/** Finds where indented bodies end, by strings, brackets and indentation alone. */
export class BodySkipper {
  /** The next backslash, as far as known. */
  private backslash = -1;
  private commentEnd = -1;

  constructor(
    private readonly text: string,
    /** Where a string that has replacement fields ends, or -1. */
    private readonly formattedEnd: (start: number, contentStart: number) => number,
  ) {}

  /** The body that begins on the line at `from`, under a header that is indented by `column`; undefined where in doubt. */
  skip(from: number, column: number): SkippedBody | undefined {
    const { text } = this;
    let body: (SkippedBody & { readonly column: number }) | undefined;
    const commentsBefore: Span[] = [];
    let areCommentsInside = true;
    for (let line = from; line < text.length;) {
      const start = this.indentationEnd(line);
      const unit = text.charCodeAt(start);
      if (start >= text.length) break;
      if (unit === TAB || unit === FORM_FEED || unit === BACKSLASH) return undefined;
      if (unit === NEW_LINE || unit === RETURN) {
        line = start + 1;
        continue;
      }
      if (unit !== HASH && start - line <= column) break;
      if (unit !== HASH && body !== undefined && start - line < body.column) return undefined;
      const end = unit === HASH ? this.passComment(start) : this.logicalLineEnd(start);
      if (end < 0) return undefined;
      if (unit !== HASH) {
        body ??= { start, end, next: end, column: start - line, commentsBefore };
        areCommentsInside = true;
      } else if (body === undefined) commentsBefore.push({ start, end });
      else areCommentsInside &&= start - line >= body.column;
      if (body !== undefined && areCommentsInside) Object.assign(body, { end: this.contentEnd(end), next: end });
      line = end + 1;
    }
    return body;
  }

  private indentationEnd(line: number): number {
    let offset = line;
    while (this.text.charCodeAt(offset) === SPACE) offset += 1;
    return offset;
  }

  private passComment(offset: number): number {
    const end = this.text.indexOf('\n', offset);
    this.commentEnd = end === -1 ? this.text.length : end;
    return this.commentEnd;
  }

  /** A comment goes up to the line end, other content up to the blanks before it. */
  private contentEnd(lineEnd: number): number {
    if (this.commentEnd === lineEnd) return lineEnd;
    let end = lineEnd;
    for (let unit = this.text.charCodeAt(end - 1); unit === SPACE || unit === TAB || unit === RETURN || unit === FORM_FEED;) {
      end -= 1;
      unit = this.text.charCodeAt(end - 1);
    }
    return end;
  }

  /** Where the line end of the logical line stands that goes on at the offset; -1 when the text ends before it closes. */
  private logicalLineEnd(from: number): number {
    const { text } = this;
    const { length } = text;
    let brackets = 0;
    let offset = from;
    while (offset < length) {
      const mark = MARKS[text.charCodeAt(offset)]!;
      if (mark === Mark.None) offset += 1;
      else if (mark === Mark.LineEnd) {
        if (brackets === 0) return offset;
        offset += 1;
      } else if (mark <= Mark.Closer) {
        brackets += mark === Mark.Opener ? 1 : -1;
        offset += 1;
      } else {
        offset = this.pass(mark, offset);
        if (offset < 0) return -1;
      }
    }
    return brackets === 0 ? length : -1;
  }

  private pass(mark: Mark, offset: number): number {
    if (mark === Mark.Quote) return this.stringEnd(offset);
    if (mark === Mark.Hash) return this.passComment(offset);
    return offset + (this.text.charCodeAt(offset + 1) === RETURN ? 3 : 2);
  }

  private stringEnd(quote: number): number {
    const { text } = this;
    const unit = text.charCodeAt(quote);
    const isTriple = text.charCodeAt(quote + 1) === unit && text.charCodeAt(quote + 2) === unit;
    const contentStart = isTriple ? quote + 3 : quote + 1;
    const end = isTriple ? this.tripleEnd(contentStart, unit === APOSTROPHE ? "'''" : '"""') : this.singleEnd(contentStart, unit);
    if (end < 0 || MAY_END_PREFIX[text.charCodeAt(quote - 1)] === 0) return end;
    return this.prefixedEnd(quote, contentStart, end);
  }

  private prefixedEnd(quote: number, contentStart: number, end: number): number {
    const prefix = /[a-zA-Z]{0,2}$/.exec(this.text.slice(Math.max(0, quote - 2), quote))![0];
    const brace = /[ft]/i.test(prefix) ? this.text.indexOf('{', contentStart) : -1;
    return brace === -1 || brace >= end ? end : this.formattedEnd(quote - prefix.length, contentStart);
  }

  private tripleEnd(from: number, delimiter: string): number {
    const { text } = this;
    let end = text.indexOf(delimiter, from);
    let offset = from;
    for (;;) {
      if (this.backslash < offset) this.backslash = nextBackslash(text, offset);
      if (end === -1) return -1;
      if (this.backslash >= end) return end + 3;
      offset = this.backslash + 2;
      if (offset > end) end = text.indexOf(delimiter, offset);
    }
  }

  private singleEnd(from: number, quote: number): number {
    const { text } = this;
    for (let offset = from; offset < text.length; offset += 1) {
      const at = text.charCodeAt(offset);
      if (at === quote) return offset + 1;
      if (at === NEW_LINE) return -1;
      if (at === BACKSLASH) offset += text.charCodeAt(offset + 1) === RETURN ? 2 : 1;
    }
    return -1;
  }
}

function nextBackslash(text: string, from: number): number {
  const offset = text.indexOf('\\', from);
  return offset === -1 ? text.length : offset;
}

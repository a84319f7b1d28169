import { escapeEnd } from './escape-end';
import { Token } from './token';
import { TreeBuilder } from './tree-builder';
import { inField, NO_CHILDREN, TreeNode } from './tree-node';

const QUOTE_UNITS = new Set([0x22, 0x27]);
const BACKSLASH = 0x5c;
const NEW_LINE = 0x0a;
const BRACE_OPEN = 0x7b;
const BRACE_CLOSE = 0x7d;

/** What the prefix and the quotes of a string say about its content. */
interface Delimiter {
  readonly unit: number;
  readonly isTriple: boolean;
  readonly isRaw: boolean;
  readonly isBytes: boolean;
  readonly isFormatted: boolean;
}

/** String literals, with what stands in them. */
export abstract class StringParser extends TreeBuilder {
  /** Whatever may stand in a replacement field before `=`, `!` and `:`. */
  protected abstract parseInterpolated(): TreeNode;

  /** One literal, or several side by side. */
  protected parseStrings(): TreeNode {
    const first = this.parseString();
    if (!this.at(Token.String)) return first;
    const mark = this.top;
    this.push(first);
    while (this.at(Token.String)) this.push(this.parseString());
    return this.finish('concatenated_string', mark);
  }

  private parseString(): TreeNode {
    const node = this.readString();
    if (!this.isGivenUp) this.end = node.end;
    this.advance();
    return node;
  }

  /** The literal whose opening quotes are the current token, without reading on behind it. */
  protected readString(): TreeNode {
    const mark = this.top;
    const delimiter = readDelimiter(this.text, this.start, this.end);
    this.push(new TreeNode('string_start', true, this.start, this.end, NO_CHILDREN));
    const contentStart = this.end;
    const plainEnd = delimiter.isFormatted || delimiter.isRaw ? -1 : plainContentEnd(this.text, contentStart, delimiter);
    if (plainEnd < 0) this.parseContents(contentStart, delimiter);
    else this.pushPlain(contentStart, plainEnd, delimiter);
    return this.finish('string', mark);
  }

  private pushPlain(start: number, end: number, { isTriple }: Delimiter): void {
    if (end > start) this.push(new TreeNode('string_content', true, start, end, NO_CHILDREN));
    this.push(new TreeNode('string_end', true, end, end + (isTriple ? 3 : 1), NO_CHILDREN));
  }

  private parseContents(start: number, delimiter: Delimiter): void {
    let offset = start;
    while (!this.isGivenUp) {
      offset = delimiter.isRaw ? this.pushRawContent(offset, delimiter) : this.pushContent(offset, delimiter);
      if (this.isGivenUp) return;
      if (this.text.charCodeAt(offset) !== BRACE_OPEN || !delimiter.isFormatted) return;
      offset = this.parseInterpolation('interpolation', offset, delimiter);
    }
  }

  /** Pushes what stands before the next replacement field, or before and with the closing quotes; returns where that is. */
  private pushContent(start: number, delimiter: Delimiter): number {
    const { text } = this;
    const { isFormatted } = delimiter;
    const mark = this.top;
    for (let offset = start; offset < text.length;) {
      const unit = text.charCodeAt(offset);
      if (unit === BACKSLASH) offset = this.pushEscape(offset, delimiter);
      else if (unit === delimiter.unit && closes(text, offset, delimiter)) return this.closeString(start, offset, mark, delimiter);
      else if (isFormatted && (unit === BRACE_OPEN || unit === BRACE_CLOSE)) {
        if (text.charCodeAt(offset + 1) !== unit) return unit === BRACE_OPEN ? this.closeContent(start, offset, mark) : this.fail();
        this.push(new TreeNode('escape_interpolation', true, offset, offset + 2, NO_CHILDREN));
        offset += 2;
      } else if (unit === NEW_LINE && !delimiter.isTriple) return this.fail();
      else offset += 1;
      if (offset < 0) return this.fail();
    }
    return this.fail();
  }

  private pushEscape(start: number, { isBytes, isFormatted }: Delimiter): number {
    const { text } = this;
    const isNamed = text[start + 1] === 'N' || text[start + 1] === 'u' || text[start + 1] === 'U';
    if (isBytes && isNamed) return /[\w {}]/.test(text[start + 2] ?? '') ? start + 3 : -1;
    const end = escapeEnd(text, start, isBytes);
    if (end < 0) return -1;
    if (end > start) this.push(new TreeNode('escape_sequence', true, start, end, NO_CHILDREN));
    else this.push(new TreeNode('\\', false, start, start + 1, NO_CHILDREN));
    if (end === start && isFormatted && text[start + 1] === '}') return -1;
    return end > start ? end : start + 1;
  }

  /**
   * Backslashes are text here. The grammar does not count a backslash and what it protects as content:
   * without other content before them they go to the closing quotes.
   */
  private pushRawContent(start: number, delimiter: Delimiter): number {
    const { text } = this;
    const mark = this.top;
    let contentEnd = start;
    for (let offset = start; offset < text.length;) {
      const unit = text.charCodeAt(offset);
      if (unit === BACKSLASH) offset = rawEscapeEnd(text, offset, delimiter);
      else if (unit === delimiter.unit && closes(text, offset, delimiter)) {
        const hasContent = contentEnd > start && text.charCodeAt(contentEnd - 1) !== delimiter.unit;
        if (!hasContent && contentEnd > start && offset > contentEnd) return this.fail();
        return this.closeString(start, contentEnd > start ? offset : start, mark, delimiter, offset);
      } else if (delimiter.isFormatted && (unit === BRACE_OPEN || unit === BRACE_CLOSE)) {
        if (contentEnd === start && offset > start) return this.fail();
        if (text.charCodeAt(offset + 1) !== unit) return unit === BRACE_OPEN ? this.closeContent(start, offset, mark) : this.fail();
        this.push(new TreeNode('escape_interpolation', true, offset, offset + 2, NO_CHILDREN));
        contentEnd = offset += 2;
        if (text.charCodeAt(offset) === BACKSLASH) return this.fail();
      } else if (unit === NEW_LINE && !delimiter.isTriple) return this.fail();
      else contentEnd = offset += 1;
    }
    return this.fail();
  }

  private closeContent(start: number, end: number, mark: number): number {
    const children = this.pop(mark);
    if (end > start) this.pushContentNode(start, end, children);
    return end;
  }

  private closeString(start: number, end: number, mark: number, { isTriple }: Delimiter, quote: number = end): number {
    this.closeContent(start, end, mark);
    this.push(new TreeNode('string_end', true, end, quote + (isTriple ? 3 : 1), NO_CHILDREN));
    return quote;
  }

  private pushContentNode(start: number, end: number, children: readonly TreeNode[]): void {
    const node = new TreeNode('string_content', true, start, end, children);
    for (const child of children) child.parent = node;
    this.push(node);
  }

  /** `{expression = !r :format}`; returns what follows it. */
  private parseInterpolation(type: string, start: number, delimiter: Delimiter): number {
    const mark = this.top;
    this.push(new TreeNode('{', false, start, start + 1, NO_CHILDREN));
    this.enter();
    this.brackets += 1;
    this.interpolations += 1;
    if (!delimiter.isTriple) this.lineInterpolations += 1;
    this.scan(start + 1);
    this.push(inField('expression', this.parseInterpolated()));
    if (this.at(Token.Assign)) this.push(this.take());
    if (this.at(Token.Bang)) this.push(this.parseConversion());
    if (this.at(Token.Colon)) this.parseFormat(delimiter);
    if (!this.at(Token.BraceClose)) this.giveUp();
    this.interpolations -= 1;
    if (!delimiter.isTriple) this.lineInterpolations -= 1;
    this.leave();
    this.push(new TreeNode('}', false, this.start, this.start + 1, NO_CHILDREN));
    const end = this.start + 1;
    this.push(this.finish(type, mark));
    return end;
  }

  private parseConversion(): TreeNode {
    const { start } = this;
    const node = new TreeNode('type_conversion', true, start, start + 2, NO_CHILDREN);
    if (!/^![rsa]\s*[:}]/.test(this.text.slice(start, start + 8))) this.giveUp();
    else this.scan(start + 2);
    return inField('type_conversion', node);
  }

  /** From the `:` to before the `}`, which is the current token then. */
  private parseFormat(delimiter: Delimiter): void {
    const { text } = this;
    const mark = this.top;
    this.push(new TreeNode(':', false, this.start, this.end, NO_CHILDREN));
    let offset = this.end;
    for (; !this.isGivenUp && text.charCodeAt(offset) !== BRACE_CLOSE;) {
      const unit = text.charCodeAt(offset);
      if (unit === BRACE_OPEN && text.charCodeAt(offset + 1) !== BRACE_OPEN)
        offset = this.parseInterpolation('format_expression', offset, delimiter);
      else if (offset >= text.length || unit === BRACE_OPEN || unit === NEW_LINE || unit === BACKSLASH || QUOTE_UNITS.has(unit))
        this.giveUp();
      else offset += 1;
    }
    const node = inField('format_specifier', this.finish('format_specifier', mark));
    node.end = offset;
    this.push(node);
    if (!this.isGivenUp) this.scan(offset);
  }

  private fail(): number {
    this.giveUp();
    return this.text.length;
  }
}

function readDelimiter(text: string, start: number, end: number): Delimiter {
  const unit = text.charCodeAt(end - 1);
  let quote = end - 1;
  const isTriple = end - start > 2 && text.charCodeAt(end - 2) === unit;
  if (isTriple) quote = end - 3;
  if (quote === start) return { unit, isTriple, isRaw: false, isBytes: false, isFormatted: false };
  const prefix = text.slice(start, quote).toLowerCase();
  return {
    unit,
    isTriple,
    isRaw: prefix.includes('r'),
    isBytes: prefix.includes('b'),
    isFormatted: prefix.includes('f') || prefix.includes('t'),
  };
}

/** Where a string of mere text closes; -1 when there is a backslash in it, or no end. */
function plainContentEnd(text: string, start: number, delimiter: Delimiter): number {
  for (let offset = start; offset < text.length; offset += 1) {
    const unit = text.charCodeAt(offset);
    if (unit === delimiter.unit) {
      if (closes(text, offset, delimiter)) return offset;
    } else if (unit === BACKSLASH || (unit === NEW_LINE && !delimiter.isTriple)) return -1;
  }
  return -1;
}

function closes(text: string, offset: number, { unit, isTriple }: Delimiter): boolean {
  return !isTriple || (text.charCodeAt(offset + 1) === unit && text.charCodeAt(offset + 2) === unit);
}

function rawEscapeEnd(text: string, start: number, { unit }: Delimiter): number {
  const next = text.charCodeAt(start + 1);
  let end = next === unit || next === BACKSLASH ? start + 2 : start + 1;
  if (text.charCodeAt(end) === 0x0d) end += 1;
  if (text.charCodeAt(end) === NEW_LINE) end += 1;
  return end;
}

export interface SkippedString {
  /** One past the closing quote, or where scanning goes on after a fault. */
  readonly end: number;
  readonly isClosed: boolean;
  readonly isTriple: boolean;
}

interface Frame {
  /** `text`: between quotes; `expression`: inside `{}`; `format`: after the `:` of a replacement field. */
  mode: 'text' | 'expression' | 'format';
  readonly delimiter: string;
  readonly isFormatted: boolean;
  brackets: number;
}

/** Skips one string literal whose opening quote stands at `quote`; strings inside replacement fields may nest. */
export function skipString(text: string, quote: number, prefix: string): SkippedString {
  const first = openString(text, quote, prefix);
  const stack: Frame[] = [first];
  let offset = quote + first.delimiter.length;
  while (offset < text.length) {
    const top = stack[stack.length - 1]!;
    const step = top.mode === 'text' ? stepText(text, offset, stack) : stepField(text, offset, stack);
    if (step === undefined) return { end: offset, isClosed: false, isTriple: first.delimiter.length === 3 };
    offset = step;
    if (stack.length === 0) return { end: offset, isClosed: true, isTriple: first.delimiter.length === 3 };
  }
  return { end: text.length, isClosed: false, isTriple: first.delimiter.length === 3 };
}

function openString(text: string, quote: number, prefix: string): Frame {
  const unit = text[quote]!;
  const delimiter = text.startsWith(unit.repeat(3), quote) ? unit.repeat(3) : unit;
  return { mode: 'text', delimiter, isFormatted: /[ft]/i.test(prefix), brackets: 0 };
}

/** The next offset, or undefined when the line ends inside a one-line string. */
function stepText(text: string, offset: number, stack: Frame[]): number | undefined {
  const top = stack[stack.length - 1]!;
  const unit = text[offset]!;
  if (unit === '\\') return offset + (text.startsWith('\r\n', offset + 1) ? 3 : 2);
  if (text.startsWith(top.delimiter, offset)) {
    stack.pop();
    return offset + top.delimiter.length;
  }
  if ((unit === '\n' || unit === '\r') && top.delimiter.length === 1) return undefined;
  if (top.isFormatted && unit === '{') {
    if (text[offset + 1] === '{') return offset + 2;
    stack.push({ ...top, mode: 'expression', brackets: 0 });
  }
  return offset + 1;
}

function stepField(text: string, offset: number, stack: Frame[]): number | undefined {
  const top = stack[stack.length - 1]!;
  const unit = text[offset]!;
  if (top.mode === 'format') return stepFormat(text, offset, stack);
  if (unit === '"' || unit === "'") {
    const nested = openString(text, offset, /[a-zA-Z]*$/.exec(text.slice(Math.max(0, offset - 2), offset))![0]);
    stack.push(nested);
    return offset + nested.delimiter.length;
  }
  if (unit === '#') return endOfLine(text, offset);
  if (unit === '(' || unit === '[' || unit === '{') top.brackets += 1;
  else if (top.brackets > 0 && (unit === ')' || unit === ']' || unit === '}')) top.brackets -= 1;
  else if (unit === '}') stack.pop();
  else if (unit === ':' && top.brackets === 0) top.mode = 'format';
  return offset + 1;
}

function stepFormat(text: string, offset: number, stack: Frame[]): number | undefined {
  const top = stack[stack.length - 1]!;
  const unit = text[offset]!;
  if (unit === '{') stack.push({ ...top, mode: 'expression', brackets: 0 });
  else if (unit === '}') stack.pop();
  else if (text.startsWith(top.delimiter, offset)) stack.pop();
  if (text.startsWith(top.delimiter, offset)) return offset;
  return unit === '\n' && top.delimiter.length === 1 ? undefined : offset + 1;
}

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end;
}

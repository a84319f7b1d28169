const HEX_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };
const SIMPLE = '\'"abfrntv\\\n';

/**
 * Where the escape sequence that begins with the backslash at `start` ends; `start` when there is none, so that the
 * backslash stands for itself; -1 when Python refuses it.
 */
export function escapeEnd(text: string, start: number, isBytes: boolean): number {
  const unit = text[start + 1] ?? '';
  if (unit === '') return -1;
  if (SIMPLE.includes(unit)) return start + 2;
  if (unit === '\r') return start + 3;
  if (unit >= '0' && unit <= '9') return digitsEnd(text, start + 1);
  if (unit === 'N') return nameEnd(text, start);
  const count = HEX_DIGITS[unit];
  if (count === undefined || (isBytes && unit !== 'x')) return start;
  return isHex(text, start + 2, count) ? start + 2 + count : -1;
}

function digitsEnd(text: string, start: number): number {
  let end = start + 1;
  while (end < start + 3 && text[end]! >= '0' && text[end]! <= '9') end += 1;
  return end;
}

function nameEnd(text: string, start: number): number {
  const end = text.indexOf('}', start);
  return text[start + 2] === '{' && end > start + 3 && end < start + 100 ? end + 1 : -1;
}

function isHex(text: string, start: number, count: number): boolean {
  return /^[\da-fA-F]+$/.test(text.slice(start, start + count)) && start + count <= text.length;
}

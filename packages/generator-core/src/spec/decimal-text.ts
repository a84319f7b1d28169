/** Exact comparison of numbers written as text: `0.10` is not a float. */
const decimalText = /^([+-]?)(\d{1,40})(?:\.(\d{1,40}))?$/;

export function isDecimalText(text: string): boolean {
  return decimalText.test(text);
}

/** Negative, zero or positive like `Array.sort` wants it; both must be decimal texts. */
export function compareDecimals(left: string, right: string): number {
  const difference = scaled(left) - scaled(right);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function fitsDecimal(text: string, { precision, scale }: { readonly precision: number; readonly scale: number }): boolean {
  const [, , whole = '', fraction = ''] = text.match(decimalText) ?? [];
  return whole.replace(/^0+/, '').length <= precision - scale && fraction.replace(/0+$/, '').length <= scale;
}

function scaled(text: string): bigint {
  const [, sign, whole = '0', fraction = ''] = text.match(decimalText) ?? [];
  const digits = BigInt(whole + fraction.padEnd(40, '0'));
  return sign === '-' ? -digits : digits;
}

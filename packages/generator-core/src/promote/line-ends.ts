/** With `\n`, as everything is compared and merged. */
export function withoutCarriageReturns(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

/** The text with the line ends of another: `\r\n` only where that has no other. */
export function withLineEndsOf(other: string | undefined, text: string): string {
  return other !== undefined && /\r\n/.test(other) && !/(^|[^\r])\n/.test(other) ? text.replaceAll('\n', '\r\n') : text;
}

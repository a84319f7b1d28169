/** The line with this number, counted from 1; undefined when the text is not known or has no such line. */
export function lineText(text: string | undefined, line: number): string | undefined {
  return text?.split(/\r\n|\n|\r/)[line - 1];
}

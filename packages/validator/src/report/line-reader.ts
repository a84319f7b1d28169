/** The text of a line, counted from 1; undefined when the file's text is not known or has no such line. */
export type LineReader = (path: string, line: number) => string | undefined;

/** Splits each text once, however many findings it has. */
export function lineReader(texts: ReadonlyMap<string, string> = new Map()): LineReader {
  const split = new Map<string, readonly string[]>();
  return (path, line) => {
    const lines = split.get(path) ?? texts.get(path)?.split(/\r\n|\n|\r/) ?? [];
    split.set(path, lines);
    return lines[line - 1];
  };
}

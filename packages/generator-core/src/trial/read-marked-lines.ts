/** The lines that begin with the mark, as the values they hold. What the project printed itself has no mark. */
export function readMarkedLines(output: string, mark: string): readonly Readonly<Record<string, unknown>>[] {
  return output.split('\n').flatMap((line) => {
    const start = line.indexOf(mark);
    if (start === -1) return [];
    try {
      return [JSON.parse(line.slice(start + mark.length)) as Readonly<Record<string, unknown>>];
    } catch {
      return [];
    }
  });
}

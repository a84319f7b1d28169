/** The last lines of a program's output that have words in them: most programs say there what went wrong. */
export function lastLines(output: string): readonly string[] {
  return output
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .slice(-12);
}

/** A case of a literate suite: files, and the diagnostics expected at their lines. */
export interface SuiteCase {
  readonly title: string;
  readonly files: ReadonlyMap<string, string>;
  /** Other projects, by name, in the order of the text: files whose path begins with `../name/`. */
  readonly libraries: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly expected: readonly Expectation[];
}

export interface Expectation {
  readonly path: string;
  readonly line: number;
  readonly rule: string;
  readonly certainty: 'certain' | 'possible';
  readonly part: string;
}

const ASSERTION = /#\s*(error|possible): \[([\w-]+)\](?: "([^"]*)")?/g;

/**
 * Headings are cases; a line with a path in backticks names the fenced block that follows.
 * A path that begins with `../name/` is one of the library `name`, which nothing may be found in.
 * `# error: [rule] "part"` stands at the end of the line meant, or alone on the line before it.
 */
export function readSuite(markdown: string): readonly SuiteCase[] {
  const cases: { title: string; files: Map<string, string>; libraries: Map<string, Map<string, string>>; expected: Expectation[] }[] = [];
  let path: string | undefined;
  let block: string[] | undefined;
  for (const line of markdown.split('\n')) {
    const current = cases[cases.length - 1];
    if (block !== undefined) {
      if (line !== '```' && line !== '~~~') block.push(line);
      else {
        if (current === undefined || path === undefined) throw new Error(`A block without a heading or a path: ${block.join(' / ')}`);
        filesOf(current, path).set(path.replace(LIBRARY, ''), block.map((text) => `${text}\n`).join(''));
        current.expected.push(...readExpectations(path, block));
        block = undefined;
        path = undefined;
      }
      continue;
    }
    const heading = /^#{2,}\s+(.+)$/.exec(line)?.[1];
    if (heading !== undefined) cases.push({ title: heading, files: new Map(), libraries: new Map(), expected: [] });
    path = /^`([^`]+)`:?$/.exec(line)?.[1] ?? path;
    if (/^(```|~~~)\w/.test(line)) block = [];
  }
  return cases;
}

const LIBRARY = /^\.\.\/([\w-]+)\//;

function filesOf({ files, libraries }: { files: Map<string, string>; libraries: Map<string, Map<string, string>> }, path: string) {
  const name = LIBRARY.exec(path)?.[1];
  if (name === undefined) return files;
  const known = libraries.get(name) ?? new Map<string, string>();
  libraries.set(name, known);
  return known;
}

function readExpectations(path: string, lines: readonly string[]): readonly Expectation[] {
  const expected: Expectation[] = [];
  let carried: Omit<Expectation, 'line'>[] = [];
  lines.forEach((text, index) => {
    const found = [...text.matchAll(ASSERTION)].map(([, kind, rule, part]) => ({
      path,
      rule: rule!,
      certainty: kind === 'error' ? ('certain' as const) : ('possible' as const),
      part: part ?? '',
    }));
    if (found.length > 0 && text.trimStart().startsWith('#')) {
      carried.push(...found);
      return;
    }
    expected.push(...[...carried, ...found].map((expectation) => ({ ...expectation, line: index + 1 })));
    carried = [];
  });
  return expected;
}

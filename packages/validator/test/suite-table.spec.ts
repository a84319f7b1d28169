import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSuite } from './read-suite';

const SUITES = join(__dirname, '..', 'suites');

/** Rows of the table: what Python does, and the cases that show it, each as `file: heading`. */
function readRows(): readonly { readonly title: string; readonly cases: readonly string[] }[] {
  const lines = readFileSync(join(SUITES, 'README.md'), 'utf8').split('\n');
  return lines
    .filter((line) => /^\| (?!What Python does|-)/.test(line))
    .map((line) => {
      const [, title = '', cases = ''] = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
      return { title, cases: readCases(cases) };
    });
}

/** `import/a.md`: One; Two; `names/b.md`: Three. A heading may hold a semicolon: it is then joined to what follows. */
function readCases(cell: string): readonly string[] {
  return cell.split(/(?:^|; )(?=`[\w-]+\/[\w-]+\.md`: )/).flatMap((part) => {
    const [, file, titles] = /^`([^`]+)`: (.+)$/.exec(part) ?? [];
    return file === undefined ? [] : joinedTitles(file, titles!.split('; '));
  });
}

function joinedTitles(file: string, parts: readonly string[]): readonly string[] {
  const known = headings(file);
  const cases: string[] = [];
  for (let index = 0; index < parts.length; index += 1) {
    let title = parts[index]!;
    while (!known.has(title) && index + 1 < parts.length && [...known].some((heading) => heading.startsWith(`${title}; `)))
      title = `${title}; ${parts[(index += 1)]!}`;
    cases.push(`${file}: ${title}`);
  }
  return cases;
}

function headings(file: string): ReadonlySet<string> {
  return new Set(readSuite(readFileSync(join(SUITES, file), 'utf8')).map(({ title }) => title));
}

test('every row of the resolution table is shown by cases that exist', () => {
  const rows = readRows();
  const missing = rows.flatMap(({ title, cases }) => {
    const lost = cases.filter((name) => !headings(name.split(': ', 1)[0]!).has(name.slice(name.indexOf(': ') + 2)));
    return cases.length === 0 ? [`${title}: no case`] : lost.map((name) => `${title}: ${name}`);
  });
  expect(missing).toEqual([]);
  expect(rows.length).toBeGreaterThan(40);
});

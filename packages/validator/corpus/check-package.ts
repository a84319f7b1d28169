import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../src/index';
import { openProject, readProjectFiles } from '../src/index';
import type { CorpusPackage } from './fetch-packages';

export interface PackageResult {
  readonly files: number;
  readonly bytes: number;
  /** What is found, as lines of the expected file: one for each finding, or for each subject of those that repeat. */
  readonly findings: readonly string[];
}

/** All certain findings outside the files that are broken on purpose. */
export function checkPackage(folder: string, { broken = [] }: CorpusPackage): PackageResult {
  const { files, diagnostics } = readProjectFiles(folder);
  const found = [...diagnostics, ...openProject({ files }).check()].filter(({ certainty }) => certainty === 'certain');
  const isBroken = (path: string): boolean =>
    broken.some((place) => path === place.path || (place.path.endsWith('/') && path.startsWith(place.path)));
  const python = [...files].filter(([path]) => path.endsWith('.py'));
  return {
    files: python.length,
    bytes: python.reduce((sum, [, text]) => sum + Buffer.byteLength(text), 0),
    findings: summarise(found.filter(({ path }) => !isBroken(path))),
  };
}

/** A missing requirement is one fact, however many files import it; so is a habit of writing `except:`. */
function summarise(found: readonly Diagnostic[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const diagnostic of found) counts.set(keyOf(diagnostic), (counts.get(keyOf(diagnostic)) ?? 0) + 1);
  return [...counts].map(([key, count]) => (count === 1 ? key : `${key} (${count} times)`)).sort();
}

function keyOf({ rule, path, range, message }: Diagnostic): string {
  if (rule === 'bare-except') return rule;
  if (rule === 'undeclared-distribution') return `${rule} ${/`([^`]+)`/.exec(message)?.[1] ?? ''}`;
  return `${rule} ${path}:${range.start.line}`;
}

const SEPARATOR = '  # ';

/** Finding → why it is right. */
export function readExpected(name: string): ReadonlyMap<string, string> {
  const file = expectedFile(name);
  if (!existsSync(file)) return new Map();
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return new Map(lines.map((line): [string, string] => [line.split(SEPARATOR, 1)[0]!, line.split(SEPARATOR)[1] ?? '']));
}

/** Keeps the reasons; a finding without one is marked, and a test refuses the mark. */
export function writeExpected(name: string, findings: readonly string[]): void {
  const before = readExpected(name);
  writeFileSync(expectedFile(name), findings.map((finding) => `${finding}${SEPARATOR}${before.get(finding) ?? 'TODO'}\n`).join(''));
}

function expectedFile(name: string): string {
  return join(__dirname, 'expected', `${name}.txt`);
}

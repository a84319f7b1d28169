import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFile, writeFiles } from './write-files';

export type TestVerdict =
  | { readonly kind: 'passed' }
  | {
      readonly kind: 'failed';
      /** Python could not import something. */
      readonly isImportFailure: boolean;
    };

export interface ServiceTests {
  /** All tests of the service with another text of one file; the first failure is enough. */
  run(path: string, text: string): TestVerdict;
  close(): void;
}

/** A service in a folder of its own, tested by a Python that has its packages. Its tests are those made from the spec. */
export function openServiceTests(python: string, texts: ReadonlyMap<string, string>): ServiceTests {
  const folder = mkdtempSync(join(tmpdir(), 'planted-faults-'));
  writeFiles(folder, texts);
  const known = new Map<string, TestVerdict>();
  return {
    run(path, text) {
      const key = `${path}\n${text}`;
      const verdict = known.get(key) ?? runTests(python, folder, { path, text, original: texts.get(path)! });
      known.set(key, verdict);
      return verdict;
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

interface Change {
  readonly path: string;
  readonly text: string;
  readonly original: string;
}

function runTests(python: string, folder: string, { path, text, original }: Change): TestVerdict {
  writeFile(folder, path, text);
  const args = ['-B', '-m', 'pytest', '-q', '-x', '-p', 'no:cacheprovider'];
  const { status, stdout, stderr, error } = spawnSync(python, args, { cwd: folder, encoding: 'utf8', timeout: 300_000 });
  writeFile(folder, path, original);
  if (error !== undefined && !('code' in error && error.code === 'ETIMEDOUT')) throw error;
  if (status === 0) return { kind: 'passed' };
  return { kind: 'failed', isImportFailure: /\b(?:ImportError|ModuleNotFoundError)\b/.test(`${stdout}${stderr}`) };
}

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { GenerationResult } from '../../src/run/generation-result';
import { generateService } from '../../src/run/generate-service';

/** A repository of git with a service at its root, in a temporary folder. */
export interface Repository {
  /** What git says; throws when it fails and that is not expected. */
  readonly git: (...words: readonly string[]) => string;
  readonly files: () => Readonly<Record<string, string>>;
  readonly write: (path: string, text: string) => void;
  /** Writes the spec, generates, and writes what comes out. */
  readonly generate: (specText: string) => GenerationResult;
  readonly close: () => void;
}

export function openRepository(): Repository {
  const folder = mkdtempSync(join(tmpdir(), 'fastapi-branches-'));
  const git = (...words: readonly string[]): string => {
    const identity = [
      '-c',
      'user.name=Test',
      '-c',
      'user.email=test@example.com',
      '-c',
      'core.autocrlf=false',
      '-c',
      'commit.gpgsign=false',
    ];
    const { stdout, stderr, error } = spawnSync('git', [...identity, ...words], { cwd: folder, encoding: 'utf8' });
    if (error !== undefined) throw error;
    return stdout + stderr;
  };
  const paths = (inside = ''): string[] =>
    readdirSync(join(folder, inside), { withFileTypes: true }).flatMap((entry) =>
      entry.name === '.git' ? [] : entry.isDirectory() ? paths(`${inside}${entry.name}/`) : [`${inside}${entry.name}`],
    );
  const read = (path: string): string => readFileSync(join(folder, path), 'utf8');
  const files = (): Readonly<Record<string, string>> =>
    Object.fromEntries(
      paths()
        .sort()
        .map((path) => [path, read(path)]),
    );
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  git('init', '--quiet', '--initial-branch=main');
  return {
    git,
    files,
    write,
    generate: (specText) => {
      write('service.yaml', specText);
      const found = files();
      const result = generateService({ specText, project: { list: () => Object.keys(found), read: (path) => found[path] } });
      if (result.kind !== 'generated') return result;
      for (const [path, text] of result.writes) write(path, text);
      for (const path of result.deletes) rmSync(join(folder, path));
      return result;
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

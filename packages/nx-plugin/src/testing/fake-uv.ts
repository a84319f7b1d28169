import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { vi } from 'vitest';
import { temporaryFolder } from './temporary-folder';

/**
 * Puts a `uv` of our own first on the PATH: each row is a start of the arguments and the shell lines that answer it.
 * Gives a function that tells how it was called.
 */
export function fakeUv(answers: Readonly<Record<string, string>> = {}): () => readonly string[] {
  const folder = temporaryFolder({ calls: '' });
  const cases = Object.entries(answers).map(([args, lines]) => `"${args}"*) ${lines} ;;`);
  writeFileSync(
    join(folder, 'uv'),
    ['#!/bin/sh', `echo "$*" >> "${join(folder, 'calls')}"`, 'case "$*" in', ...cases, 'esac', ''].join('\n'),
  );
  chmodSync(join(folder, 'uv'), 0o755);
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env['PATH'] ?? ''}`);
  return () => readFileSync(join(folder, 'calls'), 'utf8').trimEnd().split('\n');
}

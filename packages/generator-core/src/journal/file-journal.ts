import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Completion } from '../model/completion';
import type { Journal } from './journal';
import { formatEntry, readJournal } from './read-journal';

/** A journal in a file, made when the first entry comes. Each entry is one line, flushed to the disk before `append` returns. */
export function openFileJournal(file: string): Journal {
  const known = new Map<string, Completion>(readJournal(textOf(file)));
  let descriptor: number | undefined;
  return {
    find: (hash) => known.get(hash),
    append: (entry) => {
      if (descriptor === undefined) descriptor = openForAppending(file);
      writeSync(descriptor, formatEntry(entry));
      fsyncSync(descriptor);
      known.set(entry.hash, entry.completion);
    },
  };
}

/** A line break first: the line before may have been cut short. */
function openForAppending(file: string): number {
  mkdirSync(dirname(file), { recursive: true });
  const descriptor = openSync(file, 'a', 0o600);
  writeSync(descriptor, '\n');
  process.once('exit', () => closeSync(descriptor));
  return descriptor;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

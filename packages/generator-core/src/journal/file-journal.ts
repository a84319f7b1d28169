import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Journal, JournalEntry } from './journal';
import { formatEntry, readJournal } from './read-journal';

export interface FileJournal extends Journal {
  /** At the end of a whole run: forgets what nothing asked for in it, and what was answered for `unwanted` paths. A kill meanwhile loses nothing. */
  readonly compact: (unwanted: ReadonlySet<string>) => void;
}

/** A journal in a file, made when the first entry comes. Each entry is one line, flushed to the disk before `append` returns. */
export function openFileJournal(file: string): FileJournal {
  const known = new Map<string, JournalEntry>(readJournal(textOf(file)));
  const used = new Set<string>();
  let descriptor: number | undefined;
  return {
    find: (hash) => {
      used.add(hash);
      return known.get(hash)?.completion;
    },
    append: (entry) => {
      if (descriptor === undefined) descriptor = openForAppending(file);
      writeSync(descriptor, formatEntry(entry));
      fsyncSync(descriptor);
      known.set(entry.hash, entry);
    },
    compact: (unwanted) => {
      const entries = [...known.values()].filter(({ hash, path }) => used.has(hash) && !unwanted.has(path));
      if (entries.length === known.size) return;
      const whole = `${file}.new`;
      writeFileSync(whole, entries.map(formatEntry).join(''), { mode: 0o600, flush: true });
      renameSync(whole, file);
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

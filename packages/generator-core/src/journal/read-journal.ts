import type { JournalEntry } from './journal';

/** The entries of a journal's text, by hash. A line that a kill cut short, or that nobody can read, is passed over: it is paid for again. */
export function readJournal(text: string): ReadonlyMap<string, JournalEntry> {
  const entries = new Map<string, JournalEntry>();
  for (const line of text.split('\n')) {
    const entry = parseLine(line);
    if (entry !== undefined) entries.set(entry.hash, entry);
  }
  return entries;
}

export function formatEntry(entry: JournalEntry): string {
  return `${JSON.stringify(entry)}\n`;
}

function parseLine(line: string): JournalEntry | undefined {
  try {
    const entry = JSON.parse(line) as Partial<JournalEntry> | null;
    const isWhole =
      typeof entry?.hash === 'string' && typeof entry.completion?.text === 'string' && entry.completion.finishReason !== undefined;
    return isWhole ? (entry as JournalEntry) : undefined;
  } catch {
    return undefined;
  }
}

import type { Completion } from '../model/completion';
import type { JournalEntry } from './journal';

/** The completions of a journal's text, by hash. A line that a kill cut short, or that nobody can read, is passed over: it is paid for again. */
export function readJournal(text: string): ReadonlyMap<string, Completion> {
  const completions = new Map<string, Completion>();
  for (const line of text.split('\n')) {
    const entry = parseLine(line);
    if (entry !== undefined) completions.set(entry.hash, entry.completion);
  }
  return completions;
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

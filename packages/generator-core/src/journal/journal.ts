import type { Completion } from '../model/completion';

/** What runs have paid for, by the hash of the request, so that a killed run pays for nothing twice, and a repeated one for nothing at all. */
export interface Journal {
  readonly find: (hash: string) => Completion | undefined;
  /** Returns when the entry is safe on the disk. */
  readonly append: (entry: JournalEntry) => void;
}

export interface JournalEntry {
  readonly hash: string;
  /** The artifact it was asked for, for who reads the file. */
  readonly path: string;
  readonly completion: Completion;
}

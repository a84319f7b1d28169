import type { Completion } from '../model/completion';

/** What a run has paid for, by the hash of the request. Kept until the run is promoted, so that a killed run pays for nothing twice. */
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

import { rememberVerdict, type VerdictPlace } from '../cache/verdict';
import { findRoots } from './find-roots';
import { prepareProjects } from './prepare-projects';
import { runValidate, type CommandOutcome } from './run-validate';

/** A run that no kept verdict answers; plain data, so that it can be handed to a thread. */
export interface RunInput {
  readonly words: readonly string[];
  /** Reported paths are relative to it. */
  readonly folder: string;
  /** Where the facts, and the verdict under its key, are kept; undefined: nowhere. */
  readonly place: VerdictPlace | undefined;
}

export interface Remembered {
  readonly outcome: CommandOutcome;
  /** The paths among the words, and the projects they led to. */
  readonly paths: readonly string[];
  readonly roots: readonly string[];
}

/** Reads and judges; remembers the verdict. Says byte for byte what `runValidate` says. */
export async function runAnew({ words, folder, place }: RunInput): Promise<CommandOutcome> {
  const startedAt = Date.now();
  const prepared = await prepareProjects({ words, folder, cacheFolder: place?.cacheFolder });
  if (prepared === undefined) return runValidate({ words, folder });
  const { projects, reads, paths } = prepared;
  const outcome = runValidate({ words, folder, projects });
  const remembered: Remembered = { outcome, paths, roots: findRoots(folder, paths) };
  if (place !== undefined && outcome.exitCode !== 2) rememberVerdict(place, { outcome: remembered, reads, startedAt });
  return outcome;
}

import { recallVerdict, type VerdictPlace } from '../cache/verdict';
import { cacheFolderOf } from './cache-options';
import { findRoots } from './find-roots';
import type { Remembered } from './run-anew';
import { runInThread } from './run-in-thread';
import type { CommandOutcome } from './run-validate';

interface CommandWords {
  readonly words: readonly string[];
  /** Reported paths are relative to it. */
  readonly folder: string;
}

/**
 * One run of the command with its cache and threads; says byte for byte what `runValidate` says.
 * All that judges is loaded only when no kept verdict holds.
 */
export async function runCommand({ words, folder }: CommandWords): Promise<CommandOutcome> {
  const cacheFolder = cacheFolderOf(words, folder);
  const place = cacheFolder === undefined ? undefined : { cacheFolder, key: JSON.stringify([folder, words]) };
  const known = place === undefined ? undefined : recall(place, folder);
  return known ?? runInThread({ words, folder, place });
}

/** A pyproject.toml that appeared above can make a path another project's. */
function recall(place: VerdictPlace, folder: string): CommandOutcome | undefined {
  try {
    const known = recallVerdict<Remembered>(place);
    return known !== undefined && findRoots(folder, known.paths).join('\n') === known.roots.join('\n') ? known.outcome : undefined;
  } catch {
    return undefined;
  }
}

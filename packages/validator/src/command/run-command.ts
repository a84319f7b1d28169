import { recallVerdict, rememberVerdict, type VerdictPlace } from '../cache/verdict';
import { cacheFolderOf } from './cache-options';
import { findRoots } from './find-roots';
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
  if (known !== undefined) return known;
  const startedAt = Date.now();
  const { prepareProjects } = await import('./prepare-projects.js');
  const { runValidate } = await import('./run-validate.js');
  const prepared = await prepareProjects({ words, folder, cacheFolder });
  if (prepared === undefined) return runValidate({ words, folder });
  const { projects, reads, paths } = prepared;
  const outcome = runValidate({ words, folder, projects });
  if (place !== undefined && outcome.exitCode !== 2)
    remember(place, { outcome, paths, roots: findRoots(folder, paths) }, { reads, startedAt });
  return outcome;
}

interface Remembered {
  readonly outcome: CommandOutcome;
  /** The paths among the words, and the projects they led to. */
  readonly paths: readonly string[];
  readonly roots: readonly string[];
}

function remember(
  place: VerdictPlace,
  outcome: Remembered,
  verdict: Omit<Parameters<typeof rememberVerdict<Remembered>>[1], 'outcome'>,
): void {
  rememberVerdict(place, { ...verdict, outcome });
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

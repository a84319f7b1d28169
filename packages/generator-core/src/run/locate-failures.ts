import type { Frame, TrialFailure } from '../trial/trial';

export interface LocateOptions {
  readonly failures: readonly TrialFailure[];
  /** Files that may be to blame: those of the model that stand in the project. */
  readonly suspects: readonly string[];
  /** Runs what failed again with the templates' files at these paths, and gives what still fails. */
  readonly rerun: (failures: readonly TrialFailure[], templated: readonly string[]) => Promise<readonly TrialFailure[]>;
}

export interface Located {
  /** What each file is to blame for, by path. */
  readonly blamed: ReadonlyMap<string, readonly TrialFailure[]>;
  /** What fails with the templates' files, too. */
  readonly unexplained: readonly TrialFailure[];
}

/** Runs that one search may take. */
const MOST_RUNS = 24;

/**
 * Which file of the model makes each thing fail. The last suspect that a traceback names is tried first: the template's file in its place
 * must mend it. What is left is narrowed down by halves (group testing, after Zeller's delta debugging): a half whose templates mend it holds the culprit.
 */
export async function locateFailures({ failures, suspects, rerun }: LocateOptions): Promise<Located> {
  const search = new Search(suspects, rerun);
  await search.locate(failures);
  return { blamed: new Map([...search.blamed].sort(([left], [right]) => (left < right ? -1 : 1))), unexplained: search.unexplained };
}

class Search {
  readonly blamed = new Map<string, TrialFailure[]>();
  readonly unexplained: TrialFailure[] = [];
  private runs = 0;

  constructor(
    private readonly suspects: readonly string[],
    private readonly rerun: LocateOptions['rerun'],
  ) {}

  async locate(failures: readonly TrialFailure[]): Promise<void> {
    const left = await this.tryNamed(failures);
    if (left.length === 0) return;
    const { mended, failing } = await this.split(left, this.suspects);
    this.unexplained.push(...failing);
    if (mended.length > 0) await this.narrow(mended, this.suspects);
  }

  /** Gives what the suspects that tracebacks name do not explain. */
  private async tryNamed(failures: readonly TrialFailure[]): Promise<readonly TrialFailure[]> {
    const named = new Map(failures.map((failure) => [failure, this.lastSuspect(failure.frames)]));
    const paths = [...new Set([...named.values()].filter((path) => path !== undefined))].sort();
    if (paths.length === 0) return failures;
    const { mended, failing } = await this.split(failures, paths);
    const ownMended = mended.filter((failure) => named.get(failure) !== undefined);
    for (const failure of ownMended) this.blame(named.get(failure)!, [failure]);
    const rest = mended.filter((failure) => named.get(failure) === undefined);
    if (rest.length > 0) await this.narrow(rest, paths);
    return failing;
  }

  private async narrow(failures: readonly TrialFailure[], suspects: readonly string[]): Promise<void> {
    if (suspects.length === 1 || this.runs >= MOST_RUNS) {
      for (const suspect of suspects) this.blame(suspect, failures);
      return;
    }
    const half = suspects.slice(0, Math.ceil(suspects.length / 2));
    const { mended, failing } = await this.split(failures, half);
    if (mended.length > 0) await this.narrow(mended, half);
    if (failing.length > 0) await this.narrow(failing, suspects.slice(half.length));
  }

  private async split(
    failures: readonly TrialFailure[],
    templated: readonly string[],
  ): Promise<{ readonly mended: readonly TrialFailure[]; readonly failing: readonly TrialFailure[] }> {
    this.runs += 1;
    const still = new Set((await this.rerun(failures, templated)).map(keyOf));
    return {
      mended: failures.filter((failure) => !still.has(keyOf(failure))),
      failing: failures.filter((failure) => still.has(keyOf(failure))),
    };
  }

  private lastSuspect(frames: readonly Frame[]): string | undefined {
    return frames.findLast(({ path }) => this.suspects.includes(path))?.path;
  }

  private blame(path: string, failures: readonly TrialFailure[]): void {
    this.blamed.set(path, [...(this.blamed.get(path) ?? []), ...failures]);
  }
}

function keyOf({ check, name }: TrialFailure): string {
  return `${check} ${name}`;
}

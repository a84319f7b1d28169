import { openProject } from '@org/validator';
import type { Attempt } from '../attempt/attempt';
import type { ArtifactWritten } from '../attempt/write-artifact';
import type { GenerationPlan } from '../plan/generation-plan';
import type { Trial, TrialFailure, TrialSelection } from '../trial/trial';
import { acceptedTexts } from './accepted-texts';
import type { ArtifactWriter } from './artifact-writer';
import { locateFailures, type Located } from './locate-failures';
import { needsClosure } from './needs-closure';
import { trialDiagnostics } from './trial-diagnostics';

export interface TryOptions {
  readonly plan: GenerationPlan;
  readonly writer: ArtifactWriter;
  /** Undefined when nothing may be run: then the files are only held against each other. */
  readonly trial: Trial | undefined;
  readonly written: ReadonlyMap<string, ArtifactWritten>;
  /** The whole project without what the model wrote: templates, and texts of the user's own. */
  readonly baseTexts: ReadonlyMap<string, string>;
  readonly signal: AbortSignal;
  readonly onRound?: (round: number, failures: readonly TrialFailure[], blamed: readonly string[]) => void;
}

export interface Tried {
  readonly written: ReadonlyMap<string, ArtifactWritten>;
  readonly rounds: number;
  /** Tests that passed in the last round. */
  readonly passed: number;
  /** What fails in the end, for reasons that are not the model's: empty when all is well. */
  readonly unexplained: readonly TrialFailure[];
}

/**
 * Runs the staged project, has each file that is to blame mended by the same policy that wrote it, and runs it again,
 * until nothing fails that the model could be blamed for. Every round costs an attempt of each blamed file, and who has none left
 * is replaced by the template's file, so it ends.
 */
export async function tryAndMend(options: TryOptions): Promise<Tried> {
  const { trial, baseTexts, signal, onRound } = options;
  const written = new Map(options.written);
  for (let round = 1; ; round += 1) {
    const texts = new Map([...baseTexts, ...acceptedTexts(written)]);
    const { failures, passed, located } = await findFailures({
      trial,
      texts,
      baseTexts,
      suspects: [...acceptedTexts(written).keys()],
      plan: options.plan,
    });
    const { blamed, unexplained } = located;
    onRound?.(round, failures, [...blamed.keys()]);
    if (blamed.size === 0 || signal.aborted) return { written, rounds: round, passed, unexplained };
    await Promise.all(
      [...blamed].map(async ([path, failures]) => written.set(path, await mend(path, failures, { ...options, written }, texts))),
    );
  }
}

interface FindOptions extends Pick<TryOptions, 'trial' | 'plan' | 'baseTexts'> {
  readonly texts: ReadonlyMap<string, string>;
  /** Files of the model that stand in the project. */
  readonly suspects: readonly string[];
}

interface Found {
  readonly failures: readonly TrialFailure[];
  readonly passed: number;
  readonly located: Located;
}

/** What reading shows comes first: nothing is run that is known not to work. */
async function findFailures({ trial, texts, baseTexts, suspects, plan }: FindOptions): Promise<Found> {
  const read = staticFailures(texts);
  if (read.length > 0 || trial === undefined) return { failures: read, passed: 0, located: blameStatically(read, suspects, plan) };
  const { failures, passed } = await trial.run(texts);
  return { failures, passed, located: await locateFailures({ failures, suspects, rerun: rerunWith({ trial, texts, baseTexts }) }) };
}

function mend(
  path: string,
  failures: readonly TrialFailure[],
  { writer, written }: TryOptions,
  texts: ReadonlyMap<string, string>,
): Promise<ArtifactWritten> {
  const { attempts } = written.get(path)!;
  const last = attempts.at(-1)!;
  const text = texts.get(path)!;
  const shown: Attempt = { ...last, outcome: { kind: 'rejected', text, diagnostics: trialDiagnostics(path, failures) } };
  return writer.write(path, acceptedTexts(written), [...attempts.slice(0, -1), shown]);
}

/** Each file passed on its own; a file that was mended or given up since may no longer fit another. */
function staticFailures(texts: ReadonlyMap<string, string>): readonly TrialFailure[] {
  return openProject({ files: new Map(texts) })
    .check()
    .filter(({ certainty }) => certainty === 'certain')
    .map(({ path, rule, message, range }) => ({
      check: 'imports',
      name: `${path} ${rule}: ${message}`,
      text: `${path}, line ${range.start.line}: ${message}`,
      frames: [{ path, line: range.start.line }],
    }));
}

/** The file itself when the model wrote it, else the files of the model that it needs. */
function blameStatically(failures: readonly TrialFailure[], suspects: readonly string[], plan: GenerationPlan): Located {
  const blamed = new Map<string, TrialFailure[]>();
  const unexplained: TrialFailure[] = [];
  for (const failure of failures) {
    const [{ path } = { path: '' }] = failure.frames;
    const guilty = suspects.includes(path) ? [path] : needsClosure(path, plan).filter((need) => suspects.includes(need));
    if (guilty.length === 0) unexplained.push(failure);
    for (const each of guilty) blamed.set(each, [...(blamed.get(each) ?? []), failure]);
  }
  return { blamed, unexplained };
}

interface RerunSource {
  readonly trial: Trial;
  readonly texts: ReadonlyMap<string, string>;
  readonly baseTexts: ReadonlyMap<string, string>;
}

function rerunWith({ trial, texts, baseTexts }: RerunSource) {
  return async (failures: readonly TrialFailure[], templated: readonly string[]): Promise<readonly TrialFailure[]> => {
    const mixed = new Map([...texts, ...templated.map((path): [string, string] => [path, baseTexts.get(path)!])]);
    const selection: TrialSelection = {
      checks: [...new Set(failures.map(({ check }) => check))],
      tests: failures.filter(({ check }) => check === 'tests').map(({ name }) => name),
    };
    const { failures: found } = await trial.run(mixed, selection);
    const asked = new Set(failures.map(({ name }) => name));
    // Something else fails now, a module that cannot be loaded for one: it is not known that anything is mended.
    return found.some(({ name }) => !asked.has(name)) ? failures : found;
  };
}

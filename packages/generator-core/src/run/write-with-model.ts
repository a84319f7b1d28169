import type { Attempt } from '../attempt/attempt';
import { askModel, type AskingModel } from '../attempt/ask-model';
import { writeArtifact, type ArtifactWritten } from '../attempt/write-artifact';
import { buildContext } from '../context/build-context';
import { fitContext } from '../context/fit-context';
import { signaturesOf } from '../context/signatures-of';
import { CandidateJudge } from '../gate/candidate-judge';
import type { Artifact } from '../plan/artifact';
import type { GenerationPlan } from '../plan/generation-plan';
import type { ServiceSpec } from '../spec/service-spec';
import { scheduleUnits } from './schedule-units';

/** What the model writes: the functions of operations, or every Python file of the service. */
export type ModelShare = 'operations' | 'all';

export interface ModelRun {
  readonly spec: ServiceSpec;
  readonly specText: string;
  readonly plan: GenerationPlan;
  /** The templates' texts by path, through their gates already: what a model does not better stays as they are. */
  readonly templateTexts: ReadonlyMap<string, string>;
  readonly share: ModelShare;
  readonly prompts: ReadonlyMap<string, string>;
  readonly asking: AskingModel;
  /** Tokens of a prompt's context, and of an answer. */
  readonly contextTokens?: number;
  readonly answerTokens?: number;
  /** Artifacts under way at the same time. */
  readonly concurrency?: number;
  readonly onStart?: (path: string) => void;
  readonly onAttempt?: (path: string, attempt: Attempt) => void;
}

export interface ModelWriting {
  /** Text by path, of all files. */
  readonly texts: ReadonlyMap<string, string>;
  /** By path, sorted: what became of each file that the model was to write. */
  readonly written: ReadonlyMap<string, ArtifactWritten>;
}

/**
 * Has a model write its share of the plan, each file as soon as what it needs is accepted. What it does not get right stays
 * the template's. The texts depend on the answers alone, not on the order they arrive in.
 */
export async function writeWithModel(run: ModelRun): Promise<ModelWriting> {
  const artifacts = run.plan.artifacts.filter((artifact) => isModels(artifact, run.share));
  const judge = new CandidateJudge(run.templateTexts);
  const written = new Map<string, ArtifactWritten>();
  await scheduleUnits({
    units: artifacts.map((artifact) => ({ name: artifact.path, needs: closureOf(artifact.path, run.plan) })),
    limit: run.concurrency ?? 8,
    work: async (path) => {
      run.onStart?.(path);
      written.set(path, await writeOne(run.plan.graph.nodes[path]!.data, { run, judge, accepted: acceptedOf(path, run.plan, written) }));
    },
  });
  const sorted = new Map([...written].sort(([left], [right]) => (left < right ? -1 : 1)));
  const own = [...sorted].flatMap(([path, result]): [string, string][] => (result.kind === 'accepted' ? [[path, result.text]] : []));
  return { texts: new Map([...run.templateTexts, ...own]), written: sorted };
}

/** Packages' `__init__` files and the start of the service hold no thought of their own: their templates write them. */
function isModels({ path, role }: Artifact, share: ModelShare): boolean {
  if (role === 'operation-service') return true;
  return (
    share === 'all' && path.startsWith('app/') && path.endsWith('.py') && !path.endsWith('__init__.py') && !path.startsWith('app/core/')
  );
}

interface Writing {
  readonly run: ModelRun;
  readonly judge: CandidateJudge;
  readonly accepted: ReadonlyMap<string, string>;
}

function writeOne(artifact: Artifact, { run, judge, accepted }: Writing): Promise<ArtifactWritten> {
  const { spec, specText, plan, asking, prompts, contextTokens = 24_000, answerTokens = 16_384 } = run;
  const surfaceOf = (path: string) => judge.surfaceOf(path, accepted);
  const context = buildContext(artifact, { spec, specText, plan, surfaceOf, contract: signaturesOf(surfaceOf(artifact.path)), prompts });
  return writeArtifact({
    context: fitContext(context, contextTokens),
    prompts,
    maxOutputTokens: answerTokens,
    ask: (request) => askModel(artifact.path, request, asking),
    judge: (candidate) => judge.judge(artifact, candidate, accepted),
    onAttempt: (attempt) => run.onAttempt?.(artifact.path, attempt),
  });
}

/** Everything a file needs, directly or not, itself aside. Sorted. */
function closureOf(path: string, { graph }: GenerationPlan): readonly string[] {
  const seen = new Set<string>();
  const pending = [path];
  while (pending.length > 0) {
    for (const { target } of graph.dependencies[pending.pop()!] ?? []) {
      if (target === path || seen.has(target)) continue;
      seen.add(target);
      pending.push(target);
    }
  }
  return [...seen].sort();
}

function acceptedOf(path: string, plan: GenerationPlan, written: ReadonlyMap<string, ArtifactWritten>): ReadonlyMap<string, string> {
  const texts = closureOf(path, plan).flatMap((need): [string, string][] => {
    const result = written.get(need);
    return result?.kind === 'accepted' ? [[need, result.text]] : [];
  });
  return new Map(texts);
}

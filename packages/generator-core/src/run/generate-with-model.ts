import type { AskingModel } from '../attempt/ask-model';
import type { ArtifactWritten } from '../attempt/write-artifact';
import { readPrompts } from '../context/prompt-store';
import { learnLessons } from '../knowledge/learn-lessons';
import type { Knowledge } from '../knowledge/lesson';
import { lessonsFor } from '../knowledge/lessons-for';
import { noWishes } from '../migration/next-migration';
import { readTemplates } from '../render/template-store';
import { createModelReport } from '../report/create-model-report';
import type { TrialReport } from '../report/model-report';
import { emptyHistory, type RunHistory } from '../report/run-history';
import type { Trial, TrialOpening } from '../trial/trial';
import { acceptedTexts } from './accepted-texts';
import { ArtifactWriter } from './artifact-writer';
import { estimateModelRun, type RunEstimate } from './estimate-model-run';
import { finishService } from './finish-service';
import { fittingTexts } from './fitting-texts';
import type { GenerateServiceOptions } from './generate-service';
import type { GenerationResult } from './generation-result';
import { isModels, type ModelShare } from './model-share';
import { prepareService, type Preparation, type PreparedService } from './prepare-service';
import { readOwnTexts } from './read-own-texts';
import type { RunEvent } from './run-event';
import { tryAndMend, type Tried } from './try-and-mend';
import { writeWithModel } from './write-with-model';

export interface GenerateWithModelOptions extends GenerateServiceOptions {
  readonly share: ModelShare;
  readonly asking: AskingModel;
  /** Makes ready to run the project, from the text of its `pyproject.toml`. */
  readonly openTrial: (pyproject: string) => Promise<TrialOpening>;
  readonly prompts?: ReadonlyMap<string, string>;
  /** What mended files before. */
  readonly knowledge?: Knowledge;
  /** Of earlier runs in the workspace. */
  readonly history?: RunHistory;
  readonly concurrency?: number;
  readonly onEvent?: (event: RunEvent) => void;
}

/**
 * The run with a model: read the spec, plan, make every file from its template; then have the model write its share, each file as soon
 * as what it needs is accepted; run the whole shut in and mend what fails; compare with the disk, report.
 * What the model does not get right stays the template's, and is flagged. Files the user has edited are not asked for.
 * Writes nothing itself. Throws what `generateService` throws.
 */
export async function generateWithModel(options: GenerateWithModelOptions): Promise<GenerationResult> {
  const { asking, project, onEvent } = options;
  const start = asking.now();
  const preparation = prepareFor(options);
  if (preparation.kind !== 'prepared') return preparation;
  const run = beginRun(preparation.service, options);
  const refusal = refusalBeforePaying(run, options);
  if (refusal !== undefined) return refusal;

  onEvent?.({ kind: 'run-start', estimate: estimateRun(run, options) });
  const opening = options.openTrial(run.service.templateTexts.get('pyproject.toml') ?? '');
  const first = await writeShare(run, options);
  const { written, trial } = await tryOut(run, first, await opening, options);
  if (asking.signal.aborted) return { kind: 'cancelled' };

  const accepted = acceptedTexts(written);
  return finishService({
    service: run.service,
    project,
    texts: new Map([...run.baseTexts, ...accepted, ...run.users]),
    kept: new Set(run.users.keys()),
    models: modelsOf(run, accepted, asking.model.id),
    merge: options.merge,
    learned: [...written].flatMap(([path, result]) =>
      learnLessons({ role: run.service.plan.graph.nodes[path]!.data.role, model: asking.model.id, written: result }),
    ),
    modelReport: createModelReport({
      spec: run.service.spec,
      plan: run.service.plan,
      share: options.share,
      provider: asking.model.provider,
      model: asking.model.id,
      price: asking.model.capabilities.price,
      written,
      kept: new Set(run.users.keys()),
      trial,
      spent: asking.budget.spent,
      history: options.history ?? emptyHistory,
      milliseconds: asking.now() - start,
    }),
  });
}

/** What the run comes to, without a call: for a dry run. Undefined when the run would be refused, which `generateService` tells. */
export function estimateWithModel(options: GenerateWithModelOptions): RunEstimate | undefined {
  const preparation = prepareFor(options);
  return preparation.kind === 'prepared' ? estimateRun(beginRun(preparation.service, options), options) : undefined;
}

function prepareFor({ specText, project, templates = readTemplates(), migration = noWishes }: GenerateWithModelOptions): Preparation {
  return prepareService({ specText, project, templates, migration });
}

interface ModelRun {
  readonly service: PreparedService;
  readonly writer: ArtifactWriter;
  /** What the model is asked for. */
  readonly paths: readonly string[];
  /** Files of its share that the user has edited; they stay as they are. */
  readonly users: ReadonlyMap<string, string>;
  /** Those of them that pass the gates: the others are written against. */
  readonly given: ReadonlyMap<string, string>;
  /** The whole project without what the model writes. */
  readonly baseTexts: ReadonlyMap<string, string>;
}

function beginRun(
  service: PreparedService,
  { share, asking, project, prompts = readPrompts(), knowledge = [], onEvent }: GenerateWithModelOptions,
): ModelRun {
  const { plan, last, templateTexts } = service;
  const writer = new ArtifactWriter({
    ...service,
    prompts,
    asking,
    lessonsFor: (artifact) => lessonsFor(artifact, knowledge),
    onAttempt: (path, attempt) => onEvent?.({ kind: 'attempt-end', path, attempt, spent: asking.budget.spent }),
  });
  const shared = plan.artifacts.filter((artifact) => isModels(artifact, share)).map(({ path }) => path);
  const own = readOwnTexts({ plan, last, project, isAsked: (path) => shared.includes(path) });
  const earlier = [...own.models].filter(([path]) => !shared.includes(path));
  const given = fittingTexts(new Map([...earlier, ...own.users]), { plan, templateTexts });
  return {
    service,
    writer,
    paths: shared.filter((path) => !own.users.has(path) && !own.deleted.has(path)),
    users: own.users,
    given,
    baseTexts: new Map([...templateTexts, ...given]),
  };
}

/** The disk forbids the run, whatever the model writes: nobody should pay to be told that afterwards. */
function refusalBeforePaying({ service, users }: ModelRun, { project, merge }: GenerateWithModelOptions): GenerationResult | undefined {
  const result = finishService({ service, project, texts: service.templateTexts, kept: new Set(users.keys()), models: new Map(), merge });
  return result.kind === 'refused' ? result : undefined;
}

function estimateRun({ service, writer, paths }: ModelRun, { asking }: GenerateWithModelOptions): RunEstimate {
  const requests = paths.map((path) => ({ request: writer.firstRequest(path), templateText: service.templateTexts.get(path)! }));
  return estimateModelRun({ requests, price: asking.model.capabilities.price });
}

function writeShare(
  { service, writer, paths, given }: ModelRun,
  { concurrency, onEvent }: GenerateWithModelOptions,
): Promise<ReadonlyMap<string, ArtifactWritten>> {
  let done = 0;
  return writeWithModel({
    plan: service.plan,
    writer,
    paths,
    given,
    ...(concurrency === undefined ? {} : { concurrency }),
    onStart: (path) => onEvent?.({ kind: 'artifact-start', path }),
    onEnd: (path, written) => onEvent?.({ kind: 'artifact-end', path, written, done: (done += 1), asked: paths.length }),
  });
}

interface TriedOut {
  readonly written: ReadonlyMap<string, ArtifactWritten>;
  readonly trial: TrialReport;
}

async function tryOut(
  { service, writer, baseTexts }: ModelRun,
  written: ReadonlyMap<string, ArtifactWritten>,
  opening: TrialOpening,
  { asking, onEvent }: GenerateWithModelOptions,
): Promise<TriedOut> {
  const trial = opening.kind === 'ready' && acceptedTexts(written).size > 0 ? opening.trial : undefined;
  try {
    if (trial !== undefined) onEvent?.({ kind: 'trial-start', level: trial.level, weakness: trial.weakness });
    const tried = await tryAndMend({
      plan: service.plan,
      writer,
      trial,
      written,
      baseTexts,
      signal: asking.signal,
      onRound: (round, failures, blamed) =>
        (trial !== undefined || failures.length > 0) && onEvent?.({ kind: 'round-end', round, failures: failures.length, blamed }),
    });
    if (opening.kind === 'not-run') return { written: tried.written, trial: opening };
    if (trial === undefined)
      return { written: tried.written, trial: { kind: 'not-run', why: 'The model has written nothing that could be run.' } };
    return { written: tried.written, trial: reportTrial(tried, trial) };
  } finally {
    if (opening.kind === 'ready') opening.trial.close();
  }
}

function reportTrial({ rounds, passed, unexplained }: Tried, { level, weakness }: Trial): TrialReport {
  return { kind: 'ran', level, weakness, rounds, passed, unexplained: unexplained.map(({ check, name }) => `${check}: ${name}`) };
}

/** Who wrote what, for the manifest: earlier runs' files that stay keep their model. */
function modelsOf({ service, paths }: ModelRun, accepted: ReadonlyMap<string, string>, model: string): ReadonlyMap<string, string> {
  const isStill = (path: string): boolean => service.plan.graph.nodes[path] !== undefined && !paths.includes(path);
  const earlier = [...(service.last?.manifest.artifacts.values() ?? [])].flatMap(({ path, model }): [string, string][] =>
    model !== undefined && isStill(path) ? [[path, model]] : [],
  );
  return new Map([...earlier, ...[...accepted.keys()].map((path): [string, string] => [path, model])]);
}

import type { AskingModel } from '../attempt/ask-model';
import type { ArtifactWritten } from '../attempt/write-artifact';
import { readPrompts } from '../context/prompt-store';
import { learnLessons } from '../knowledge/learn-lessons';
import type { Knowledge } from '../knowledge/lesson';
import { lessonsFor } from '../knowledge/lessons-for';
import { differingPart } from '../keys/differing-part';
import { noWishes } from '../migration/next-migration';
import type { ProjectReader } from '../project/project-reader';
import { openMerger } from '../merge/open-merger';
import type { ArtifactKey } from '../promote/artifact-key';
import { refusalByDisk, type DiskRefusal } from '../promote/compare-with-disk';
import type { ArtifactDetails } from '../promote/create-manifest';
import { readTemplates } from '../render/template-store';
import { createModelReport } from '../report/create-model-report';
import type { Explanation } from '../report/explanation';
import type { TrialReport } from '../report/model-report';
import { emptyHistory, type RunHistory } from '../report/run-history';
import type { Trial, TrialOpening } from '../trial/trial';
import { acceptedTexts } from './accepted-texts';
import { ArtifactWriter } from './artifact-writer';
import { estimateModelRun, type RunEstimate } from './estimate-model-run';
import { finishService } from './finish-service';
import type { GenerateServiceOptions } from './generate-service';
import type { GenerationResult } from './generation-result';
import { keptDetails, keptOfModels, type KeptOfModels } from './kept-of-models';
import { isModels, type ModelShare } from './model-share';
import { prepareService, type Preparation, type PreparedService } from './prepare-service';
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
 * The run with a model: read the spec, plan, make from templates what would be another now; then have the model write its share, each file as soon
 * as what it needs is accepted; run the whole shut in and mend what fails; compare with the disk, report.
 * What it wrote from the same in an earlier run stands and is not asked for again, nor is what the user wrote.
 * What the model does not get right stays as it was written before, where that fits still, else the template's, and is flagged.
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
  const opening = run.expected.length === 0 ? NOTHING_ASKED : options.openTrial(run.service.templateTexts.get('pyproject.toml') ?? '');
  const { written: first, kept } = await writeShare(run, options);
  const { written, trial } = await tryOut(run, { first, kept, opening: await opening }, options);
  if (asking.signal.aborted) return { kind: 'cancelled' };

  const accepted = acceptedTexts(written);
  const ofModel = new Map([...kept, ...accepted]);
  const standing = standingTexts(run, written, ofModel);
  return finishService({
    service: run.service,
    project,
    texts: new Map([...run.baseTexts, ...ofModel, ...standing]),
    merge: options.merge,
    details: new Map([...run.others.details, ...keptDetails(standing.keys(), run.service), ...detailsOf(run, ofModel, options)]),
    explanations: new Map([...run.service.made.explanations, ...run.others.explanations, ...run.explanations]),
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
      kept: run.users,
      unchanged: new Set(kept.keys()),
      standing: new Set(standing.keys()),
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

const NOTHING_ASKED: TrialOpening = { kind: 'not-run', why: 'Nothing was asked of the model.' };

function prepareFor(options: GenerateWithModelOptions): Preparation {
  const { specText, project, templates = readTemplates(), prompts = readPrompts(), migration = noWishes, all = false } = options;
  return prepareService({ specText, project, templates, prompts: () => prompts, migration, all, asksModel: true });
}

interface ModelRun {
  readonly service: PreparedService;
  readonly writer: ArtifactWriter;
  /** Its share, but for what is the user's. */
  readonly paths: readonly string[];
  /** Files of its share that the user has written. */
  readonly users: ReadonlySet<string>;
  /** What models wrote in earlier runs and none is asked for. */
  readonly others: KeptOfModels;
  /** The whole project without what the model writes in its share. */
  readonly baseTexts: ReadonlyMap<string, string>;
  /** What it wrote in earlier runs, by path. */
  readonly earlier: ReadonlyMap<string, Earlier>;
  /** What it is asked for as far as it is known before the first answer: another answer may show others something new. */
  readonly expected: readonly string[];
  /** Why it was asked for a file of its share, or not; filled as they come up. */
  readonly explanations: Map<string, Explanation>;
}

interface Earlier {
  readonly text: string;
  readonly key: ArtifactKey | undefined;
}

function beginRun(
  service: PreparedService,
  { share, asking, project, prompts = readPrompts(), knowledge = [], onEvent, all = false }: GenerateWithModelOptions,
): ModelRun {
  const { plan, templateTexts } = service;
  const writer = new ArtifactWriter({
    ...service,
    prompts,
    asking,
    lessonsFor: (artifact) => lessonsFor(artifact, knowledge),
    onAttempt: (path, attempt) => onEvent?.({ kind: 'attempt-end', path, attempt, spent: asking.budget.spent }),
  });
  const shared = plan.artifacts.filter((artifact) => isModels(artifact, share)).map(({ path }) => path);
  const deleted = shared.filter((path) => service.memory.recordOf(path) !== undefined && project.read(path) === undefined);
  const users = new Set(shared.filter((path) => isUsers(path, service, project)));
  const paths = shared.filter((path) => !users.has(path) && !deleted.includes(path));
  const others = keptOfModels(service, (path) => paths.includes(path));
  const earlier = earlierOf(paths, service);
  const texts = new Map([...others.texts, ...[...earlier].map(([path, { text }]): [string, string] => [path, text])]);
  return {
    service,
    writer,
    paths,
    users,
    others,
    baseTexts: new Map([...templateTexts, ...others.texts]),
    earlier,
    expected: all ? paths : paths.filter((path) => differenceTo(earlier.get(path), writer, path, texts) !== undefined),
    explanations: new Map([...users, ...deleted].map((path): [string, Explanation] => [path, { kind: 'kept', path, because: 'user' }])),
  };
}

/** Whether the user has written a file: an edited one that no model wrote. Edits of a model's file are merged with what it writes. */
function isUsers(path: string, { memory, templateTexts }: PreparedService, project: ProjectReader): boolean {
  const record = memory.recordOf(path);
  const text = project.read(path);
  if (record === undefined || record.model !== undefined || text === undefined) return false;
  return text !== memory.baseOf(path) && text !== templateTexts.get(path);
}

function earlierOf(paths: readonly string[], { memory }: PreparedService): ReadonlyMap<string, Earlier> {
  return new Map(
    paths.flatMap((path): [string, Earlier][] => {
      const record = memory.recordOf(path);
      const text = memory.baseOf(path);
      return record?.model === undefined || text === undefined ? [] : [[path, { text, key: record.key }]];
    }),
  );
}

/** Why the model is to be asked for a file beside these; undefined when what it wrote stands. */
function differenceTo(
  earlier: Earlier | undefined,
  writer: ArtifactWriter,
  path: string,
  texts: ReadonlyMap<string, string>,
): keyof ArtifactKey | 'unknown' | 'unfit' | undefined {
  if (earlier?.key === undefined) return 'unknown';
  return differingPart(earlier.key, writer.keyOf(path, texts)) ?? (writer.fits(path, earlier.text, texts) ? undefined : 'unfit');
}

function explain(path: string, difference: ReturnType<typeof differenceTo>, { service }: ModelRun, all: boolean): Explanation {
  if (difference === undefined) return { kind: 'kept', path, because: 'same' };
  const record = service.memory.recordOf(path);
  if (record === undefined) return { kind: 'made', path, because: 'new' };
  if (all) return { kind: 'made', path, because: 'asked' };
  if (difference !== 'needs') return { kind: 'made', path, because: difference };
  const needs = service.plan.graph.nodes[path]!.data.needs;
  return { kind: 'made', path, because: 'needs', needs: needs.filter((need) => service.made.explanations.get(need)?.kind === 'made') };
}

/** The disk forbids the run, whatever the model writes: nobody should pay to be told that afterwards. */
function refusalBeforePaying(
  { service, baseTexts, earlier }: ModelRun,
  { project, merge = openMerger() }: GenerateWithModelOptions,
): DiskRefusal | undefined {
  const texts = new Map([...baseTexts, ...[...earlier].map(([path, { text }]): [string, string] => [path, text])]);
  return refusalByDisk({ texts, last: service.last, project, tools: { merge, canonical: (_, text) => text } });
}

function estimateRun({ service, writer, expected }: ModelRun, { asking }: GenerateWithModelOptions): RunEstimate {
  const requests = expected.map((path) => ({ request: writer.firstRequest(path), templateText: service.templateTexts.get(path)! }));
  return estimateModelRun({ requests, price: asking.model.capabilities.price });
}

interface ShareWritten {
  readonly written: ReadonlyMap<string, ArtifactWritten>;
  /** What the model wrote in earlier runs and stands. */
  readonly kept: ReadonlyMap<string, string>;
}

async function writeShare(run: ModelRun, { concurrency, onEvent, all = false }: GenerateWithModelOptions): Promise<ShareWritten> {
  const { service, writer, paths, others, earlier, expected } = run;
  const kept = new Map<string, string>();
  let done = 0;
  let started = 0;
  const written = await writeWithModel({
    plan: service.plan,
    writer,
    paths,
    given: others.texts,
    ...(concurrency === undefined ? {} : { concurrency }),
    keep: (path, texts) => {
      const difference = all ? 'unknown' : differenceTo(earlier.get(path), writer, path, texts);
      run.explanations.set(path, explain(path, difference, run, all));
      if (difference !== undefined) return undefined;
      const { text } = earlier.get(path)!;
      kept.set(path, text);
      return text;
    },
    onStart: (path) => {
      started += 1;
      onEvent?.({ kind: 'artifact-start', path });
    },
    onEnd: (path, result) =>
      onEvent?.({ kind: 'artifact-end', path, written: result, done: (done += 1), asked: Math.max(expected.length, started) }),
  });
  return { written, kept };
}

interface TriedOut {
  readonly written: ReadonlyMap<string, ArtifactWritten>;
  readonly trial: TrialReport;
}

interface TryingOut {
  readonly first: ReadonlyMap<string, ArtifactWritten>;
  readonly kept: ReadonlyMap<string, string>;
  readonly opening: TrialOpening;
}

async function tryOut(
  { service, writer, baseTexts }: ModelRun,
  { first: written, kept, opening }: TryingOut,
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
      baseTexts: new Map([...baseTexts, ...kept]),
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

/** A file that the model did not get right stays as a model wrote it before, where that fits still: a working function is no 501 because nobody answered. */
function standingTexts(
  { earlier, writer, others }: ModelRun,
  written: ReadonlyMap<string, ArtifactWritten>,
  ofModel: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const texts = new Map([...others.texts, ...ofModel]);
  const givenUp = [...written].flatMap(([path, { kind }]) => (kind === 'given-up' ? [path] : []));
  return new Map(
    givenUp.flatMap((path): [string, string][] => {
      const text = earlier.get(path)?.text;
      return text !== undefined && writer.fits(path, text, texts) ? [[path, text]] : [];
    }),
  );
}

/** Of what stands of the model in its share: keys by what stands in the end, so that the next run finds them as they are. */
function detailsOf(
  { service, writer, others }: ModelRun,
  ofModel: ReadonlyMap<string, string>,
  { asking }: GenerateWithModelOptions,
): ReadonlyMap<string, ArtifactDetails> {
  const texts = new Map([...others.texts, ...ofModel]);
  return new Map(
    [...ofModel.keys()].map((path): [string, ArtifactDetails] => [
      path,
      { key: writer.keyOf(path, texts), surface: service.made.surfaces.get(path), model: asking.model.id },
    ]),
  );
}

import { logger } from '@nx/devkit';
import {
  Budget,
  CallLimiter,
  estimateWithModel,
  formatCassette,
  generateWithModel,
  GenerationError,
  formatKnowledge,
  historyLine,
  mergeLessons,
  openFileJournal,
  openTrial,
  readHistory,
  readKnowledge,
  recordExchange,
  systemClock,
  generatorVersion,
  traceModel,
  traceRun,
  type AskingModel,
  type Exchange,
  type FileJournal,
  type GenerateWithModelOptions,
  type Knowledge,
  type LanguageModel,
  type MigrationWishes,
  type ProjectReader,
  type TracingApi,
} from '@org/generator-core';
import { knowledgePath, openStateFolder, type StateFolder } from '../../adapters/state-folder';
import { writeUserFile } from '../../adapters/write-user-file';
import { UserError } from '../../errors/user-error';
import type { ModelSettings } from './model-settings';
import { openRunModel, verifyModel } from './open-run-model';
import { openTracing } from './open-tracing';
import { describeEstimate, progressLine } from './progress';
import type { Spec } from './read-spec';
import { settle, type Generated } from './run-core';
import { untilInterrupted } from './until-interrupted';

export interface ModelRunOptions {
  readonly settings: ModelSettings;
  readonly spec: Spec;
  readonly directory: string;
  readonly project: ProjectReader;
  readonly migration: MigrationWishes;
  /** Make everything again, whatever it was made from. */
  readonly all: boolean;
  readonly workspaceRoot: string;
  /** Where the user is. */
  readonly userFolder: string;
}

/** Makes the service in memory, with a model for its share. Every end but a good one is one `UserError` with all there is to say. */
export function runWithModel(options: ModelRunOptions): Promise<Generated> {
  return mendable(async () => {
    const api = await openTracing(options.workspaceRoot);
    const run = traced(await prepareRun(options), api);
    return untilInterrupted(async (signal) => {
      await verifyModel(run.model, signal);
      try {
        const result = await spanned(run, api, () => generateWithModel(generationOptions(run, options, signal)));
        const generated = settle(result, options);
        keepRecords(run, generated);
        return generated;
      } finally {
        keepCassette(run, options);
      }
    });
  });
}

/** What the run would come to. Makes no call. */
export async function describeModelPlan(options: ModelRunOptions): Promise<string> {
  const run = await prepareRun(options);
  const estimate = estimateWithModel(generationOptions(run, options, new AbortController().signal));
  return estimate === undefined ? '' : `  ${run.modelId} would be asked; ${describeEstimate(estimate)}`;
}

interface Run {
  readonly model: LanguageModel;
  /** Of the model that is asked first. */
  readonly modelId: string;
  readonly limiter: CallLimiter;
  readonly state: StateFolder;
  readonly journal: FileJournal;
  readonly knowledge: Knowledge;
  readonly exchanges: Map<string, Exchange>;
}

async function prepareRun({ settings, directory, workspaceRoot, userFolder }: ModelRunOptions): Promise<Run> {
  const limiter = new CallLimiter(settings.concurrency);
  const model = await openRunModel({ settings, limiter, workspaceRoot, userFolder });
  const state = openStateFolder(workspaceRoot, directory);
  return {
    model,
    modelId: model.id,
    limiter,
    state,
    journal: openFileJournal(state.journalFile),
    knowledge: readKnowledge(state.readKnowledge(), knowledgePath),
    exchanges: new Map(),
  };
}

function generationOptions(
  run: Run,
  { settings, spec, project, migration, all }: ModelRunOptions,
  signal: AbortSignal,
): GenerateWithModelOptions {
  return {
    specText: spec.text,
    project,
    migration,
    all,
    share: settings.share,
    concurrency: settings.concurrency,
    asking: askingOf(run, settings, signal),
    openTrial: (pyproject) => openTrial({ pyproject, signal, allowUnsandboxed: settings.allowUnsandboxed }),
    history: readHistory(run.state.readHistory()),
    knowledge: run.knowledge,
    onEvent: (event) => {
      const line = progressLine(event);
      if (line !== undefined) logger.info(line);
    },
  };
}

function askingOf(
  { model, modelId, limiter, journal, exchanges }: Run,
  { limits, record }: ModelSettings,
  signal: AbortSignal,
): AskingModel {
  const secrets = ['GEMINI_API_KEY', 'GOOGLE_API_KEY'].flatMap((name) => process.env[name] ?? []);
  return {
    model,
    journal,
    limiter,
    signal,
    now: systemClock.now,
    budget: new Budget({ limits, price: () => model.capabilities.price, now: systemClock.now }),
    ...(record === undefined
      ? {}
      : {
          onAnswer: (request, completion) => {
            const exchange = recordExchange(request, completion, { model: modelId, secrets });
            exchanges.set(exchange.hash, exchange);
          },
        }),
  };
}

function keepRecords({ state, journal, knowledge }: Run, { modelReport, learned = [] }: Generated): void {
  if (modelReport === undefined) return;
  if (learned.length > 0 && modelReport.spent.calls > 0) state.writeKnowledge(formatKnowledge(mergeLessons(knowledge, learned)));
  // What did not do is not remembered, so that the same command is another try at it.
  journal.compact(new Set(modelReport.flags.map(({ path }) => path)));
  state.appendHistory(historyLine(modelReport));
  const file = state.writeReport(`${JSON.stringify(modelReport, undefined, 2)}\n`);
  logger.info(`  the whole report: ${file}`);
}

/** Errors of the core that the user can mend are shown without a stack. */
async function mendable<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof GenerationError) throw new UserError(error.message, { cause: error });
    if (!isOfDisk(error)) throw error;
    const mend = 'Make room, or let the place be written to, and run the same command again: what was answered is kept.';
    throw new UserError(`${error.message}. No file of the service was written. ${mend}`, { cause: error });
  }
}

/** A full disk, or a place that may not be written to. */
function isOfDisk(error: unknown): error is NodeJS.ErrnoException {
  return (
    error instanceof Error &&
    'code' in error &&
    ['ENOSPC', 'EDQUOT', 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(String(error.code))
  );
}

/** Where nothing was answered, an earlier cassette is better than an empty one. */
function keepCassette({ modelId, exchanges }: Run, { settings: { record }, userFolder }: ModelRunOptions): void {
  if (record === undefined || exchanges.size === 0) return;
  writeUserFile(userFolder, record, formatCassette({ model: modelId, exchanges: [...exchanges.values()] }));
}

function traced(run: Run, api: TracingApi | undefined): Run {
  return api === undefined ? run : { ...run, model: traceModel(run.model, { api, version: generatorVersion }) };
}

function spanned<Result>({ model }: Run, api: TracingApi | undefined, work: () => Promise<Result>): Promise<Result> {
  return api === undefined ? work() : traceRun({ api, version: generatorVersion, provider: model.provider }, work);
}

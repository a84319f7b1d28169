import { logger } from '@nx/devkit';
import { CallLimiter, openModel, systemClock, usePatientNetwork, type LanguageModel } from '@org/generator-core';
import { importFromWorkspace } from '../../adapters/import-from-workspace';
import { readUserFile } from '../../adapters/read-user-file';
import { UserError } from '../../errors/user-error';
import type { ModelSettings } from './model-settings';

interface OpenOptions {
  readonly settings: ModelSettings;
  readonly limiter: CallLimiter;
  readonly workspaceRoot: string;
  /** Where the user is: files they name are found from there. */
  readonly userFolder: string;
}

/** The model of a run. Calls nobody. Throws `UserError` when it cannot be. */
export async function openRunModel({ settings, limiter, workspaceRoot, userFolder }: OpenOptions): Promise<LanguageModel> {
  const opening = await openModel(
    {
      choice: settings.choice,
      timeoutMilliseconds: settings.timeoutMilliseconds,
      prices: settings.prices,
      clock: systemClock,
      onRetry: ({ kind, message }, wait) => {
        if (kind === 'rate-limited') limiter.shrink();
        logger.info(`  ${message} Trying again in ${Math.ceil(wait / 1000)} s.`);
      },
      onFallback: (left, next, { message }) => logger.warn(`  ${message} From here on ${next.id} is asked instead of ${left.id}.`),
    },
    {
      environment: process.env,
      readFile: (path) => readUserFile(userFolder, path),
      importPackage: (name) => importFromWorkspace(workspaceRoot, name),
      today: new Date().toISOString().slice(0, 10),
    },
  );
  if (opening.kind === 'refused') throw new UserError(`${opening.message} Nothing was written.`);
  for (const warning of opening.warnings) logger.warn(warning);
  usePatientNetwork(settings.timeoutMilliseconds);
  return opening.model;
}

/** Whether key, address and model are good, before any file is made. Throws `UserError` when they are not. */
export async function verifyModel(model: LanguageModel, signal: AbortSignal): Promise<void> {
  const failure = await model.verify(signal);
  if (failure !== undefined) throw new UserError(`${failure.message} Nothing was written.`);
}

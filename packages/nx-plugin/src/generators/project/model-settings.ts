import { readNxJson, type Tree } from '@nx/devkit';
import { modelShares, type BudgetLimits, type ModelPrice, type ModelShare } from '@org/generator-core';
import { UserError } from '../../errors/user-error';
import type { RunOptions } from './schema';

/** How a model is to be used in this run; all given. */
export interface ModelSettings {
  /** As the user wrote it: `gemini:<id>`. */
  readonly choice: string;
  readonly share: ModelShare;
  readonly limits: BudgetLimits;
  readonly concurrency: number;
  readonly timeoutMilliseconds: number;
  readonly prices: Readonly<Record<string, ModelPrice>>;
  /** Where to write a cassette; undefined: nowhere. */
  readonly record: string | undefined;
  readonly acceptFlagged: boolean;
  readonly allowUnsandboxed: boolean;
}

/** Read by `tools/write-docs.ts`: the comments are what users read. */
interface ModelPluginOptions {
  /** The language model of runs that name none with `--model`. */
  readonly model?: string;
  /** What it writes where `--write` is not given. */
  readonly write?: string;
  /** Prices of models that are not known, by id, for `--maxCost` and the report. */
  readonly modelPrices?: Readonly<Record<string, ModelPrice>>;
}

/** From the command line, else from the plugin's options in nx.json; undefined when no model is asked for. Throws `UserError`. */
export function readModelSettings(tree: Tree, options: RunOptions): ModelSettings | undefined {
  const defaults = pluginOptions(tree);
  const choice = (options.model ?? defaults.model ?? '').trim();
  if (choice === '' || choice === 'none') return undefined;
  return {
    choice,
    share: shareOf(options.write ?? defaults.write ?? 'operations'),
    limits: limitsOf(options),
    concurrency: atLeastOne('--concurrency', options.concurrency ?? 8),
    timeoutMilliseconds: 1000 * atLeastOne('--model-timeout', options.modelTimeout ?? 900),
    prices: defaults.modelPrices ?? {},
    record: options.record,
    acceptFlagged: options.acceptFlagged ?? false,
    allowUnsandboxed: options.allowUnsandboxed ?? false,
  };
}

function pluginOptions(tree: Tree): ModelPluginOptions {
  for (const plugin of readNxJson(tree)?.plugins ?? []) {
    if (typeof plugin !== 'string' && plugin.plugin === '@org/fastapi') return (plugin.options ?? {}) as ModelPluginOptions;
  }
  return {};
}

function shareOf(word: string): ModelShare {
  const share = modelShares.find((each) => each === word);
  if (share === undefined) throw new UserError(`--write "${word}" is none of ${modelShares.join(', ')}.`);
  return share;
}

function limitsOf({ maxCalls, maxTokens, maxCost, maxMinutes }: RunOptions): BudgetLimits {
  return {
    ...(maxCalls === undefined ? {} : { calls: atLeastOne('--max-calls', maxCalls) }),
    ...(maxTokens === undefined ? {} : { tokens: atLeastOne('--max-tokens', maxTokens) }),
    ...(maxCost === undefined ? {} : { cost: positive('--max-cost', maxCost) }),
    ...(maxMinutes === undefined ? {} : { time: 60_000 * positive('--max-minutes', maxMinutes) }),
  };
}

function atLeastOne(option: string, value: number): number {
  if (value >= 1) return value;
  throw new UserError(`${option} ${value} is too little: give at least 1.`);
}

function positive(option: string, value: number): number {
  if (value > 0) return value;
  throw new UserError(`${option} ${value} is too little: give more than 0.`);
}

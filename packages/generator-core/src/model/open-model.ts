import { assertNever } from '../spec/assert-never';
import type { AiSdkLanguageModel } from './ai-sdk/ai-sdk-language-model';
import { fromAiSdk } from './ai-sdk/from-ai-sdk';
import { readCassette } from './cassette/cassette';
import { createReplayModel } from './cassette/replay-model';
import { chainModels } from './chain-models';
import { geminiFamilyOf } from './gemini/gemini-family-of';
import { createGeminiModel } from './gemini/gemini-model';
import { readGeminiSettings } from './gemini/gemini-settings';
import type { LanguageModel, ModelPrice } from './language-model';
import type { ModelChoice } from './model-choice';
import type { ModelFailure } from './model-failure';
import { parseModelChoice } from './parse-model-choice';
import { withRetries, type RetryOptions } from './transport/with-retries';

/** The world as far as models need it. */
export interface ModelWorld {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Text of a file of the user; undefined when it is not there. */
  readonly readFile: (path: string) => string | undefined;
  /** A package from the user's workspace; undefined when it is not installed. */
  readonly importPackage: (name: string) => Promise<Readonly<Record<string, unknown>> | undefined>;
  /** `YYYY-MM-DD`, for models that will be shut down. */
  readonly today: string;
}

export interface OpenModelOptions extends RetryOptions {
  /** What the user wrote after `--model`. */
  readonly choice: string;
  readonly timeoutMilliseconds: number;
  /** By model id; wins over the table that we ship. */
  readonly prices?: Readonly<Record<string, ModelPrice>>;
  readonly onFallback?: (left: LanguageModel, next: LanguageModel, failure: ModelFailure) => void;
}

export type ModelOpening =
  | { readonly kind: 'opened'; readonly model: LanguageModel; readonly warnings: readonly string[] }
  /** One message: what, why and what to do. */
  | { readonly kind: 'refused'; readonly message: string };

/** From what the user wrote to a model that is ready to be asked. Calls nobody: `verify` does. */
export async function openModel(options: OpenModelOptions, world: ModelWorld): Promise<ModelOpening> {
  const parsed = parseModelChoice(options.choice);
  if (parsed.kind === 'invalid') return { kind: 'refused', message: parsed.message };
  const models: LanguageModel[] = [];
  for (const choice of parsed.choices) {
    const opened = await openOne(choice, options, world);
    if (typeof opened === 'string') return { kind: 'refused', message: opened };
    const price = options.prices?.[opened.id];
    const priced = price === undefined ? opened : { ...opened, capabilities: { ...opened.capabilities, price } };
    models.push(choice.kind === 'replay' ? priced : withRetries(priced, options));
  }
  const [first, ...others] = models;
  const { onFallback } = options;
  const model = others.length === 0 ? first! : chainModels([first!, ...others], onFallback === undefined ? {} : { onFallback });
  return { kind: 'opened', model, warnings: parsed.choices.flatMap((choice) => warningsFor(choice, world)) };
}

/** A string says why not. */
async function openOne(choice: ModelChoice, { timeoutMilliseconds }: OpenModelOptions, world: ModelWorld): Promise<LanguageModel | string> {
  switch (choice.kind) {
    case 'gemini': {
      const reading = readGeminiSettings(world.environment);
      return reading.kind === 'invalid'
        ? reading.message
        : createGeminiModel({ id: choice.id, settings: reading.settings, timeoutMilliseconds });
    }
    case 'replay': {
      const text = world.readFile(choice.file);
      if (text === undefined) return `There is no cassette at ${choice.file}. Record one with --record ${choice.file}.`;
      const reading = readCassette(text, choice.file);
      return reading.kind === 'invalid' ? reading.message : createReplayModel(reading.cassette);
    }
    case 'ai-sdk':
      return openAiSdk(choice, timeoutMilliseconds, world);
    default:
      return assertNever(choice);
  }
}

/** Every provider package exports a ready-made provider, named after the package: `openai` of `@ai-sdk/openai`. */
async function openAiSdk(
  { packageName, id }: Extract<ModelChoice, { kind: 'ai-sdk' }>,
  timeoutMilliseconds: number,
  { importPackage }: ModelWorld,
): Promise<LanguageModel | string> {
  const exports = await importPackage(packageName);
  if (exports === undefined) return `${packageName} is not installed in this workspace. Install it: npm install -D ${packageName}.`;
  const name = packageName.slice(packageName.lastIndexOf('/') + 1).replace(/-(\w)/g, (_match, letter: string) => letter.toUpperCase());
  const provider = exports[name] ?? exports['default'];
  const model: unknown = typeof provider === 'function' ? provider(id) : undefined;
  if (!isAiSdkModel(model))
    return `${packageName} exports no provider \`${name}\` that makes language models. Is it a provider package of the AI SDK?`;
  return fromAiSdk(model, { timeoutMilliseconds });
}

function isAiSdkModel(value: unknown): value is AiSdkLanguageModel {
  return typeof value === 'object' && value !== null && 'doStream' in value && typeof value.doStream === 'function' && 'modelId' in value;
}

function warningsFor(choice: ModelChoice, { today }: ModelWorld): readonly string[] {
  const shutdown = choice.kind === 'gemini' ? geminiFamilyOf(choice.id).shutdown : undefined;
  if (choice.kind !== 'gemini' || shutdown === undefined) return [];
  const verb = today < shutdown.on ? 'will be' : 'was to be';
  return [`${choice.id} ${verb} shut down on ${shutdown.on}. Move to gemini:${shutdown.successor}.`];
}

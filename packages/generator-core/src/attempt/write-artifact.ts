import type { Diagnostic } from '@org/validator';
import { assertNever } from '../spec/assert-never';
import type { ArtifactContext } from '../context/artifact-context';
import { buildRepairRequest, buildWriteRequest } from '../context/build-request';
import type { CompletionRequest } from '../model/language-model';
import type { Answer } from './ask-model';
import type { Attempt, AttemptOutcome } from './attempt';
import { decideNextStep } from './decide-next-step';
import { extractCandidate } from './extract-candidate';
import type { NextStep } from './next-step';

export interface Judgement {
  /** The candidate after what could be mended without asking. */
  readonly text: string;
  /** What stands against it; empty: it is accepted. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface ArtifactWriting {
  readonly context: ArtifactContext;
  readonly prompts: ReadonlyMap<string, string>;
  readonly maxOutputTokens: number;
  readonly lessons?: readonly string[];
  /** `remembered` is what an answer is kept under: the request without lessons and chance, so that neither makes an answer be paid for anew. */
  readonly ask: (request: CompletionRequest, remembered: CompletionRequest) => Promise<Answer>;
  readonly judge: (candidate: string) => Judgement;
  readonly onAttempt?: (attempt: Attempt) => void;
  /** What was tried before, when it goes on after a run has shown more: none unless given. */
  readonly earlier?: readonly Attempt[];
}

export type ArtifactWritten =
  | { readonly kind: 'accepted'; readonly text: string; readonly attempts: readonly Attempt[] }
  | { readonly kind: 'given-up'; readonly why: string; readonly attempts: readonly Attempt[] };

/** One file by a model: ask, take the code out, judge, decide, until it is accepted or given up. */
export async function writeArtifact(writing: ArtifactWriting): Promise<ArtifactWritten> {
  const attempts: Attempt[] = [...(writing.earlier ?? [])];
  for (;;) {
    const step = decideNextStep(attempts);
    switch (step.kind) {
      case 'accept':
        return { kind: 'accepted', text: step.text, attempts };
      case 'give-up':
        return { kind: 'given-up', why: step.why, attempts };
      case 'ask':
      case 'fresh':
      case 'repair': {
        const attempt = await makeAttempt(step, writing);
        attempts.push(attempt);
        writing.onAttempt?.(attempt);
        break;
      }
      default:
        return assertNever(step);
    }
  }
}

type AskingStep = Extract<NextStep, { kind: 'ask' | 'fresh' | 'repair' }>;

async function makeAttempt(step: AskingStep, writing: ArtifactWriting): Promise<Attempt> {
  const answer = await writing.ask(requestFor(step, writing), requestFor(rememberedStep(step), { ...writing, lessons: [] }));
  const kind = step.kind === 'ask' ? 'first' : step.kind;
  if (answer.kind === 'failed') return { step: kind, usage: undefined, milliseconds: answer.milliseconds, outcome: answer };
  return { step: kind, usage: answer.paid, milliseconds: answer.milliseconds, outcome: outcomeOf(answer.completion, writing) };
}

/** A fresh try that asked for the very same would get the very same: journals and providers remember. So its seed is another. */
function requestFor(step: AskingStep, writing: ArtifactWriting): CompletionRequest {
  switch (step.kind) {
    case 'ask':
      return buildWriteRequest(writing);
    case 'fresh':
      return { ...buildWriteRequest({ ...writing, hint: step.hint }), seed: 2 };
    case 'repair':
      return buildRepairRequest({ ...writing, text: step.text, diagnostics: step.diagnostics });
    default:
      return assertNever(step);
  }
}

/** What a program said may differ from run to run: such a fault is remembered by the name it has in all of them. */
function rememberedStep(step: AskingStep): AskingStep {
  if (step.kind !== 'repair') return step;
  const diagnostics = step.diagnostics.map((diagnostic) => {
    const name = diagnostic.data?.['remembered'];
    return typeof name === 'string' ? { ...diagnostic, message: name } : diagnostic;
  });
  return { ...step, diagnostics };
}

function outcomeOf(completion: Parameters<typeof extractCandidate>[0], { context, judge }: ArtifactWriting): AttemptOutcome {
  const extraction = extractCandidate(completion, context.path);
  if (extraction.kind === 'unusable') return { ...extraction, answer: completion.text };
  const { text, diagnostics } = judge(extraction.text);
  return diagnostics.length === 0 ? { kind: 'accepted', text } : { kind: 'rejected', text, diagnostics };
}

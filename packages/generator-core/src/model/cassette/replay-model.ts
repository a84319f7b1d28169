import { UNKNOWN_USAGE } from '../completion';
import type { CompletionRequest, LanguageModel } from '../language-model';
import type { Cassette } from './cassette';
import { requestHash } from './request-hash';

/** Answers from a cassette and from nowhere else. A request that was not recorded is a failure that says how it differs. */
export function createReplayModel({ model, exchanges }: Cassette): LanguageModel {
  const byHash = new Map(exchanges.map((exchange) => [exchange.hash, exchange]));
  return {
    provider: 'replay',
    id: model,
    capabilities: { contextTokens: 1_048_576, maxOutputTokens: 65_536, price: { input: 0, output: 0, cachedInput: 0 } },
    verify: async () => undefined,
    countTokens: async () => ({ kind: 'failed', failure: { kind: 'not-recorded', message: 'A cassette cannot count tokens.' } }),
    complete: async (request, { signal }) => {
      if (signal.aborted) return { kind: 'failed', failure: { kind: 'cancelled', message: 'The call was cancelled.' } };
      const exchange = byHash.get(requestHash(model, request));
      if (exchange !== undefined)
        return { kind: 'completed', completion: { ...exchange.completion, usage: { ...UNKNOWN_USAGE, ...exchange.completion.usage } } };
      return {
        kind: 'failed',
        failure: {
          kind: 'not-recorded',
          message: missMessage(
            request,
            exchanges.map((each) => each.request),
          ),
        },
      };
    },
  };
}

/** Names the recorded request that agrees longest, and the first line where it no longer does. */
function missMessage(request: CompletionRequest, recorded: readonly CompletionRequest[]): string {
  const wanted = linesOf(request);
  const agreements = recorded.map((each) => ({ lines: linesOf(each), agreeing: agreeingLines(wanted, linesOf(each)) }));
  const nearest = agreements.reduce<(typeof agreements)[number] | undefined>(
    (best, each) => (best === undefined || each.agreeing > best.agreeing ? each : best),
    undefined,
  );
  const what = 'The cassette has no answer to this request: the prompt, the spec or the model is another than when it was recorded.';
  if (nearest === undefined) return `${what} It is empty. Record it with --record.`;
  const [before, now] = [nearest.lines[nearest.agreeing], wanted[nearest.agreeing]].map((line) =>
    JSON.stringify((line ?? '').slice(0, 80)),
  );
  return `${what} The nearest one differs in line ${nearest.agreeing + 1} of ${wanted.length}: ${before} then, ${now} now. Record it again with --record.`;
}

function linesOf({ system, messages }: CompletionRequest): readonly string[] {
  return [system, ...messages.map(({ text }) => text)].join('\n').split('\n');
}

function agreeingLines(left: readonly string[], right: readonly string[]): number {
  const first = left.findIndex((line, index) => line !== right[index]);
  return first === -1 ? left.length : first;
}

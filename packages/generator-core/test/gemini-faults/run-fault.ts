import { Budget } from '../../src/budget/budget';
import type { Completion } from '../../src/model/completion';
import { openModel } from '../../src/model/open-model';
import { CallLimiter } from '../../src/model/transport/call-limiter';
import { generateWithModel } from '../../src/run/generate-with-model';
import type { GeminiReply } from '../../src/testing/gemini-reply';
import { startGeminiServer } from '../../src/testing/gemini-server';
import { mapProject } from '../../src/testing/map-project';
import { counterSpec, counterOperation } from '../../src/testing/counter';

export interface FaultOutcome {
  /** What became of the file; `flagged` makes the command fail. */
  readonly status: string;
  /** Completions asked for over HTTP. */
  readonly calls: number;
  /** Waits in all, in seconds, as the provider asked for or longer each time; nobody really waited. */
  readonly waited: number;
  /** Why it was given up; empty when it was not. */
  readonly why: string;
  readonly isRight: boolean;
}

/** One call may take so long (milliseconds). Only silence needs it, and it needs little where it never ends. */
function patienceWith({ kind }: GeminiReply, times: number): number {
  if (kind !== 'hang') return 60_000;
  return times === 1 ? 3_000 : 200;
}

/** A whole run with Gemini on loopback, through the SDK and over HTTP. The first so many completions meet the fault, the others are right. */
export async function runFault(reply: GeminiReply, times: number): Promise<FaultOutcome> {
  const right: GeminiReply = { kind: 'answer', text: `\`\`\`python\n${counterOperation}\`\`\`\n` };
  const server = await startGeminiServer({ reply: (_request, index) => (index < times ? reply : right) });
  let waited = 0;
  const clock = { now: () => 0, random: () => 0, sleep: async (milliseconds: number) => void (waited += milliseconds) };
  try {
    const environment = { GEMINI_API_KEY: 'a-key-for-tests', GOOGLE_GEMINI_BASE_URL: server.baseUrl };
    const world = { environment, readFile: () => undefined, importPackage: async () => undefined, today: '2026-11-26' };
    const opening = await openModel({ choice: 'gemini', timeoutMilliseconds: patienceWith(reply, times), clock }, world);
    if (opening.kind === 'refused') throw new Error(opening.message);
    const journal = new Map<string, Completion>();
    const result = await generateWithModel({
      specText: counterSpec,
      project: mapProject({}),
      share: 'operations',
      openTrial: async () => ({ kind: 'not-run', why: 'Not in this test.' }),
      asking: {
        model: opening.model,
        journal: { find: (hash) => journal.get(hash), append: ({ hash, completion }) => void journal.set(hash, completion) },
        budget: new Budget({ limits: {}, price: () => undefined, now: () => 0 }),
        limiter: new CallLimiter(8),
        signal: new AbortController().signal,
        now: () => 0,
      },
    });
    if (result.kind !== 'generated') throw new Error(`The run ended with ${result.kind}.`);
    const [artifact] = result.modelReport!.artifacts;
    return {
      status: artifact!.status,
      calls: server.completions.length,
      waited: Math.round(waited / 100) / 10,
      why: result.modelReport!.flags[0]?.why.replace('It answers 501 until it is written. ', '') ?? '',
      isRight: result.writes.get('app/services/raise_counter.py') === counterOperation,
    };
  } finally {
    await server.close();
  }
}

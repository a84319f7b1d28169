import { describe, expect, test } from 'vitest';
import { Budget, type BudgetLimits } from '../budget/budget';
import { readPrompts } from '../context/prompt-store';
import type { Completion } from '../model/completion';
import { CallLimiter } from '../model/transport/call-limiter';
import type { Manifest } from '../promote/manifest';
import { askedPath, bookstoreSpec, operationText, rightAnswer } from '../testing/bookstore';
import { mapProject } from '../testing/map-project';
import { scriptedModel, type ScriptedReply } from '../testing/scripted-model';
import type { CompletionRequest } from '../model/language-model';
import type { Trial, TrialFailure } from '../trial/trial';
import { generateService } from './generate-service';
import type { GenerationResult } from './generation-result';
import { estimateWithModel, generateWithModel, type GenerateWithModelOptions } from './generate-with-model';
import type { RunEvent } from './run-event';

const payOrder = 'app/services/pay_order.py';
const extensions = 'app/extensions/__init__.py';
const migration = 'alembic/versions/0001_initial.py';
const bestSellers = 'app/services/best_sellers.py';

interface World {
  readonly files?: Readonly<Record<string, string>>;
  readonly limits?: BudgetLimits;
  readonly journal?: Map<string, Completion>;
  readonly signal?: AbortSignal;
  readonly trial?: Trial;
  readonly specText?: string;
}

interface Ran {
  readonly result: GenerationResult;
  readonly requests: readonly CompletionRequest[];
  readonly events: readonly RunEvent[];
}

/** A trial in which a test fails as long as the project is as `fails` says. */
function trialOf(
  fails: (texts: ReadonlyMap<string, string>) => boolean,
  frames: TrialFailure['frames'] = [],
): Trial & { readonly runs: () => number } {
  let runs = 0;
  const failure: TrialFailure = { check: 'tests', name: 'tests/test_x.py::test_it', text: 'assert 500 == 409', frames };
  return {
    level: 'bubblewrap',
    weakness: undefined,
    run: async (texts) => {
      runs += 1;
      return fails(texts) ? { failures: [failure], passed: 1 } : { failures: [], passed: 2 };
    },
    close: () => undefined,
    runs: () => runs,
  };
}

function optionsOf(model: ReturnType<typeof scriptedModel>, world: World, events: RunEvent[] = []): GenerateWithModelOptions {
  const {
    files = {},
    limits = {},
    journal = new Map<string, Completion>(),
    signal = new AbortController().signal,
    trial,
    specText = bookstoreSpec,
  } = world;
  return {
    specText,
    project: mapProject(files),
    share: 'operations',
    openTrial: async () => (trial === undefined ? { kind: 'not-run', why: 'No uv.' } : { kind: 'ready', trial }),
    onEvent: (event) => events.push(event),
    asking: {
      model,
      journal: { find: (hash) => journal.get(hash), append: ({ hash, completion }) => void journal.set(hash, completion) },
      budget: new Budget({ limits, price: () => model.capabilities.price, now: () => 0 }),
      limiter: new CallLimiter(8),
      signal,
      now: () => 0,
    },
  };
}

async function run(
  script: (request: CompletionRequest, index: number) => ScriptedReply | Promise<ScriptedReply>,
  world: World = {},
): Promise<Ran> {
  const model = scriptedModel(script);
  const events: RunEvent[] = [];
  const result = await generateWithModel(optionsOf(model, world, events));
  return { result, requests: model.requests, events };
}

function generated({ result }: Pick<Ran, 'result'>): Extract<GenerationResult, { kind: 'generated' }> {
  if (result.kind !== 'generated') throw new Error(`The run ended with ${result.kind}.`);
  return result;
}

const statuses = (ran: Ran): unknown => generated(ran).modelReport!.artifacts.map(({ path, status, repairs }) => [path, status, repairs]);
const written = (ran: Ran, path: string): string | undefined => generated(ran).writes.get(path);
const onDisk = (ran: Pick<Ran, 'result'>): Record<string, string> => Object.fromEntries(generated(ran).writes);
/** Which model wrote a file, by path. */
const modelsOf = ({ artifacts }: Manifest): Record<string, string> =>
  Object.fromEntries([...artifacts.values()].flatMap(({ path, model }) => (model === undefined ? [] : [[path, model]])));
const wrongAnswer = (request: CompletionRequest): string =>
  askedPath(request) === payOrder ? rightAnswer(request).replace('book.stock < item.quantity', 'book.stock < 0') : rightAnswer(request);

test('all is right at once: written, run, reported, nothing left to do', async () => {
  const ran = await run(rightAnswer, { trial: trialOf(() => false) });
  const { modelReport, manifest, report } = generated(ran);
  expect(written(ran, payOrder)).toBe(operationText('pay_order'));
  expect(modelsOf(manifest)).toEqual({ [bestSellers]: 'scripted-1', [payOrder]: 'scripted-1' });
  expect(report.operations).toEqual([]);
  const attempt = { step: 'first', outcome: 'accepted', reasons: [], isRemembered: false };
  const artifact = { phase: 'services', role: 'operation-service', status: 'generated', repairs: 0, attempts: [attempt], milliseconds: 0 };
  expect(modelReport).toEqual({
    version: 1,
    service: 'bookstore',
    provider: 'scripted',
    model: 'scripted-1',
    share: 'operations',
    artifacts: [
      { ...artifact, path: bestSellers, tokens: 1404, cost: 0.00302 },
      { ...artifact, path: payOrder, tokens: 1446, cost: 0.00323 },
    ].map((each) => ({ ...each, tokens: expect.any(Number), cost: expect.any(Number) })),
    flags: [],
    phases: [{ phase: 'services', asked: 2, notAtOnce: 0, flagged: 0, earlier: undefined }],
    rules: [],
    trial: { kind: 'ran', level: 'bubblewrap', weakness: undefined, rounds: 1, passed: 2, unexplained: [] },
    spent: { calls: 2, tokens: expect.any(Number), cost: expect.any(Number), remembered: 0 },
    milliseconds: 0,
  });
});

describe('what only a run shows', () => {
  const fails = (texts: ReadonlyMap<string, string>): boolean => texts.get(payOrder)!.includes('book.stock < 0');

  test('is mended by the file that is to blame, with what failed in the prompt', async () => {
    const trial = trialOf(fails);
    const ran = await run((request) => (request.messages.length > 1 ? rightAnswer(request) : wrongAnswer(request)), { trial });
    expect(statuses(ran)).toEqual([
      [bestSellers, 'generated', 0],
      [payOrder, 'repaired', 1],
    ]);
    expect(ran.requests.at(-1)!.messages[2]!.text).toContain('assert 500 == 409');
    expect(written(ran, payOrder)).toBe(operationText('pay_order'));
    expect(generated(ran).learned).toMatchObject([{ role: 'operation-service', rule: 'test-failed', seen: 1 }]);
  });

  test('and is not mended leaves the 501 there, with a flag', async () => {
    const ran = await run(wrongAnswer, { trial: trialOf(fails) });
    expect(statuses(ran)).toEqual([
      [bestSellers, 'generated', 0],
      [payOrder, 'flagged', 0],
    ]);
    expect(generated(ran).modelReport!.flags).toEqual([
      { path: payOrder, why: 'It answers 501 until it is written. the same text came twice' },
    ]);
    expect(written(ran, payOrder)).toContain('@unimplemented');
    expect(generated(ran).report.operations.map(({ name }) => name)).toEqual(['pay_order']);
    expect(ran.requests.filter((request) => askedPath(request) === bestSellers).length).toBe(1);
  });

  test('and is nobody’s fault is flagged, and no file pays for it', async () => {
    const ran = await run(rightAnswer, { trial: trialOf(() => true) });
    expect(statuses(ran)).toEqual([
      [bestSellers, 'generated', 0],
      [payOrder, 'generated', 0],
    ]);
    expect(generated(ran).modelReport!.flags).toEqual([
      { path: 'service.yaml', why: 'Fails though no file of the model is to blame: tests: tests/test_x.py::test_it' },
    ]);
  });
});

test('where nothing can be run, the report says so and nothing is flagged', async () => {
  const ran = await run(rightAnswer);
  expect(generated(ran).modelReport).toMatchObject({ trial: { kind: 'not-run', why: 'No uv.' }, flags: [] });
});

describe('what is the user’s', () => {
  test('an edited file that would be written from the same is neither asked for nor written', async () => {
    const first = await run(rightAnswer);
    const mine = `${operationText('pay_order')}\n# Mine.\n`;
    const files = { ...onDisk(first), [payOrder]: mine };
    const second = await run(rightAnswer, { files });
    expect(second.requests).toEqual([]);
    expect(statuses(second)).toEqual([
      [bestSellers, 'unchanged', 0],
      [payOrder, 'unchanged', 0],
    ]);
    expect(written(second, payOrder)).toBeUndefined();
    const third = generateService({ specText: bookstoreSpec, project: mapProject({ ...files, ...onDisk(second) }) });
    expect(third).toMatchObject({ kind: 'generated', writes: new Map(), report: { keptEdits: [payOrder] } });
  });

  test('a function that the user wrote where a template left a gap is not asked for, and one that was left is asked for again', async () => {
    const templates = generateService({ specText: bookstoreSpec, project: mapProject({}) });
    const files = { ...onDisk({ result: templates }), [payOrder]: operationText('pay_order') };
    const ran = await run(rightAnswer, { files });
    expect(ran.requests.map(askedPath)).toEqual([bestSellers]);
    expect(statuses(ran)).toEqual([
      [bestSellers, 'generated', 0],
      [payOrder, 'kept', 0],
    ]);
    expect([written(ran, payOrder), modelsOf(generated(ran).manifest)]).toEqual([undefined, { [bestSellers]: 'scripted-1' }]);
  });

  test('foreign files refuse the run before anything is paid for', async () => {
    const ran = await run(rightAnswer, { files: { 'setup.py': '' } });
    expect([ran.result, ran.requests.length]).toEqual([{ kind: 'refused', edited: [], foreign: ['setup.py'] }, 0]);
  });

  test('a run of the templates leaves what a model wrote', async () => {
    const first = await run(rightAnswer);
    const again = generateService({ specText: bookstoreSpec, project: mapProject(onDisk(first)) });
    expect(again).toMatchObject({
      kind: 'generated',
      writes: new Map(),
      report: { operations: [] },
    });
    expect(again.kind === 'generated' && modelsOf(again.manifest)).toEqual({ [bestSellers]: 'scripted-1', [payOrder]: 'scripted-1' });
  });

  test('but not where it no longer fits the spec', async () => {
    const first = await run(rightAnswer);
    const specText = bookstoreSpec.replace('  pay_order:', '  settle_order:');
    const again = generateService({ specText, project: mapProject(onDisk(first)) });
    expect(again.kind === 'generated' && [again.deletes, Object.keys(modelsOf(again.manifest))]).toEqual([
      expect.arrayContaining([payOrder]),
      [bestSellers],
    ]);
  });
});

describe('the second run', () => {
  const because = (ran: Pick<Ran, 'result'>): Record<string, unknown> =>
    Object.fromEntries(
      generated(ran).explanations.flatMap(({ path, ...why }) => (why.kind === 'kept' && why.because === 'same' ? [] : [[path, why]])),
    );

  test('of the same spec asks for nothing, runs nothing and changes nothing', async () => {
    const first = await run(rightAnswer, { trial: trialOf(() => false) });
    const trial = trialOf(() => false);
    const second = await run(rightAnswer, { files: onDisk(first), trial });
    expect([second.requests, generated(second).writes, generated(second).deletes, trial.runs()]).toEqual([[], new Map(), [], 0]);
    expect(because(second)).toEqual({
      [extensions]: { kind: 'kept', because: 'written-once' },
      [migration]: { kind: 'kept', because: 'written-once' },
    });
    expect(statuses(second)).toEqual([
      [bestSellers, 'unchanged', 0],
      [payOrder, 'unchanged', 0],
    ]);
    expect(estimateWithModel(optionsOf(scriptedModel([]), { files: onDisk(first) }))).toMatchObject({ calls: 0, outputTokens: 0 });
  });

  test('asks for that operation alone whose words are others, and merges nothing else', async () => {
    const first = await run(rightAnswer);
    const specText = bookstoreSpec.replace('Books by number sold', 'Books by how many were sold');
    const second = await run(rightAnswer, { files: onDisk(first), specText });
    expect(second.requests.map(askedPath)).toEqual([bestSellers]);
    expect(because(second)).toMatchObject({
      [bestSellers]: { kind: 'made', because: 'spec' },
      'app/routers/book.py': { kind: 'made', because: 'spec' },
    });
  });

  test('with another order and comments asks for nothing', async () => {
    const first = await run(rightAnswer);
    const specText = bookstoreSpec
      .replace('  Author:', '  # Who writes.\n  Author:')
      .replace(
        'fields: { stars: int min=1 max=5 filter, body: text(4000)? }',
        'fields: { body: text(4000)?, stars: int min=1 max=5 filter }',
      );
    const second = await run(rightAnswer, { files: onDisk(first), specText });
    expect([second.requests, [...generated(second).writes.keys()]]).toEqual([
      [],
      ['.fastapi/manifest.jsonl', '.fastapi/tables/reviews.json', 'service.yaml'],
    ]);
  });

  test('with another model or other prompts asks for all again, and says why', async () => {
    const first = await run(rightAnswer);
    const model = { ...scriptedModel(rightAnswer), id: 'scripted-2' };
    const second = { result: await generateWithModel(optionsOf(model as ReturnType<typeof scriptedModel>, { files: onDisk(first) })) };
    expect(because(second)).toMatchObject({ [payOrder]: { kind: 'made', because: 'model' } });
    const prompts = new Map([...readPrompts()].map(([name, text]) => [name, name === 'system.md' ? `${text} More.` : text]));
    const options = { ...optionsOf(scriptedModel(rightAnswer), { files: onDisk(first) }), prompts };
    expect(because({ result: await generateWithModel(options) })).toMatchObject({ [payOrder]: { kind: 'made', because: 'template' } });
  });

  test('tries again what was flagged, and keeps what was right', async () => {
    const fails = (texts: ReadonlyMap<string, string>): boolean => texts.get(payOrder)!.includes('book.stock < 0');
    const first = await run(wrongAnswer, { trial: trialOf(fails) });
    const second = await run(rightAnswer, { files: onDisk(first), trial: trialOf(fails) });
    expect(second.requests.map(askedPath)).toEqual([payOrder]);
    expect(statuses(second)).toEqual([
      [bestSellers, 'unchanged', 0],
      [payOrder, 'generated', 0],
    ]);
  });

  test('leaves what was written before where nobody answers, flags it, and asks again the next time', async () => {
    const first = await run(rightAnswer);
    const specText = bookstoreSpec.replace('Books by number sold', 'Books by how many were sold');
    const second = await run(() => 'No.', { files: onDisk(first), specText });
    expect(generated(second).modelReport!.flags).toEqual([
      { path: bestSellers, why: expect.stringMatching(/^What was written for it before stands there\. /) },
    ]);
    const files = { ...onDisk(first), ...onDisk(second) };
    expect(files[bestSellers]).toBe(operationText('best_sellers'));
    const third = await run(rightAnswer, { files, specText });
    expect(third.requests.map(askedPath)).toEqual([bestSellers]);
  });

  test('without a model keeps the files and what they were made from, so that the next one with a model knows', async () => {
    const first = await run(rightAnswer);
    const specText = bookstoreSpec.replace('Books by number sold', 'Books by how many were sold');
    const between = { result: generateService({ specText, project: mapProject(onDisk(first)) }) };
    expect(because(between)).toMatchObject({ [bestSellers]: { kind: 'kept', because: 'fits' } });
    const files = { ...onDisk(first), ...onDisk(between) };
    expect(files[bestSellers]).toBe(operationText('best_sellers'));
    const second = await run(rightAnswer, { files, specText });
    expect(second.requests.map(askedPath)).toEqual([bestSellers]);
  });
});

test('a run that is cancelled writes nothing, and the next one goes on from the journal', async () => {
  const controller = new AbortController();
  const journal = new Map<string, Completion>();
  const first = await run(
    (request, index) => {
      if (index === 1) controller.abort();
      return index === 1 ? { kind: 'cancelled', message: 'The call was cancelled.' } : rightAnswer(request);
    },
    { signal: controller.signal, journal },
  );
  expect(first.result).toEqual({ kind: 'cancelled' });
  const second = await run(rightAnswer, { journal });
  expect(second.requests.length).toBe(1);
  expect(generated(second).modelReport!.spent).toMatchObject({ calls: 1, remembered: 1 });
});

test('what a program says differs from run to run, and is not paid for again', async () => {
  let runs = 0;
  const told = (): Trial => {
    const trial = trialOf((texts) => texts.get(payOrder)!.includes('book.stock < 0'));
    const run: Trial['run'] = async (...words) => {
      const { failures, passed } = await trial.run(...words);
      return { failures: failures.map((failure) => ({ ...failure, text: `assert ${(runs += 1)} == 409` })), passed };
    };
    return { ...trial, run };
  };
  const journal = new Map<string, Completion>();
  const script = (request: CompletionRequest): string => (request.messages.length > 1 ? rightAnswer(request) : wrongAnswer(request));
  const first = await run(script, { journal, trial: told() });
  const second = await run(script, { journal, trial: told() });
  expect([first.requests.length, second.requests.length, onDisk(second)]).toEqual([3, 0, onDisk(first)]);
});

test('a dry run counts and asks nobody', () => {
  const model = scriptedModel([]);
  const estimate = estimateWithModel(optionsOf(model, {}));
  expect(estimate).toMatchObject({ calls: 2, mostCalls: 12, outputTokens: expect.any(Number) });
  expect(estimate!.cost).toBeCloseTo((estimate!.inputTokens + 5 * estimate!.outputTokens) / 1_000_000, 10);
  expect(model.requests).toEqual([]);
});

test('killed after any answer, it repeats no answered call and ends with the same bytes', async () => {
  const script = (request: CompletionRequest): string => (request.messages.length > 1 ? rightAnswer(request) : wrongAnswer(request));
  const fails = (texts: ReadonlyMap<string, string>): boolean => texts.get(payOrder)!.includes('book.stock < 0');
  const whole = await run(script, { trial: trialOf(fails) });
  const calls = whole.requests.length;
  for (let answered = 0; answered <= calls; answered += 1) {
    const journal = new Map<string, Completion>();
    await runUntil(answered, script, { journal, trial: trialOf(fails) });
    const again = await run(script, { journal, trial: trialOf(fails) });
    expect([answered + again.requests.length, onDisk(again)]).toEqual([calls, onDisk(whole)]);
  }
}, 120_000);

/** Runs until so many answers are in the journal, and is then gone without a word, as a process that is killed. */
async function runUntil(
  count: number,
  script: (request: CompletionRequest) => string,
  { journal, trial }: Required<Pick<World, 'journal' | 'trial'>>,
): Promise<void> {
  const options = optionsOf(scriptedModel(script), { journal, trial });
  const killed = new Error('killed');
  const append: typeof options.asking.journal.append = (entry) => {
    if (journal.size >= count) throw killed;
    options.asking.journal.append(entry);
  };
  await generateWithModel({ ...options, asking: { ...options.asking, journal: { ...options.asking.journal, append } } }).catch(
    (error: unknown) => {
      if (error !== killed) throw error;
    },
  );
}

/**
 * How long `--write all` takes for the bookstore with a model that needs a second for each answer: one call after the other, and with
 * eight in flight, beside the critical path of the plan (the longest chain of files that need each other, a second each).
 * npm run bench:wall-time -w packages/generator-core [SECONDS PER CALL]
 */
import { Budget } from '../src/budget/budget';
import type { Completion } from '../src/model/completion';
import { CallLimiter } from '../src/model/transport/call-limiter';
import { planService } from '../src/plan/plan-service';
import { generateService } from '../src/run/generate-service';
import { generateWithModel } from '../src/run/generate-with-model';
import { isModels } from '../src/run/model-share';
import { needsClosure } from '../src/run/needs-closure';
import { remainingPaths } from '../src/run/schedule-units';
import { parseServiceSpec } from '../src/spec/parse-service-spec';
import { askedPath, bookstoreSpec, inFence, operationText } from '../src/testing/bookstore';
import { mapProject } from '../src/testing/map-project';
import { scriptedModel } from '../src/testing/scripted-model';

const perCall = 1000 * Number(process.argv[2] ?? 1);

function templates(): ReadonlyMap<string, string> {
  const result = generateService({ specText: bookstoreSpec, project: mapProject({}) });
  if (result.kind !== 'generated') throw new Error(`The templates ended with ${result.kind}.`);
  return result.writes;
}

function criticalPath(): { readonly files: number; readonly longest: number } {
  const reading = parseServiceSpec(bookstoreSpec);
  if (reading.kind === 'faulty') throw new Error('The example has faults.');
  const plan = planService(reading.spec);
  const paths = plan.artifacts.filter((artifact) => isModels(artifact, 'all')).map(({ path }) => path);
  const own = new Set(paths);
  const ranks = remainingPaths(paths.map((name) => ({ name, needs: needsClosure(name, plan).filter((need) => own.has(need)) })));
  return { files: paths.length, longest: Math.max(...ranks.values()) };
}

interface Measured {
  /** From the first question to the last answer accepted (milliseconds). */
  readonly wall: number;
  readonly calls: number;
  readonly inFlight: number;
}

async function measure(texts: ReadonlyMap<string, string>, limit: number): Promise<Measured> {
  let running = 0;
  let inFlight = 0;
  let first: number | undefined;
  let last = 0;
  const model = scriptedModel(async (request) => {
    first ??= performance.now();
    inFlight = Math.max(inFlight, (running += 1));
    await new Promise((resolve) => setTimeout(resolve, perCall));
    running -= 1;
    const path = askedPath(request);
    const operation = /^app\/services\/(pay_order|best_sellers)\.py$/.exec(path)?.[1];
    return inFence(operation === undefined ? texts.get(path)! : operationText(operation));
  });
  const journal = new Map<string, Completion>();
  const result = await generateWithModel({
    specText: bookstoreSpec,
    project: mapProject({}),
    share: 'all',
    concurrency: limit,
    openTrial: async () => ({ kind: 'not-run', why: 'Not measured here.' }),
    onEvent: ({ kind }) => void (kind === 'artifact-end' && (last = performance.now())),
    asking: {
      model,
      journal: { find: (hash) => journal.get(hash), append: ({ hash, completion }) => void journal.set(hash, completion) },
      budget: new Budget({ limits: {}, price: () => undefined, now: () => 0 }),
      limiter: new CallLimiter(limit),
      signal: new AbortController().signal,
      now: () => performance.now(),
    },
  });
  if (result.kind !== 'generated' || result.modelReport!.flags.length > 0)
    throw new Error('The run has flags, so that its time says nothing.');
  return { wall: last - first!, calls: model.requests.length, inFlight };
}

async function main(): Promise<void> {
  const texts = templates();
  const { files, longest } = criticalPath();
  // What fits into so many lanes takes at least the work divided among them, too.
  const floor = Math.max(longest, Math.ceil(files / 8)) * perCall;
  const eight = await measure(texts, 8);
  const one = await measure(texts, 1);
  const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;
  const lines = [
    `${files} files, ${perCall / 1000} s a call; the longest chain has ${longest} files`,
    '| | wall time | most in flight | against the critical path |',
    '| --- | --- | --- | --- |',
    `| critical path (and ${files} calls in 8 lanes) | ${seconds(floor)} | | 1.00 |`,
    `| eight in flight | ${seconds(eight.wall)} | ${eight.inFlight} | ${(eight.wall / floor).toFixed(2)} |`,
    `| one after the other | ${seconds(one.wall)} | ${one.inFlight} | ${(one.wall / floor).toFixed(2)} |`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

void main();

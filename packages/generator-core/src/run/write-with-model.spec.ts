import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { artifactRoles } from '../artifacts/registry';
import { Budget, type BudgetLimits } from '../budget/budget';
import { readPrompts } from '../context/prompt-store';
import type { Completion } from '../model/completion';
import type { CompletionRequest } from '../model/language-model';
import { CallLimiter } from '../model/transport/call-limiter';
import { planService } from '../plan/plan-service';
import type { GenerationPlan } from '../plan/generation-plan';
import { renderArtifact } from '../render/render-artifact';
import { readTemplates } from '../render/template-store';
import { parseServiceSpec } from '../spec/parse-service-spec';
import type { ServiceSpec } from '../spec/service-spec';
import { scriptedModel, type ScriptedReply } from '../testing/scripted-model';
import type { ArtifactWritten } from '../attempt/write-artifact';
import { ArtifactWriter } from './artifact-writer';
import { isModels } from './model-share';
import { writeWithModel } from './write-with-model';

const root = join(__dirname, '..', '..', '..', '..');
const specText = readFileSync(join(root, 'examples', 'bookstore.yaml'), 'utf8');
const fixture = (name: string): string => readFileSync(join(root, 'e2e', 'fixtures', 'bookstore', `${name}.py`), 'utf8');

let spec: ServiceSpec;
let plan: GenerationPlan;
let templateTexts: ReadonlyMap<string, string>;

beforeAll(() => {
  const reading = parseServiceSpec(specText);
  if (reading.kind === 'faulty') throw new Error('The example does not parse.');
  spec = reading.spec;
  plan = planService(spec);
  const roles = new Map(artifactRoles.map((role) => [role.role, role]));
  templateTexts = new Map(
    plan.artifacts
      .filter((each) => roles.has(each.role))
      .map((each): [string, string] => [
        each.path,
        renderArtifact({ spec, artifact: each, role: roles.get(each.role)!, templates: readTemplates() }),
      ]),
  );
}, 60_000);

/** Which file a request asks for. */
function asked({ messages }: CompletionRequest): string {
  return /Write `([^`]+)`/.exec(messages[0]!.text)![1]!;
}

const inFence = (text: string): string => `\`\`\`python\n${text}\`\`\`\n`;

interface Outcome {
  readonly written: ReadonlyMap<string, ArtifactWritten>;
  /** Text by path, of all files. */
  readonly texts: ReadonlyMap<string, string>;
  readonly requests: readonly CompletionRequest[];
  readonly journal: Map<string, Completion>;
}

async function write(
  script: (request: CompletionRequest, index: number) => ScriptedReply | Promise<ScriptedReply>,
  { limits = {}, journal = new Map<string, Completion>() }: { limits?: BudgetLimits; journal?: Map<string, Completion> } = {},
): Promise<Outcome> {
  const model = scriptedModel(script);
  const asking = {
    model,
    journal: {
      find: (hash: string) => journal.get(hash),
      append: ({ hash, completion }: { hash: string; completion: Completion }) => void journal.set(hash, completion),
    },
    budget: new Budget({ limits, price: () => model.capabilities.price, now: () => 0 }),
    limiter: new CallLimiter(8),
    signal: new AbortController().signal,
    now: () => 0,
  };
  const writer = new ArtifactWriter({ spec, specText, plan, templateTexts, prompts: readPrompts(), asking });
  const paths = plan.artifacts.filter((artifact) => isModels(artifact, 'operations')).map(({ path }) => path);
  const written = await writeWithModel({ plan, writer, paths });
  const own = [...written].flatMap(([path, result]): [string, string][] => (result.kind === 'accepted' ? [[path, result.text]] : []));
  return { written, texts: new Map([...templateTexts, ...own]), requests: model.requests, journal };
}

function summary({ written }: Pick<Outcome, 'written'>): unknown {
  return [...written].map(([path, { kind, attempts }]) => [path, kind, attempts.map(({ step, outcome }) => `${step} ${outcome.kind}`)]);
}

const right = (request: CompletionRequest): string => inFence(fixture(asked(request).replace(/^.*\/|\.py$/g, '')));

test('what is right at once takes one call a file', async () => {
  const result = await write(right);
  expect(summary(result)).toEqual([
    ['app/services/best_sellers.py', 'accepted', ['first accepted']],
    ['app/services/pay_order.py', 'accepted', ['first accepted']],
  ]);
  expect(result.texts.get('app/services/pay_order.py')).toBe(fixture('pay_order'));
  expect(result.texts.size).toBe(templateTexts.size);
});

test('the prompt says what the file needs, and of what is far away nothing', async () => {
  const { requests } = await write(right);
  const prompt = requests.find((request) => asked(request) === 'app/services/pay_order.py')!.messages[0]!.text;
  expect(prompt).toContain('async def pay_order(session: AsyncSession, viewer: Viewer, order: Order, data: PayOrderInput) -> Order');
  for (const there of [
    '## app.models.order_item',
    '## app.core.errors',
    'class ConflictError',
    'def utc_now() -> dt.datetime',
    'refuses an order that is already paid',
  ]) {
    expect(prompt).toContain(there);
  }
  for (const absent of ['unimplemented', 'best_sellers', 'app.routers', 'app.repositories']) expect(prompt).not.toContain(absent);
  expect(new Set(requests.map(({ system }) => system)).size).toBe(1);
});

describe('what is wrong', () => {
  test('is mended with the faults, the text and the first task', async () => {
    const result = await write((request) => {
      const text = right(request);
      return request.messages.length > 1 || asked(request).includes('best')
        ? text
        : text.replace('import OrderItem', 'import OrderLine').replaceAll('(OrderItem)', '(OrderLine)');
    });
    expect(summary(result)).toMatchObject([{}, ['app/services/pay_order.py', 'accepted', ['first rejected', 'repair accepted']]]);
    const repair = result.requests.find(({ messages }) => messages.length > 1)!;
    expect(repair.messages.map(({ role }) => role)).toEqual(['user', 'model', 'user']);
    expect(repair.messages[0]!.text).toContain('Write `app/services/pay_order.py`');
    expect(repair.messages[2]!.text).toContain('unknown-symbol');
    expect(repair.messages[2]!.text).toContain('Did you mean `OrderItem`');
  });

  test('twice in the same way is asked afresh once, and then left to the template', async () => {
    const result = await write((request) =>
      asked(request).includes('best') ? right(request) : inFence('from app.nowhere import pay_order\n'),
    );
    expect(summary(result)).toMatchObject([
      {},
      ['app/services/pay_order.py', 'given-up', ['first rejected', 'repair rejected', 'fresh rejected']],
    ]);
    expect(result.texts.get('app/services/pay_order.py')).toBe(templateTexts.get('app/services/pay_order.py'));
  });

  test.each(['I cannot help with that.', '', 'Two blocks:\n```python\na = 1\n```\n```python\nb = 2\n```\n'])(
    'an answer that is none: %j',
    async (answer) => {
      const result = await write((request) => (asked(request).includes('best') ? right(request) : answer));
      expect(summary(result)).toMatchObject([{}, ['app/services/pay_order.py', 'given-up', ['first unusable', 'fresh unusable']]]);
    },
  );
});

describe('money', () => {
  test('is not spent twice: a second run finds all answers in the journal, and its files are the same', async () => {
    const first = await write(right);
    const second = await write(() => Promise.reject(new Error('nobody may be asked')), { journal: first.journal });
    expect(second.requests).toEqual([]);
    expect(second.texts).toEqual(first.texts);
    expect([...second.written.values()].flatMap(({ attempts }) => attempts.map(({ usage }) => usage))).toEqual([undefined, undefined]);
  });

  test('ends where the budget ends, and the rest is the templates’', async () => {
    const result = await write(right, { limits: { calls: 1 } });
    expect(result.requests.length).toBe(1);
    expect([...result.written.values()].map((each) => (each.kind === 'given-up' ? each.why : each.kind)).sort()).toEqual([
      'The budget of the run is spent: all 1 calls are made.',
      'accepted',
    ]);
  });
});

test('the order in which answers arrive changes nothing', async () => {
  const delays = [0, 5, 1, 3];
  const results = await Promise.all(
    [0, 1].map((shift) =>
      write(async (request, index) => {
        await new Promise((resolve) => setTimeout(resolve, delays[(index + shift) % delays.length]!));
        return request.messages.length > 1 ? right(request) : right(request).replace('AsyncSession', 'Session');
      }),
    ),
  );
  expect(results[0]!.texts).toEqual(results[1]!.texts);
  expect(summary(results[0]!)).toEqual(summary(results[1]!));
});

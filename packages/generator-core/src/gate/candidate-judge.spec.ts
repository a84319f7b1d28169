import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { artifactRoles } from '../artifacts/registry';
import type { Artifact } from '../plan/artifact';
import { planService } from '../plan/plan-service';
import { renderArtifact } from '../render/render-artifact';
import { readTemplates } from '../render/template-store';
import { parseServiceSpec } from '../spec/parse-service-spec';
import { CandidateJudge } from './candidate-judge';

const root = join(__dirname, '..', '..', '..', '..');
const specText = readFileSync(join(root, 'examples', 'bookstore.yaml'), 'utf8');
const good = readFileSync(join(root, 'e2e', 'fixtures', 'bookstore', 'pay_order.py'), 'utf8');

let judge: CandidateJudge;
let artifact: Artifact;

beforeAll(() => {
  const reading = parseServiceSpec(specText);
  if (reading.kind === 'faulty') throw new Error('The example does not parse.');
  const { spec } = reading;
  const plan = planService(spec);
  const roles = new Map(artifactRoles.map((role) => [role.role, role]));
  const texts = plan.artifacts
    .filter((each) => roles.has(each.role))
    .map((each): [string, string] => [
      each.path,
      renderArtifact({ spec, artifact: each, role: roles.get(each.role)!, templates: readTemplates() }),
    ]);
  judge = new CandidateJudge(new Map(texts));
  artifact = plan.graph.nodes['app/services/pay_order.py']!.data;
}, 60_000);

function verdict(text: string): readonly string[] {
  const { diagnostics } = judge.judge(artifact, text, new Map());
  return diagnostics.map(({ rule, range }) => `${rule}:${range.start.line}`);
}

test('what a person wrote is accepted, and formatted', () => {
  expect(judge.judge(artifact, good.replaceAll('    ', '  '), new Map())).toEqual({ text: good, diagnostics: [] });
});

test('missing imports of what it may import are added without asking', () => {
  const without = good.replace('from app.core.errors import ConflictError\n', '').replace('from decimal import Decimal\n', '');
  const { text, diagnostics } = judge.judge(artifact, without, new Map());
  expect({
    hasImport: text.includes('from app.core.errors import ConflictError\n'),
    diagnostics: diagnostics.map(({ rule, data }) => [rule, data?.['name']]),
  }).toEqual({
    hasImport: true,
    diagnostics: [['undefined-name', 'Decimal']],
  });
});

describe('what models do wrong is refused, by name', () => {
  test.each<[string, (text: string) => string, readonly string[]]>([
    ['a module that is not there', (text) => text.replace('app.models.order_item', 'app.models.order_items'), ['unresolved-import:14']],
    [
      'a name that is not there',
      (text) => text.replace('import ConflictError', 'import ConflictFault').replaceAll('ConflictError(', 'ConflictFault('),
      ['unknown-symbol:9'],
    ],
    [
      'a package nobody declared',
      (text) =>
        text
          .replace('from decimal', 'import stripe\nfrom decimal')
          .replace('    total = Decimal(0)', '    stripe.api_key = ""\n    total = Decimal(0)'),
      ['undeclared-distribution:5'],
    ],
    ['cut off', (text) => text.slice(0, text.indexOf('.execution_options(') + 22), ['syntax-error']],
    ['code left out', (text) => text.replace('    order.total = total\n', '    # ... rest of the code\n'), ['elided-code:40']],
    ['a stub', (text) => `${text}\n\nasync def notify(order: Order) -> None:\n    """Tell the customer."""\n    pass\n`, ['stub:47']],
    ['a commit', (text) => text.replace('session.flush()', 'session.commit()'), ['forbidden-construct:43']],
    ['another signature', (text) => text.replace('viewer: Viewer, order: Order', 'order: Order'), ['breaks-dependent:1']],
    [
      'the function under another name',
      (text) => text.replace('async def pay_order', 'async def pay'),
      ['missing-provided-name:1', 'breaks-dependent:1', 'breaks-dependent:1'],
    ],
    [
      'a silenced check',
      (text) => text.replace('Decimal(0)\n', 'Decimal(zero)  # noqa\n'),
      ['undefined-name:32', 'forbidden-construct:32'],
    ],
    ['text as code', (text) => text.replace('Decimal(0)\n', 'eval("0")\n'), ['forbidden-construct:30']],
    [
      'a router from a service',
      (text) =>
        text
          .replace('from app.models.book', 'from app.routers.book import router\nfrom app.models.book')
          .replace('    return order', '    router.tags\n    return order'),
      ['import-outside-plan:15'],
    ],
  ])('%s', (_name, spoil, expected) => {
    const spoilt = spoil(good);
    expect(spoilt).not.toBe(good);
    expect(
      verdict(spoilt)
        .map((each) => (each.startsWith('syntax-error') ? 'syntax-error' : each))
        .filter((each) => !/^[A-Z]/.test(each)),
    ).toEqual(expected);
  });

  test('and it leaves no trace: the next candidate is judged as if alone', () => {
    expect(verdict(good)).toEqual([]);
  });
});

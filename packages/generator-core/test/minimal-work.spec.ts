import { beforeAll, expect, test } from 'vitest';
import { generateService } from '../src/run/generate-service';
import type { GenerationResult } from '../src/run/generation-result';
import { applyResult } from '../src/testing/apply-result';
import { mapProject } from '../src/testing/map-project';
import { neighbourSpec } from './neighbour-spec';

/** Fifty entities, the user's among them, each related to its neighbours. */
const spec = neighbourSpec([{ name: 'First', size: 49 }]);
/** One field more in the 25th of them. */
const edited = spec.replace(/(  FirstAy:\n    fields:\n)/, '$1      mood: string(1..20)?\n');

type Generated = Extract<GenerationResult, { kind: 'generated' }>;
type Files = Readonly<Record<string, string>>;

let files: Files;
let total: number;

beforeAll(() => {
  const first = generate(spec, {});
  files = applyResult({}, first);
  total = first.explanations.length;
}, 600_000);

function generate(specText: string, before: Files): Generated {
  const result = generateService({ specText, project: mapProject(before) });
  if (result.kind !== 'generated') throw new Error(`The run ended with ${result.kind}.`);
  return result;
}

const made = ({ explanations }: Generated): readonly string[] =>
  explanations.filter(({ kind }) => kind === 'made').map(({ path, because }) => `${path}: ${because}`);

test('the second run makes nothing, renders nothing, and reads no Python', () => {
  const { writes, deletes, explanations, work, report } = generate(spec, files);
  expect({ writes, deletes, work, made: report.made }).toEqual({
    writes: new Map(),
    deletes: [],
    work: { rendered: [], parsed: 0 },
    made: 0,
  });
  expect(new Set(explanations.map(({ because }) => because))).toEqual(new Set(['same', 'written-once']));
});

test('one field more makes the files of its entity, and those whose surface they use', () => {
  const result = generate(edited, files);
  console.log(`made ${made(result).length} of ${total}`);
  expect(total).toBe(333);
  expect(made(result)).toEqual([
    'app/models/__init__.py: needs',
    'app/models/first_ax.py: needs',
    'app/models/first_ay.py: spec',
    'app/models/first_az.py: needs',
    'app/models/first_ba.py: needs',
    'app/repositories/first_ay.py: spec',
    'app/routers/first_ay.py: needs',
    'app/schemas/_summaries.py: spec',
    'app/schemas/first_ay.py: spec',
    'app/schemas/first_az.py: needs',
    'tests/factories.py: spec',
    'tests/test_access.py: needs',
    'tests/test_first_ax.py: needs',
    'tests/test_first_ay.py: spec',
    'tests/test_first_az.py: spec',
    'tests/test_first_ba.py: needs',
    'tests/test_migrations.py: needs',
  ]);
}, 600_000);

test('another order and a comment make nothing', () => {
  const { explanations, work, writes } = generate(
    `# Fifty.\n${spec.replace('      title: string(1..120) search sort\n      amount: int min=0 = 0 filter sort\n', '      amount: int min=0 = 0 filter sort\n      title: string(1..120) search sort\n')}`,
    files,
  );
  expect(explanations.filter(({ kind }) => kind === 'made')).toEqual([]);
  expect([work, [...writes.keys()]]).toEqual([
    { rendered: [], parsed: 0 },
    ['.fastapi/manifest.jsonl', '.fastapi/tables/first_aas.json', 'service.yaml'],
  ]);
});

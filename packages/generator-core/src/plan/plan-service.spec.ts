import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseServiceSpec } from '../spec/parse-service-spec';
import { formatPlan } from './format-plan';
import { planService } from './plan-service';

const examples = join(__dirname, '..', '..', '..', '..', 'examples');

function planOf(example: string) {
  const reading = parseServiceSpec(readFileSync(join(examples, example), 'utf8'));
  if (reading.kind !== 'read') throw new Error(`${example} cannot be read`);
  return planService(reading.spec);
}

test.each(['todo', 'bookstore'])('the plan of %s, as --dry-run prints it', async (name) => {
  await expect(`${formatPlan(planOf(`${name}.yaml`))}\n`).toMatchFileSnapshot(`__snapshots__/${name}-plan.txt`);
});

test.each(['todo', 'bookstore'])('in %s everything a file needs is made before it or together with it', (name) => {
  const plan = planOf(`${name}.yaml`);
  const position = new Map(plan.batches.flatMap((batch, index) => batch.map((path) => [path, index] as const)));
  const late = Object.values(plan.graph.dependencies)
    .flat()
    .filter(({ source, target }) => (position.get(target) ?? Infinity) > (position.get(source) ?? -1));
  expect(late).toEqual([]);
  expect(position.size).toBe(plan.artifacts.length);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { planService } from '../plan/plan-service';
import { parseServiceSpec } from '../spec/parse-service-spec';
import type { ServiceSpec } from '../spec/service-spec';
import { importLayers } from './import-layers';

const fixtures = [
  'examples/todo',
  'examples/bookstore',
  'examples/tracker',
  'e2e/fixtures/specs/agency',
  'e2e/fixtures/specs/club',
  'e2e/fixtures/specs/desk',
  'e2e/fixtures/specs/feed',
  'e2e/fixtures/specs/plain',
  'e2e/fixtures/specs/traced',
];

function read(path: string): ServiceSpec {
  const reading = parseServiceSpec(readFileSync(join(__dirname, '../../../..', `${path}.yaml`), 'utf8'));
  if (reading.kind === 'faulty') throw new Error(`${path}.yaml has faults`);
  return reading.spec;
}

/** Number of the layer, 0 the highest, and the part of it that a module belongs to; undefined outside of all layers. */
function placeOf(module: string, layers: readonly (readonly string[])[]): { readonly layer: number; readonly part: string } | undefined {
  for (const [layer, parts] of layers.entries()) {
    const part = parts.find((name) => module === name || module.startsWith(`${name}.`));
    if (part !== undefined) return { layer, part };
  }
  return undefined;
}

test.each(fixtures)('%s: whatever a file of the plan needs lies in a lower layer, or in its own part of the same', (path) => {
  const spec = read(path);
  const layers = importLayers(spec).map((layer) => layer.split(' | '));
  const moduleOf = (file: string): string => file.replace(/(\/__init__)?\.py$/, '').replaceAll('/', '.');
  const isApp = (file: string): boolean => file.startsWith('app/') && file.endsWith('.py');
  const needs = planService(spec).artifacts.filter((artifact) => isApp(artifact.path) && !artifact.path.startsWith('app/models/'));
  const wrong = needs.flatMap((artifact) =>
    artifact.needs.filter(isApp).flatMap((needed) => {
      const [above, below] = [placeOf(moduleOf(artifact.path), layers), placeOf(moduleOf(needed), layers)];
      if (above === undefined || below === undefined || above.layer < below.layer || above.part === below.part) return [];
      return [`${artifact.path} needs ${needed}`];
    }),
  );
  expect(wrong).toEqual([]);
});

test('every module below app that holds code is in a layer', () => {
  const spec = read('examples/bookstore');
  const layers = importLayers(spec).map((layer) => layer.split(' | '));
  const outside = planService(spec)
    .artifacts.map(({ path }) => path)
    .filter((path) => path.startsWith('app/') && path.endsWith('.py') && !path.endsWith('__init__.py'))
    .filter((path) => placeOf(path.slice(0, -3).replaceAll('/', '.'), layers) === undefined);
  expect(outside).toEqual([]);
});

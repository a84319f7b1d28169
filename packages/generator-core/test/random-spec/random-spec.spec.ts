import { describe, expect, test } from 'vitest';
import { formatSpecFaults } from '../../src/spec/format-spec-faults';
import { parseServiceSpec } from '../../src/spec/parse-service-spec';
import { constructsOf } from './constructs-of';
import { generateInMemory } from './generate-in-memory';
import { randomSpec } from './random-spec';
import { shrinkDocument } from './shrink-document';

const parsed = 500;
const generated = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

describe('random specs', () => {
  test('the same seed gives the same text', () => {
    expect(randomSpec(7)).toBe(randomSpec(7));
    expect(randomSpec(7)).not.toBe(randomSpec(8));
  });

  test(`${parsed} of them have no fault, and together they use what the language has`, () => {
    const counts: Record<string, number> = {};
    for (let seed = 0; seed < parsed; seed += 1) {
      const reading = parseServiceSpec(randomSpec(seed));
      expect(reading.kind === 'faulty' ? `seed ${seed}: ${formatSpecFaults(reading.faults, 'service.yaml')}` : '').toBe('');
      if (reading.kind === 'read') for (const construct of constructsOf(reading.spec)) counts[construct] = (counts[construct] ?? 0) + 1;
    }
    expect(Object.keys(counts).sort()).toMatchSnapshot();
    expect(Object.entries(counts).filter(([, count]) => count < 5)).toEqual([]);
  }, 120_000);

  test.each(generated)(
    'a small one passes every gate, the validator and ruff: seed %i',
    (seed) => {
      const outcome = generateInMemory(randomSpec(seed, 'small'));
      expect(outcome.kind === 'failed' ? `${outcome.step}: ${outcome.output}` : '').toBe('');
    },
    120_000,
  );
});

test('what fails is shrunk to what it needs', () => {
  const document = {
    service: 'x',
    enums: { A: ['b', 'c'] },
    entities: { Book: { fields: { a: 'int', b: 'int' } }, Tag: { fields: { c: 'int' } } },
  };
  const fails = (candidate: unknown): boolean => JSON.stringify(candidate).includes('"b":"int"');
  expect(shrinkDocument(document, { fails, mostTrials: 100 })).toEqual({
    smallest: { entities: { Book: { fields: { b: 'int' } } } },
    trials: 13,
  });
});

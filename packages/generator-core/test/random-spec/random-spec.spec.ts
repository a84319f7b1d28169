import { describe, expect, test } from 'vitest';
import { formatSpecFaults } from '../../src/spec/format-spec-faults';
import { parseServiceSpec } from '../../src/spec/parse-service-spec';
import { constructsOf } from './constructs-of';
import { randomSpec } from './random-spec';
import { shrinkDocument } from './shrink-document';

const parsed = 400;

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
    expect(Object.entries(counts).filter(([, count]) => count < 1)).toEqual([]);
  });
});

test('what fails is shrunk to what it needs', () => {
  const document = {
    service: 'x',
    enums: { A: ['b', 'c'] },
    entities: { Book: { fields: { a: 'int', b: 'int' } }, Tag: { fields: { c: 'int' } } },
  };
  const fails = (candidate: unknown): boolean => JSON.stringify(candidate).includes('"b":"int"');
  expect(shrinkDocument(document, { fails, mostTrials: 100 }).smallest).toEqual({ entities: { Book: { fields: { b: 'int' } } } });
});

import { beforeAll, describe, expect, test } from 'vitest';
import { plannedExample } from '../src/testing/planned-service';
import { FaultTrials } from './planted-fault-trial';
import { readPlantedFaults } from './read-planted-faults';

const faults = readPlantedFaults();
let trials: FaultTrials;

beforeAll(() => {
  trials = new FaultTrials(plannedExample('bookstore'));
}, 120_000);

test('there are enough of them, of many kinds', () => {
  expect(faults.length).toBeGreaterThanOrEqual(130);
  expect(new Set(faults.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(40);
});

describe('a planted fault', () => {
  test.each(faults.map((fault) => [fault.name, fault] as const))('%s', async (_name, fault) => {
    const gated = await trials.tryWithGates(fault);
    const twin = await trials.tryTwin(fault);
    const ends = gated.ends === 'given-up' ? 'given-up' : fault.ends === 'left-to-the-tests' ? 'left-to-the-tests' : 'mended';
    expect({ ends, found: gated.found, isImportRelated: gated.breakage.isImportRelated, rules: gated.breakage.rules }).toEqual({
      ends: fault.ends,
      found: fault.found,
      isImportRelated: false,
      rules: [],
    });
    expect(twin).toMatchObject({ kind: 'accepted', attempts: [{ step: 'first' }] });
    if (fault.ends === 'mended' && twin.kind === 'accepted') expect(gated.text).toBe(twin.text);
  });
});

import { describe, expect, test } from 'vitest';
import { checkPackage, readExpected } from '../corpus/check-package';
import { fetchPackages, readPackages } from '../corpus/fetch-packages';
import { runPlantedFaults } from '../corpus/run-planted-faults';

/** `CORPUS=all` takes every package; without it those that are checked in seconds. */
const packages = readPackages().filter(({ quick }) => quick || process.env['CORPUS'] === 'all');
const { folders, failures } = fetchPackages(packages);

describe('real packages', () => {
  for (const pinned of packages) {
    const folder = folders.get(pinned.name);
    const reason = failures.find((failure) => failure.startsWith(`${pinned.name}: `)) ?? 'it could not be fetched';
    test.skipIf(folder === undefined)(
      `${pinned.name} ${pinned.version} has the findings that were looked at, and no others${folder === undefined ? ` (skipped: ${reason})` : ''}`,
      { timeout: 300_000 },
      () => {
        expect(checkPackage(folder!, pinned).findings).toEqual([...readExpected(pinned.name).keys()]);
      },
    );
  }

  test('every expected finding has its reason', () => {
    const unexplained = readPackages().flatMap(({ name }) =>
      [...readExpected(name)].filter(([, reason]) => reason === '' || reason === 'TODO').map(([finding]) => `${name}: ${finding}`),
    );
    expect(unexplained).toEqual([]);
  });
});

describe('planted faults', () => {
  const folder = folders.get('fastapi-users');
  test.skipIf(folder === undefined)('are found, and their correct twins are not', { timeout: 300_000 }, () => {
    const results = [...runPlantedFaults({ folder: folder!, count: 110, seed: 7 })];
    expect(results.flatMap(([, { misses }]) => misses)).toEqual([]);
    expect(results.flatMap(([, { falseAlarms }]) => falseAlarms)).toEqual([]);
    expect(results.reduce((sum, [, { planted }]) => sum + planted, 0)).toBeGreaterThan(80);
  });
});

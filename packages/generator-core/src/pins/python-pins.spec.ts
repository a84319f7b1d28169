import { expect, test } from 'vitest';
import { pinOf, reachablePackages, readPythonPins } from './python-pins';
import { formatRequirement, pythonRequirements } from './python-requirements';

const pins = {
  uv: '1.0.0',
  packages: {
    alpha: { version: '1', hashes: [], needs: ['beta'] },
    beta: { version: '2', hashes: [], needs: ['alpha', 'gamma'] },
    gamma: { version: '3', hashes: [], needs: [] },
    other: { version: '4', hashes: [], needs: [] },
  },
};

test('what comes along is found once, in circles too', () => {
  expect(reachablePackages(pins, ['alpha'])).toEqual(['alpha', 'beta', 'gamma']);
});

test('a missing pin says how to make it', () => {
  expect(() => pinOf(pins, 'delta')).toThrow(
    'No version of delta is pinned in pins/python-pins.json. Run: npx tsx --tsconfig tools/tsconfig.json tools/resolve-pins.ts',
  );
});

test('everything a service may ask for is pinned, with hashes, and no address is in the file', () => {
  const shipped = readPythonPins();
  const names = pythonRequirements.map(({ name }) => name);
  expect(names.filter((name) => (shipped.packages[name]?.hashes.length ?? 0) === 0)).toEqual([]);
  expect(Object.keys(shipped.packages)).toEqual([...reachablePackages(shipped, names)]);
  expect(JSON.stringify(shipped)).not.toMatch(/:\/\/|index/);
});

test('extras stand in brackets', () => {
  expect(pythonRequirements.filter(({ extras }) => extras.length > 0).map(formatRequirement)).toEqual([
    'psycopg[binary]',
    'pwdlib[argon2]',
    'sqlalchemy[asyncio]',
  ]);
});

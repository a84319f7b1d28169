import { expect, test } from 'vitest';
import { toSemver } from './to-semver';

test.each([
  ['1.2.3', '1.2.3'],
  ['1.2', '1.2.0'],
  ['2026.01', '2026.1.0'],
  ['v1', '1.0.0'],
  ['1.0.0a1', '1.0.0-alpha.1'],
  ['1.0.0b2', '1.0.0-beta.2'],
  ['1.0.0-beta.2', '1.0.0-beta.2'],
  ['1.0rc', '1.0.0-rc.0'],
  ['1.0.0.pre3', '1.0.0-rc.3'],
])('%s is %s', (python, semver) => {
  expect(toSemver(python)).toBe(semver);
});

test.each(['1.0.post1', '1.0.dev3', '1!2.0', '1.2.3.4', '1.0+local', '1.0.0-canary.0', 'latest', ''])(
  '%j has no counterpart',
  (version) => {
    expect(toSemver(version)).toBeUndefined();
  },
);

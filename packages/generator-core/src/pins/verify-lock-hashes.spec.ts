import { expect, test } from 'vitest';
import { verifyLockHashes } from './verify-lock-hashes';

const pins = {
  uv: '1.0.0',
  packages: {
    fastapi: { version: '2.0', hashes: ['sha256:a', 'sha256:b'], needs: [] },
    anyio: { version: '4.0', hashes: ['sha256:c'], needs: [] },
  },
};

test('a lock with the pinned files, or some of them, is as proven', () => {
  const lock = `
[[package]]
name = "fastapi"
version = "2.0"
sdist = { url = "…", hash = "sha256:a", size = 1 }
wheels = [{ url = "…", hash = "sha256:b", size = 1 }]

[[package]]
name = "shop"
source = { virtual = "." }
`;
  expect(verifyLockHashes(lock, pins)).toEqual([]);
});

test('files that were not there are named, sorted by package', () => {
  const lock = `
[[package]]
name = "fastapi"
version = "2.0"
sdist = { hash = "sha256:y" }
wheels = [{ hash = "sha256:x" }, { hash = "sha256:b" }]

[[package]]
name = "anyio"
version = "4.0"
wheels = [{ hash = "sha256:z" }]
`;
  expect(verifyLockHashes(lock, pins)).toEqual([
    { kind: 'replaced', package: 'anyio', version: '4.0', unknownHashes: ['sha256:z'] },
    { kind: 'extended', package: 'fastapi', version: '2.0', unknownHashes: ['sha256:x', 'sha256:y'] },
  ]);
});

test('another version is the choice of who locks', () => {
  expect(verifyLockHashes('[[package]]\nname = "fastapi"\nversion = "3.0"\nwheels = [{ hash = "sha256:x" }]\n', pins)).toEqual([]);
});

test('a lock that is no TOML is refused', () => {
  expect(() => verifyLockHashes('[[package', pins)).toThrow();
});

import { parse } from 'smol-toml';
import type { PythonPins } from './python-pins';

/**
 * A locked package of a version that is pinned, with files that were not there when the pins were resolved.
 * `extended`: files were added to the release since, a wheel for one more platform most often. `replaced`: none of its files is a known one.
 */
export interface LockHashMismatch {
  readonly kind: 'extended' | 'replaced';
  readonly package: string;
  readonly version: string;
  /** Hashes in the lock file that are not among the pinned ones, sorted. */
  readonly unknownHashes: readonly string[];
}

interface LockedPackage {
  readonly name: string;
  readonly version?: string;
  readonly sdist?: { readonly hash?: string };
  readonly wheels?: readonly { readonly hash?: string }[];
}

/**
 * Packages of a `uv.lock` whose version is the pinned one but whose files are others: what an index serves today is not what
 * the service was proven with. Other versions are the user's own choice and are not looked at. Sorted by package.
 * Throws when the text is no TOML.
 */
export function verifyLockHashes(lockText: string, pins: PythonPins): readonly LockHashMismatch[] {
  const lock = parse(lockText) as { readonly package?: readonly LockedPackage[] };
  return (lock.package ?? [])
    .flatMap((locked) => {
      const pin = pins.packages[locked.name];
      if (pin === undefined || locked.version !== pin.version) return [];
      const hashes = hashesOf(locked);
      const unknownHashes = hashes.filter((hash) => !pin.hashes.includes(hash)).sort();
      if (unknownHashes.length === 0) return [];
      const kind: LockHashMismatch['kind'] = unknownHashes.length === hashes.length ? 'replaced' : 'extended';
      return [{ kind, package: locked.name, version: pin.version, unknownHashes }];
    })
    .sort((a, b) => (a.package < b.package ? -1 : 1));
}

function hashesOf({ sdist, wheels = [] }: LockedPackage): readonly string[] {
  return [sdist?.hash, ...wheels.map((wheel) => wheel.hash)].filter((hash) => hash !== undefined);
}

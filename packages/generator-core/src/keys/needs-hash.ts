import { textHash } from '../promote/text-hash';

/** Hash of the surfaces of what an artifact needs, in any order: path and hash of each. */
export function needsHash(surfaces: Iterable<readonly [string, string]>): string {
  return textHash(JSON.stringify([...surfaces].sort(([one], [other]) => (one < other ? -1 : 1))));
}

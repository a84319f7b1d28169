import type { Manifest } from './manifest';
import { textHash } from './text-hash';

/** The manifest of a run. A file that is written once, or is the user's own by now, keeps the hash of what was written last. */
export function createManifest({
  generator,
  specText,
  texts,
  keepHash = new Set(),
  models = new Map(),
  previous,
}: {
  readonly generator: string;
  readonly specText: string;
  readonly texts: ReadonlyMap<string, string>;
  /** Paths whose text of this run is not written. */
  readonly keepHash?: ReadonlySet<string>;
  /** Which model wrote a text, by path. */
  readonly models?: ReadonlyMap<string, string>;
  readonly previous?: Manifest | undefined;
}): Manifest {
  const written = (path: string) => (keepHash.has(path) ? previous?.files[path] : undefined);
  const files = [...texts].map(([path, text]) => [path, written(path) ?? textHash(text)] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    version: 1,
    generator,
    spec: textHash(specText),
    files: Object.fromEntries(files),
    ...(models.size === 0 ? {} : { models: Object.fromEntries([...models].sort(([a], [b]) => (a < b ? -1 : 1))) }),
  };
}

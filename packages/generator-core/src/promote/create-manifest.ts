import type { Manifest } from './manifest';
import { textHash } from './text-hash';

/** The manifest of a run. A file that is written once keeps the hash of what was written then. */
export function createManifest({
  generator,
  specText,
  texts,
  writeOnce = new Set(),
  previous,
}: {
  readonly generator: string;
  readonly specText: string;
  readonly texts: ReadonlyMap<string, string>;
  readonly writeOnce?: ReadonlySet<string>;
  readonly previous?: Manifest | undefined;
}): Manifest {
  const written = (path: string) => (writeOnce.has(path) ? previous?.files[path] : undefined);
  const files = [...texts].map(([path, text]) => [path, written(path) ?? textHash(text)] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  return { version: 1, generator, spec: textHash(specText), files: Object.fromEntries(files) };
}

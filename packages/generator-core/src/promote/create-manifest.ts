import type { Manifest } from './manifest';
import { textHash } from './text-hash';

export function createManifest({ generator, specText, texts }: { generator: string; specText: string; texts: ReadonlyMap<string, string> }): Manifest {
  const files = [...texts].map(([path, text]) => [path, textHash(text)] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  return { version: 1, generator, spec: textHash(specText), files: Object.fromEntries(files) };
}

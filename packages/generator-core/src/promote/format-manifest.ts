import type { Manifest } from './manifest';

/** One file a line and sorted, so that branches which add different files merge. */
export function formatManifest(manifest: Manifest): string {
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

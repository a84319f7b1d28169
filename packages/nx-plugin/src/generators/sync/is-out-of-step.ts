import { createHash } from 'node:crypto';

/** The manifests of a service by name: JSON Lines since version 2, one JSON document before. */
export const manifestFiles = ['.fastapi/manifest.jsonl', '.fastapi/manifest.json'];

/**
 * Whether a service's files were made from another spec than the one beside them, or, after branches were merged, from several.
 * By hashes only, and without loading the generator: Nx's daemon asks after every change in the workspace.
 * A manifest that cannot be read is left to the generator, which says what to do.
 */
export function isOutOfStep({ spec, manifests }: { readonly spec: string; readonly manifests: readonly string[] }): boolean {
  const madeFrom = new Set(manifests.flatMap((manifest) => [manifest, ...manifest.split('\n')]).flatMap(specHashOf));
  if (madeFrom.size !== 1) return madeFrom.size > 1;
  return !madeFrom.has(
    createHash('sha256')
      .update(spec.replace(/^\uFEFF/, ''), 'utf8')
      .digest('hex'),
  );
}

function specHashOf(json: string): readonly string[] {
  try {
    const { spec } = JSON.parse(json) as { readonly spec?: unknown };
    return typeof spec === 'string' ? [spec] : [];
  } catch {
    return [];
  }
}

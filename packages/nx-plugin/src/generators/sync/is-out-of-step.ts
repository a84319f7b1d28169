import { createHash } from 'node:crypto';

/**
 * Whether a service's files were made from another spec than the one beside them. By hashes only, and without loading the generator:
 * Nx's daemon asks after every change in the workspace. A manifest that cannot be read is left to the generator, which says what to do.
 */
export function isOutOfStep({ spec, manifest }: { readonly spec: string; readonly manifest: string }): boolean {
  const madeFrom = specHashOf(manifest);
  return (
    madeFrom !== undefined &&
    madeFrom !==
      createHash('sha256')
        .update(spec.replace(/^\uFEFF/, ''), 'utf8')
        .digest('hex')
  );
}

function specHashOf(manifest: string): string | undefined {
  try {
    const { spec } = JSON.parse(manifest) as { readonly spec?: unknown };
    return typeof spec === 'string' ? spec : undefined;
  } catch {
    return undefined;
  }
}

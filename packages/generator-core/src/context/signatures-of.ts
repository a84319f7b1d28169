import type { ModuleSurface } from '@org/validator';

/** The signatures of a file, one after the other. The mark of an unwritten function is no part of them. */
export function signaturesOf(surface: ModuleSurface | undefined): string {
  return (surface?.exports ?? []).map(({ signature }) => signature.replace(/^@unimplemented\n/, '')).join('\n');
}

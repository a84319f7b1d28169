import type { ModuleSurface } from '@org/validator';
import { textHash } from '../promote/text-hash';

/** Hash of what others see of a Python file; another body, or another order of names, is the same surface. */
export function surfaceHash({ module, exports }: ModuleSurface): string {
  return textHash(JSON.stringify([module ?? '', exports.map(({ name, kind, signature }) => [name, kind, signature])]));
}

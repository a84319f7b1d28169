import { serialize } from 'node:v8';
import type { ModuleSummary } from './module-summary';

/** A summary as bytes, without its text; `decodeSummary` makes it whole again. */
export function encodeSummary(summary: ModuleSummary): Uint8Array {
  const { text: _text, ...rest } = summary;
  return serialize(rest);
}

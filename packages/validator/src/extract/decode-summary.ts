import { deserialize } from 'node:v8';
import type { ModuleSummary } from './module-summary';

/** The summary whose bytes `encodeSummary` made, for the text it was made of. Give it no other bytes. */
export function decodeSummary(bytes: Uint8Array, text: string): ModuleSummary {
  return { text, ...(deserialize(bytes) as Omit<ModuleSummary, 'text'>) };
}

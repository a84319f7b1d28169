import type { Diagnostic } from '@astral-sh/ruff-wasm-nodejs';
import type { PythonVersion } from '../python/python-version';
import type { Span } from '../text/span';
import { ruffWorkspace } from './ruff-workspace';

export interface RuffFault {
  readonly span: Span;
  readonly message: string;
  /** Valid in a newer Python than the project's oldest. */
  readonly isNewer: boolean;
}

/** Refused by the compiler rather than by the parser; the grammar refuses some of it, such as `from __future__ import *`. */
const UNKNOWN_FUTURE_FEATURE = 'F407';

/**
 * What ruff's parser says about a text: a second opinion where the grammar alone objects, for that grammar is older than Python.
 * Loads ruff's WebAssembly (about 0.4 s, 100 MB) on the first call.
 */
export function askRuff(text: string, version: PythonVersion): readonly RuffFault[] {
  const found = ruffWorkspace({ version, select: [UNKNOWN_FUTURE_FEATURE] }).check(text) as readonly Diagnostic[];
  const offsets = lineOffsets(text);
  const offsetOf = (place: Diagnostic['start_location']): number => (offsets[place.row - 1] ?? text.length) + place.column - 1;
  return found
    .filter(({ code }) => code === null || code === 'invalid-syntax' || code === UNKNOWN_FUTURE_FEATURE)
    .map(({ message, start_location: start, end_location: end }) => ({
      span: { start: offsetOf(start), end: offsetOf(end) },
      message,
      isNewer: /syntax was added in Python/.test(message),
    }));
}

function lineOffsets(text: string): readonly number[] {
  return [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map((ending) => ending.index + ending[0].length)];
}

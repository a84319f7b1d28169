import { parseOutline } from '../parse/strict/parse-outline';
import type { PythonVersion } from '../python/python-version';
import type { ModuleSummary } from './module-summary';
import { summarizeInterface } from './summarize-interface';

/**
 * Text → what other modules can see of it, with nothing about calls, names and wiring; most functions' bodies are not read,
 * so that a fault of syntax in one of them goes unnoticed. Undefined where the rest is not certainly Python.
 */
export function extractOutline(text: string, version: PythonVersion): ModuleSummary | undefined {
  const root = parseOutline(text);
  return root === undefined
    ? undefined
    : summarizeInterface({ syntax: { root, faults: [], isBroken: false }, text, version, hasBodies: false });
}

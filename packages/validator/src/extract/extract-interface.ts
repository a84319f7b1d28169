import type { PythonVersion } from '../python/python-version';
import type { ModuleSummary } from './module-summary';
import { readSyntax } from './read-syntax';
import { summarizeInterface } from './summarize-interface';

/** What `extractOutline` tells, of a text that is read whole, and its faults of syntax. */
export function extractInterface(text: string, version: PythonVersion): ModuleSummary {
  return summarizeInterface(readSyntax(text, version), text, version);
}

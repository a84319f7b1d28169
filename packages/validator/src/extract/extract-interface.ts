import type { PythonVersion } from '../python/python-version';
import type { ModuleSummary } from './module-summary';
import { readSyntax } from './read-syntax';
import { summarizeInterface } from './summarize-interface';

/** What `extractOutline` tells, of a text that is read whole; also its faults of syntax, and what it asks of modules as attributes. */
export function extractInterface(text: string, version: PythonVersion): ModuleSummary {
  return summarizeInterface({ syntax: readSyntax(text, version), text, version, hasBodies: true });
}

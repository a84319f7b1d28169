import { formatConcise } from './format-concise';
import { formatFull } from './format-full';
import { formatGithub } from './format-github';
import { formatGitlab } from './format-gitlab';
import { formatJson } from './format-json';
import { formatJunit } from './format-junit';
import type { Formatter } from './format-options';
import { formatSarif } from './format-sarif';

const entries = [
  ['concise', formatConcise],
  ['full', formatFull],
  ['json', formatJson],
  ['sarif', formatSarif],
  ['github', formatGithub],
  ['gitlab', formatGitlab],
  ['junit', formatJunit],
] as const satisfies readonly (readonly [string, Formatter])[];

export type DiagnosticFormat = (typeof entries)[number][0];

/** Every report, by the name a user asks for it. A new one is a file and a row. */
export const FORMATTERS: ReadonlyMap<DiagnosticFormat, Formatter> = new Map<DiagnosticFormat, Formatter>(entries);

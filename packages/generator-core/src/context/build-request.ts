import { createHash } from 'node:crypto';
import type { Diagnostic } from '@org/validator';
import type { CompletionRequest } from '../model/language-model';
import { renderTemplate } from '../render/render-template';
import type { ArtifactContext } from './artifact-context';

export interface RequestSource {
  readonly context: ArtifactContext;
  /** Prompt files by name. */
  readonly prompts: ReadonlyMap<string, string>;
  readonly maxOutputTokens: number;
  /** What the last answer's form was like, if it could not be used. */
  readonly hint?: string | undefined;
  /** What mended files like this one before. */
  readonly lessons?: readonly string[];
}

/** The first request for an artifact. Same context, same bytes. */
export function buildWriteRequest({ context, prompts, maxOutputTokens, hint, lessons = [] }: RequestSource): CompletionRequest {
  const view = { ...context, fence: fenceFor(context), hint: hint ?? '', lessons: [...lessons] };
  return {
    system: prompts.get('system.md')!,
    messages: [{ role: 'user', text: renderTemplate({ templates: prompts, name: 'write.md.jinja', view }) }],
    maxOutputTokens,
    thinking: 'medium',
    seed: 1,
  };
}

export interface RepairSource extends RequestSource {
  /** The text to mend. */
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Asks to mend a text. The first request stays as it was, so that the task is not lost and a provider's prompt cache hits. */
export function buildRepairRequest(source: RepairSource): CompletionRequest {
  const { text, diagnostics, prompts } = source;
  const first = buildWriteRequest(source);
  const faults = diagnostics.map((diagnostic) => ({
    title: `${diagnostic.rule}, line ${diagnostic.range.start.line}`,
    message: diagnostic.message,
    excerpt: excerptAround(text, diagnostic.range.start.line),
  }));
  const repair = renderTemplate({ templates: prompts, name: 'repair.md.jinja', view: { faults } });
  return { ...first, messages: [...first.messages, { role: 'model', text: fenced(text) }, { role: 'user', text: repair }] };
}

/** Nobody who writes a spec can know it, since it depends on all that is written; the same spec always has the same. */
function fenceFor({ slice, service, path }: ArtifactContext): string {
  return createHash('sha256')
    .update(JSON.stringify([slice, service, path]))
    .digest('hex')
    .slice(0, 16);
}

function excerptAround(text: string, line: number): string {
  const lines = text.split('\n');
  const from = Math.max(1, line - 2);
  return lines
    .slice(from - 1, line + 2)
    .map((content, index) => `${from + index === line ? '>' : ' '} ${String(from + index).padStart(4)} | ${content}`)
    .join('\n');
}

function fenced(text: string): string {
  return `\`\`\`python\n${text.trimEnd()}\n\`\`\``;
}

import { parseDocument } from 'yaml';
import type { AdditionFault } from './spec-edit';

export type FlowReading = { readonly kind: 'read'; readonly value: unknown } | { readonly kind: 'faulty'; readonly fault: AdditionFault };

/** A value as it stands on one line of a spec: `[{ book: Book, sold: int }]`, `{ read: public }`. */
export function readFlow(typed: string, { yaml = typed, mend }: { readonly yaml?: string; readonly mend: string }): FlowReading {
  const document = parseDocument(yaml, { prettyErrors: false, logLevel: 'silent' });
  const [problem] = document.errors;
  if (problem === undefined) return { kind: 'read', value: document.toJS() as unknown };
  return { kind: 'faulty', fault: { typed, message: `this cannot be read as YAML: ${firstLine(problem.message)}.`, mend } };
}

function firstLine(text: string): string {
  return text.split('\n')[0]!.replace(/[.:\s]+$/, '');
}

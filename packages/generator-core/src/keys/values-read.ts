import type { TemplateView } from '../artifacts/artifact-role';
import type { TemplateRead } from './template-reads';

/** What a template with these reads takes of a view, as JSON: the same JSON, the same text. */
export function valuesRead(view: TemplateView, reads: readonly TemplateRead[]): string {
  const whole = new Set(reads.filter(({ take }) => take === 'value').map(({ path }) => path.join('.')));
  const needed = reads.filter(({ path, take }) => !isTakenAbove(path, take, whole));
  return JSON.stringify(needed.map(({ path, take }) => [take, path.join('.'), taken(valueAt(view, path), take)]));
}

function isTakenAbove(path: readonly string[], take: TemplateRead['take'], whole: ReadonlySet<string>): boolean {
  const above = path.map((_step, index) => path.slice(0, index + 1).join('.'));
  return (take === 'value' ? above.slice(0, -1) : above).some((each) => whole.has(each));
}

/** A step from what is no object is a method or a length: then all of it is taken. */
function valueAt(view: TemplateView, path: readonly string[]): unknown {
  let value: unknown = view;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    value = (value as Readonly<Record<string, unknown>>)[step];
  }
  return value;
}

function taken(value: unknown, take: TemplateRead['take']): unknown {
  switch (take) {
    case 'value':
      return value;
    case 'truth':
      return isTrue(value);
    case 'length':
      return sizeOf(value) ?? value;
  }
}

/** As Jinja has it: what is empty does not hold. */
function isTrue(value: unknown): boolean {
  return (sizeOf(value) ?? Number(Boolean(value))) > 0;
}

function sizeOf(value: unknown): number | undefined {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : undefined;
}

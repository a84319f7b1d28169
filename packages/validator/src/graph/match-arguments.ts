import type { CallUse, Parameter } from '../extract/callable';
import type { Span } from '../text/span';
import { nearestNames } from '../text/nearest-names';

export type ArgumentFault =
  | { readonly kind: 'missing'; readonly span: Span; readonly names: readonly string[] }
  | {
      readonly kind: 'too-many';
      readonly span: Span;
      readonly taken: number;
      readonly given: number;
      readonly keywordOnly: readonly string[];
    }
  | { readonly kind: 'unknown-keyword'; readonly span: Span; readonly name: string; readonly nearest: readonly string[] }
  | { readonly kind: 'given-twice' | 'positional-only'; readonly span: Span; readonly name: string };

/** Compares a call with a signature as Python does; one cause, one fault. */
export function matchArguments(
  parameters: readonly Parameter[],
  call: Pick<CallUse, 'span' | 'positional' | 'keywords'>,
): readonly ArgumentFault[] {
  const slots = parameters.filter(({ kind }) => kind === 'positional-only' || kind === 'plain');
  const filled = new Set(slots.slice(0, call.positional.length).map(({ name }) => name));
  const named = new Set(call.keywords.map(({ name }) => name));
  const faults: ArgumentFault[] = [];
  const extra = call.positional[slots.length];
  if (extra !== undefined && !parameters.some(({ kind }) => kind === 'rest')) {
    const keywordOnly = parameters.filter(({ kind, name }) => kind === 'keyword-only' && !named.has(name)).map(({ name }) => name);
    faults.push({ kind: 'too-many', span: extra, taken: slots.length, given: call.positional.length, keywordOnly });
  }
  for (const keyword of call.keywords) {
    const fault = keywordFault(keyword, parameters, filled, named);
    if (fault !== undefined) faults.push(fault);
  }
  const names = missingNames(parameters, filled, named).filter((name) => !isExplained(name, faults));
  return names.length === 0 ? faults : [{ kind: 'missing', span: call.span, names }, ...faults];
}

function keywordFault(
  { name, span }: CallUse['keywords'][number],
  parameters: readonly Parameter[],
  filled: ReadonlySet<string>,
  named: ReadonlySet<string>,
): ArgumentFault | undefined {
  const parameter = parameters.find((each) => each.name === name && (each.kind === 'plain' || each.kind === 'keyword-only'));
  if (parameter !== undefined) return filled.has(name) ? { kind: 'given-twice', span, name } : undefined;
  if (parameters.some(({ kind }) => kind === 'keyword-rest')) return undefined;
  if (parameters.some((each) => each.name === name && each.kind === 'positional-only')) return { kind: 'positional-only', span, name };
  const open = parameters.filter((each) => isNameable(each) && !filled.has(each.name) && !named.has(each.name)).map((each) => each.name);
  return { kind: 'unknown-keyword', span, name, nearest: nearestNames(name, open) };
}

function isNameable({ kind }: Parameter): boolean {
  return kind === 'plain' || kind === 'keyword-only';
}

function missingNames(parameters: readonly Parameter[], filled: ReadonlySet<string>, named: ReadonlySet<string>): readonly string[] {
  return parameters
    .filter(({ name, kind, isRequired }) => isRequired && !filled.has(name) && (kind === 'positional-only' || !named.has(name)))
    .map(({ name }) => name);
}

/** A misspelt or misplaced argument leaves its parameter empty: that is the same fault. */
function isExplained(name: string, faults: readonly ArgumentFault[]): boolean {
  return faults.some((fault) => {
    if (fault.kind === 'unknown-keyword') return fault.nearest[0] === name;
    if (fault.kind === 'too-many') return fault.keywordOnly.includes(name);
    return fault.kind === 'positional-only' && fault.name === name;
  });
}

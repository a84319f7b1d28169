import { attributesOf } from '../attributes-of';
import type { FactCollector } from '../fact-collector';
import type { NameUse } from '../name-use';
import type { BoundName } from '../scope';
import type { BindingIndex } from './binding-index';
import type { Expression } from './expression';
import type { AssignmentFacts, FunctionFacts, LooseUse, WiringCall } from './service-facts';

export interface WiringSyntax {
  readonly assignments: readonly AssignmentFacts[];
  readonly functions: readonly FunctionFacts[];
  readonly wiring: readonly WiringCall[];
}

/** Reads of imported names and of made objects that are not the wiring itself, each once: `routers = [router]`, `run(app)`, `users.router.routes`. */
export function listLooseUses(facts: FactCollector, bindings: BindingIndex, syntax: WiringSyntax): readonly LooseUse[] {
  const wired = wiredOffsets(syntax);
  const made = new Set<string>();
  for (const { value, variable } of syntax.assignments) if (value.kind === 'call') made.add(variable);
  const loose = new Map<string, LooseUse>();
  const plain = new Set<BoundName>();
  for (const use of facts.uses) {
    if (use.found === undefined || wired.has(use.start)) continue;
    if (use.dotted === undefined && plain.has(use.found)) continue;
    const binding = bindings.bindingOf(use.start);
    if (use.dotted === undefined && bindings.isAnswerFor(use)) plain.add(use.found);
    if (binding.kind !== 'import' && (binding.kind !== 'variable' || !made.has(binding.variable))) continue;
    const names = namesOf(use, facts);
    const key = `${keyOf(binding)} ${names.join('.')}`;
    if (!loose.has(key)) loose.set(key, { names, binding });
  }
  return [...loose.values()];
}

function keyOf(binding: LooseUse['binding']): string {
  if (binding.kind === 'import') return `${binding.importIndex}:${binding.importedNameIndex ?? ''}`;
  return binding.kind === 'variable' ? binding.variable : binding.kind;
}

function namesOf(use: NameUse, facts: FactCollector): readonly string[] {
  if (use.dotted === undefined) return [use.name];
  return [use.name, ...attributesOf(use, facts).map(({ name }) => name)];
}

function wiredOffsets({ functions, wiring }: WiringSyntax): ReadonlySet<number> {
  const wired = new Set<number>();
  for (const { decorators } of functions) for (const decorator of decorators) noteDecorator(decorator, wired);
  for (const { object, call } of wiring) {
    if (object !== undefined) wired.add(object.span.start);
    for (const argument of [call.positional[0], call.keywords['router']])
      if (argument?.kind === 'reference') wired.add(argument.span.start);
  }
  return wired;
}

/** `@router.get(…)` reads `router` to wire it. */
function noteDecorator(decorator: Expression, wired: Set<number>): void {
  if (decorator.kind === 'call' && decorator.callee.kind === 'reference' && decorator.callee.reference.names.length > 1) {
    wired.add(decorator.callee.span.start);
  }
}

import { attributesOf } from '../attributes-of';
import type { FactCollector } from '../fact-collector';
import type { NameUse } from '../name-use';
import type { BindingIndex } from './binding-index';
import type { Expression, Reference } from './expression';
import type { AssignmentFacts, FunctionFacts, WiringCall } from './service-facts';

export interface WiringSyntax {
  readonly assignments: readonly AssignmentFacts[];
  readonly functions: readonly FunctionFacts[];
  readonly wiring: readonly WiringCall[];
}

/** Reads of imported names and of made objects that are not the wiring itself: `routers = [router]`, `run(app)`, `users.router.routes`. */
export function listLooseUses(facts: FactCollector, bindings: BindingIndex, syntax: WiringSyntax): readonly Reference[] {
  const wired = wiredOffsets(syntax);
  const made = new Set<string>();
  for (const { value, variable } of syntax.assignments) if (value.kind === 'call') made.add(variable);
  const loose: Reference[] = [];
  for (const use of facts.uses) {
    if (use.found === undefined || wired.has(use.start)) continue;
    const binding = bindings.bindingOf(use.start);
    if (binding.kind !== 'import' && (binding.kind !== 'variable' || !made.has(binding.variable))) continue;
    loose.push({ names: namesOf(use, facts), span: { start: use.start, end: use.end }, binding });
  }
  return loose;
}

function namesOf(use: NameUse, facts: FactCollector): readonly string[] {
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

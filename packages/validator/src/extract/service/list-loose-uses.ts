import type { FactCollector } from '../fact-collector';
import type { BindingIndex } from './binding-index';
import type { Expression, Reference } from './expression';
import type { AssignmentFacts, FunctionFacts, WiringCall } from './service-facts';

export interface WiringSyntax {
  readonly assignments: readonly AssignmentFacts[];
  readonly functions: readonly FunctionFacts[];
  readonly wiring: readonly WiringCall[];
}

/** Reads of imported names and of made objects that are not the wiring itself: `routers = [router]`, `run(app)`, `users.router.routes`. */
export function listLooseUses(
  facts: FactCollector,
  bindings: BindingIndex,
  { assignments, functions, wiring }: WiringSyntax,
): readonly Reference[] {
  const wired = new Set<number>();
  for (const { decorators } of functions) for (const decorator of decorators) noteDecorator(decorator, wired);
  for (const { object, call } of wiring) {
    if (object !== undefined) wired.add(object.span.start);
    for (const argument of [call.positional[0], call.keywords['router']])
      if (argument?.kind === 'reference') wired.add(argument.span.start);
  }
  const made = new Set(assignments.filter(({ value }) => value.kind === 'call').map(({ variable }) => variable));
  return facts.uses
    .filter(({ span }) => !wired.has(span.start))
    .map(({ name, span, attributes }) => ({
      names: [name, ...attributes.map((attribute) => attribute.name)],
      span,
      binding: bindings.bindingOf(span.start),
    }))
    .filter(({ binding }) => binding.kind === 'import' || (binding.kind === 'variable' && made.has(binding.variable)));
}

/** `@router.get(…)` reads `router` to wire it. */
function noteDecorator(decorator: Expression, wired: Set<number>): void {
  if (decorator.kind === 'call' && decorator.callee.kind === 'reference' && decorator.callee.reference.names.length > 1) {
    wired.add(decorator.callee.span.start);
  }
}

import type { CallableShape } from './callable';
import type { FactCollector } from './fact-collector';
import { readClassShape } from './read-class-shape';
import { readFunctionShape } from './read-function-shape';

/** Functions and classes of the module's own scope that are bound once and called as written. */
export function findCallables(facts: FactCollector): ReadonlyMap<string, CallableShape> {
  const callables = new Map<string, CallableShape>();
  const scope = facts.moduleScope;
  for (const [name, { bindings }] of scope.names) {
    const binding = bindings[0]!;
    if (bindings.length > 1 || binding.typeCheckingOnly || scope.isDeleted(name) || facts.rebound.has(name)) continue;
    const shape =
      binding.kind === 'function'
        ? readFunctionShape(binding.node, scope, facts)
        : binding.kind === 'class'
          ? readClassShape(binding.node, scope, facts)
          : undefined;
    if (shape !== undefined) callables.set(name, shape);
  }
  return callables;
}

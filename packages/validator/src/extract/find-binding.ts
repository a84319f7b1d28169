import type { BoundName, Scope } from './scope';

/** The scope that answers for a name, by Python's rules; undefined when only builtins can. */
export function findBinding(name: string, from: Scope): BoundName | undefined {
  let isClassVisible = true;
  for (let scope: Scope | undefined = from; scope !== undefined; scope = scope.parent) {
    if (scope.globals.has(name)) return scope.module.names.get(name);
    if (scope.kind !== 'class' || isClassVisible) {
      const found = scope.names.get(name);
      if (found !== undefined) return found;
    }
    if (scope.kind !== 'type-parameters') isClassVisible = false;
  }
  return undefined;
}

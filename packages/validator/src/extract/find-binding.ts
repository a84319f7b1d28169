import type { Binding, NameUse, Scope } from './scope';

export interface FoundBinding {
  readonly scope: Scope;
  readonly bindings: readonly Binding[];
}

/** The scope that answers for a name, by Python's rules; undefined when only builtins can. */
export function findBinding(use: Pick<NameUse, 'name' | 'scope'>): FoundBinding | undefined {
  let isClassVisible = true;
  for (let scope: Scope | undefined = use.scope; scope !== undefined; scope = scope.parent) {
    if (scope.globals.has(use.name)) return found(scope.module, use.name);
    if (scope.kind !== 'class' || isClassVisible) {
      const result = found(scope, use.name);
      if (result !== undefined) return result;
    }
    if (scope.kind !== 'type-parameters') isClassVisible = false;
  }
  return undefined;
}

function found(scope: Scope, name: string): FoundBinding | undefined {
  const bindings = scope.bindings.get(name);
  return bindings === undefined ? undefined : { scope, bindings };
}

import type { Binding } from './scope';

/** Of all that binds a name, what it is said to be: the first that gives it a value when the program runs. */
export function shownBinding(bindings: readonly Binding[]): Binding {
  return bindings.find((binding) => !binding.typeCheckingOnly && binding.kind !== 'declaration') ?? bindings[0]!;
}

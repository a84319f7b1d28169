import type { ServiceSpec } from '../../spec/service-spec';

/** A function of a spec that is asked for again for each file, and worked out once. Specs do not change. */
export function oncePerSpec<Value>(make: (spec: ServiceSpec) => Value): (spec: ServiceSpec) => Value {
  const made = new WeakMap<ServiceSpec, { readonly value: Value }>();
  return (spec) => {
    const known = made.get(spec) ?? { value: make(spec) };
    made.set(spec, known);
    return known.value;
  };
}

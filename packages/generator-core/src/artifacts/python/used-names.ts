import type { ServiceSpec } from '../../spec/service-spec';
import { hasRoles } from './spec-lookup';

/** Those of the names that stand as words in a piece of Python source, in the order given. */
export function usedNames(source: string, names: readonly string[]): readonly string[] {
  return names.filter((name) => new RegExp(`(?<![\\w.])${name}\\b`).test(source));
}

/** Every name of `app/models/enums.py`. */
export function enumNames(spec: ServiceSpec): readonly string[] {
  return [...spec.enums.map(({ name }) => name), ...(hasRoles(spec) ? ['Role'] : [])];
}

import type { EntitySpec, ServiceSpec } from '../../spec/service-spec';
import { belongsTo, entityNamed } from '../python/spec-lookup';

/** The entity, and those whose rows it cannot be without. */
export function requiredBy(spec: ServiceSpec, entity: EntitySpec, above: readonly string[] = []): readonly string[] {
  if (above.includes(entity.name)) return [];
  const parents = belongsTo(entity).filter(({ nullable }) => !nullable);
  return [entity.name, ...parents.flatMap(({ target }) => requiredBy(spec, entityNamed(spec, target), [...above, entity.name]))];
}

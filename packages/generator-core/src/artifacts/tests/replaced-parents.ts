import type { EntitySpec } from '../../spec/service-spec';
import { creatableReferences } from '../python/entity-requests';
import type { BelongsTo } from '../python/spec-lookup';

/** Parents that a PUT has to name. */
export function replacedParents(entity: EntitySpec): readonly BelongsTo[] {
  return creatableReferences(entity).filter(({ immutable, nullable }) => !immutable && !nullable);
}

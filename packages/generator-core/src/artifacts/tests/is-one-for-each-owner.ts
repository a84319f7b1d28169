import type { EntitySpec } from '../../spec/service-spec';
import { belongsTo } from '../python/spec-lookup';

/** Whether a second row of the same owner would break a constraint. */
export function isOneForEachOwner(entity: EntitySpec): boolean {
  const column = entity.owner?.column;
  return (
    column !== undefined &&
    (belongsTo(entity).some((relation) => relation.column === column && relation.unique) ||
      entity.uniqueTogether.some((columns) => columns.every((name) => name === column)))
  );
}

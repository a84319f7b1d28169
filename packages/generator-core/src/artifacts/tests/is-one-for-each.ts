import type { EntitySpec } from '../../spec/service-spec';
import { belongsTo } from '../python/spec-lookup';
import { toldApart } from './factory-view';

/** Whether a second row of the same parent would break a constraint, however tests tell rows apart. */
export function isOneForEach(entity: EntitySpec, relation: string): boolean {
  const parent = belongsTo(entity).find(({ name }) => name === relation);
  const fields = toldApart(entity);
  const isSame = (column: string): boolean => {
    const field = fields.find(({ name }) => name === column);
    if (field === undefined || field.nullable || field.unique || field.type.kind === 'slug' || field.type.kind === 'sequence') return false;
    return field.default !== undefined || !['string', 'text', 'email', 'url'].includes(field.type.kind);
  };
  return (
    parent !== undefined &&
    (parent.unique ||
      entity.uniqueTogether.some(
        (columns) => columns.includes(parent.column) && columns.every((column) => column === parent.column || isSame(column)),
      ))
  );
}

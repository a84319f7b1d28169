import type { EntitySpec, FieldSpec } from '../../spec/service-spec';

export function mayRepeat(entity: EntitySpec, { name, unique }: FieldSpec): boolean {
  return !unique && !entity.uniqueTogether.some((columns) => columns.includes(name));
}

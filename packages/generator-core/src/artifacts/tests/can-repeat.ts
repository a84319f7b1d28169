import type { EntitySpec, FieldSpec } from '../../spec/service-spec';
import { belongsTo } from '../python/spec-lookup';

/** Whether one caller may send a body again: what is unique is among the fields that differ from one to the next. */
export function canRepeat(entity: EntitySpec, isDifferent: (field: FieldSpec) => boolean): boolean {
  const differs = (name: string): boolean => entity.fields.some((field) => field.name === name && isDifferent(field));
  return (
    belongsTo(entity).every(({ unique }) => !unique) &&
    entity.fields.every(({ name, unique }) => !unique || differs(name)) &&
    entity.uniqueTogether.every((columns) => columns.some(differs))
  );
}

/** Whether the factory puts a number into it, so that no two are the same. */
export function isCountedText({ type }: FieldSpec): boolean {
  return ['string', 'text', 'email', 'url', 'slug'].includes(type.kind);
}

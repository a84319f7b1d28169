import type { EntitySpec, ServiceSpec } from '../../spec/service-spec';
import { isShownToSome } from '../web/is-shown-to-some';
import { canRepeat, isCountedText } from './can-repeat';
import { createFields } from './factory-view';

export interface SlugTest {
  readonly name: string;
  readonly source: string;
  readonly unique: boolean;
  /** Whether it follows the source in an update. */
  readonly follows: boolean;
}

/** Slugs that can be seen, of texts that can be chosen freely. */
export function slugTests(spec: ServiceSpec, entity: EntitySpec, keys: readonly string[]): readonly SlugTest[] {
  return entity.fields.flatMap((field): readonly SlugTest[] => {
    const { type } = field;
    const source = type.kind === 'slug' ? createFields(entity).find(({ name }) => name === type.from) : undefined;
    if (source === undefined || field.hidden || !keys.includes(field.name)) return [];
    // `Déjà vu!` has to be a value of the source.
    const isText =
      source.type.kind === 'text' || (source.type.kind === 'string' && source.type.maxLength >= 11 && (source.type.minLength ?? 0) <= 8);
    if (
      !isText ||
      !canRepeat(entity, (field) => field !== source && isCountedText(field)) ||
      source.pattern !== undefined ||
      entity.uniqueTogether.some((columns) => columns.includes(field.name))
    )
      return [];
    const follows = entity.access.update !== undefined && !field.immutable && !source.immutable && !entity.isUser;
    return [{ name: field.name, source: source.name, unique: field.unique, follows: follows && !isShownToSome(spec, entity, field) }];
  });
}

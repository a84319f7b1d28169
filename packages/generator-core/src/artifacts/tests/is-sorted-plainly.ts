import type { FieldType } from '../../spec/service-spec';
import { isOrdered } from './is-ordered';

/** Types whose values are sorted as tests expect it, in every database. */
export function isSortedPlainly(type: FieldType): boolean {
  return (isOrdered(type) && type.kind !== 'sequence') || ['string', 'text', 'email', 'url'].includes(type.kind);
}

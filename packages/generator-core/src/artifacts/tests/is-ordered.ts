import type { FieldType } from '../../spec/service-spec';

/** Types whose filters have `_min` and `_max`. */
export function isOrdered({ kind }: FieldType): boolean {
  return ['int', 'bigint', 'float', 'decimal', 'date', 'datetime', 'time', 'sequence'].includes(kind);
}

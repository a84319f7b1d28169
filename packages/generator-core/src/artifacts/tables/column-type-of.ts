import { assertNever } from '../../spec/assert-never';
import type { EntitySpec, FieldType, ServiceSpec } from '../../spec/service-spec';
import { emailLength, enumWidth, slugLength, urlLength } from '../python/column-type';
import { enumValues } from '../python/table-constraints';
import type { ColumnType } from './table-description';

/** What the database keeps of a type of the spec. */
export function columnTypeOf(spec: ServiceSpec, type: FieldType): ColumnType {
  switch (type.kind) {
    case 'string':
      return { kind: 'string', length: type.maxLength };
    case 'email':
      return { kind: 'string', length: emailLength };
    case 'url':
      return { kind: 'string', length: urlLength };
    case 'slug':
      return { kind: 'string', length: slugLength };
    case 'enum':
      return enumColumnType(spec, type.enum);
    case 'sequence':
      return { kind: 'int' };
    case 'decimal':
      return { kind: 'decimal', precision: type.precision, scale: type.scale };
    case 'text':
    case 'int':
    case 'bigint':
    case 'float':
    case 'bool':
    case 'date':
    case 'datetime':
    case 'time':
    case 'uuid':
    case 'json':
    case 'bytes':
      return { kind: type.kind };
    default:
      return assertNever(type);
  }
}

export function enumColumnType(spec: ServiceSpec, name: string): ColumnType {
  const renamed = (spec.enums.find((candidate) => candidate.name === name)?.members ?? []).flatMap(({ value, was }) =>
    was === undefined ? [] : [[value, was] as const],
  );
  return {
    kind: 'enum',
    enum: name,
    length: enumWidth(spec, name),
    values: enumValues(spec, name),
    ...(renamed.length > 0 && { was: Object.fromEntries(renamed) }),
  };
}

export function keyColumnType(entity: EntitySpec): ColumnType {
  return entity.id === 'int' ? { kind: 'int-key' } : { kind: 'uuid' };
}

import { assertNever } from '../../spec/assert-never';
import type { EntitySpec, FieldSpec, FieldType, ServiceSpec } from '../../spec/service-spec';
import { pythonValue } from './python-value';

/** Length of the column of a type that names none. */
export const emailLength = 254;
export const urlLength = 2083;
/** A made slug is cut to 100 characters, and a suffix (`-2`) is added to tell equal ones apart. */
export const slugLength = 120;
const enumLength = 32;

/** Python annotation of the values of a type, in models and answers. */
export function valueAnnotation(type: FieldType): string {
  switch (type.kind) {
    case 'string':
    case 'text':
    case 'email':
    case 'url':
    case 'slug':
      return 'str';
    case 'int':
    case 'bigint':
    case 'sequence':
      return 'int';
    case 'float':
      return 'float';
    case 'decimal':
      return 'Decimal';
    case 'bool':
      return 'bool';
    case 'date':
      return 'dt.date';
    case 'datetime':
      return 'dt.datetime';
    case 'time':
      return 'dt.time';
    case 'uuid':
      return 'UUID';
    case 'json':
      return 'dict[str, Any]';
    case 'bytes':
      return 'bytes';
    case 'enum':
      return type.enum;
    default:
      return assertNever(type);
  }
}

/** Pydantic type of a decimal that is written in JSON: Python writes one with more than six places as `1E-8`. */
export function decimalInJson({ scale }: { readonly scale: number }): 'Decimal' | 'PlainDecimal' {
  return scale > 6 ? 'PlainDecimal' : 'Decimal';
}

/** SQLAlchemy type of a model's column; undefined where the annotation says it already. */
export function columnType(spec: ServiceSpec, field: FieldSpec): string | undefined {
  const { type } = field;
  switch (type.kind) {
    case 'string':
      return `String(${type.maxLength})`;
    case 'email':
      return `String(${emailLength})`;
    case 'url':
      return `String(${urlLength})`;
    case 'slug':
      return `String(${slugLength})`;
    case 'text':
      return 'Text';
    case 'bigint':
      return 'BigInteger';
    case 'float':
      return 'Double';
    case 'decimal':
      return `ExactDecimal(${type.precision}, ${type.scale})`;
    case 'json':
      return 'JSON(none_as_null=True)';
    case 'bytes':
      return 'LargeBinary';
    case 'enum':
      return `string_enum(${type.enum}, name="${field.name}"${enumWidth(spec, type.enum) === enumLength ? '' : `, length=${enumWidth(spec, type.enum)}`})`;
    case 'int':
    case 'sequence':
    case 'bool':
    case 'date':
    case 'datetime':
    case 'time':
    case 'uuid':
      return undefined;
    default:
      return assertNever(type);
  }
}

/**
 * The type where null is a value of its own beside a default: SQLAlchemy gives a new row the default for None, too,
 * unless the type evaluates it.
 */
export function evaluatingType(spec: ServiceSpec, field: FieldSpec): string {
  const type = columnType(spec, field) ?? plainTypes[valueAnnotation(field.type)] ?? 'Integer';
  return `${type.endsWith(')') ? type : `${type}()`}.evaluates_none()`;
}

/** What SQLAlchemy, or our `Base`, makes of an annotation. */
const plainTypes: Readonly<Record<string, string>> = {
  int: 'Integer',
  bool: 'Boolean',
  'dt.date': 'Date',
  'dt.datetime': 'UTCDateTime',
  'dt.time': 'Time',
  UUID: 'Uuid',
};

/** Room for members that come later, so that adding one is a change of the CHECK only. */
export function enumWidth(spec: ServiceSpec, name: string): number {
  return Math.max(enumLength, spec.enums.find((candidate) => candidate.name === name)?.maxLength ?? 0);
}

/** `BigIntKey` where ids are numbers: 64 bits, and on SQLite the one type that counts up by itself. */
export function keyType(entity: EntitySpec): string | undefined {
  return entity.id === 'int' ? 'BigIntKey' : undefined;
}

/** What a new row gets where nobody says. The reader has given every required field that no request holds a default. */
export function columnDefault(spec: ServiceSpec, field: FieldSpec): string | undefined {
  const { type } = field;
  if (field.default === undefined || field.default === null) return undefined;
  if (field.default === 'now' && type.kind === 'datetime') return 'utc_now';
  if (field.default === 'today' && type.kind === 'date') return 'utc_today';
  return pythonValue(spec, type, field.default);
}

import type { FieldType, ScalarValue, ServiceSpec } from '../../spec/service-spec';
import { pythonString } from './python-text';

/** A value of a field as Python source: `Decimal("9.99")`, `Format.PAPERBACK`, `True`. `now` and `today` are left to the caller. */
export function pythonValue(spec: ServiceSpec, type: FieldType, value: ScalarValue): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  switch (type.kind) {
    case 'decimal':
      return `Decimal(${pythonString(String(value))})`;
    case 'int':
    case 'bigint':
    case 'sequence':
      return groupedInteger(String(value));
    case 'float':
      return Number.isInteger(Number(value)) ? `${String(value)}.0` : String(value);
    case 'enum':
      return enumMember(spec, type.enum, String(value));
    case 'date':
      return `dt.date.fromisoformat(${pythonString(String(value))})`;
    case 'datetime':
      return `dt.datetime.fromisoformat(${pythonString(withZone(String(value)))})`;
    case 'time':
      return `dt.time.fromisoformat(${pythonString(String(value))})`;
    case 'uuid':
      return `UUID(${pythonString(String(value))})`;
    default:
      return pythonString(String(value));
  }
}

/** `OrderStatus.PENDING` for the value `pending`. */
export function enumMember(spec: ServiceSpec, name: string, value: string): string {
  const member = spec.enums.find((candidate) => candidate.name === name)?.members.find((candidate) => candidate.value === value);
  return `${name}.${member?.member ?? value.toUpperCase()}`;
}

/** `Role.STAFF` for the role `staff`. */
export function roleMember(role: string): string {
  return `Role.${constantName(role)}`;
}

export function constantName(name: string): string {
  return name.replace(/[^A-Za-z0-9]+/g, '_').toUpperCase();
}

/** `1000000` → `1_000_000` */
export function groupedInteger(digits: string): string {
  const [, sign = '', whole = ''] = /^([+-]?)0*(\d+)$/.exec(digits) ?? [];
  return `${sign === '-' ? '-' : ''}${whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, '_') : whole}`;
}

/** Moments without an offset are in UTC. */
function withZone(text: string): string {
  return /(Z|[+-]\d{2}:\d{2})$/.test(text) ? text : `${text}+00:00`;
}

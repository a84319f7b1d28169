import { compareDecimals, isDecimalText } from './decimal-text';
import type { FieldSpec, FieldType, ScalarValue } from './service-spec';
import type { SpecContext } from './spec-context';
import type { SpecPath } from './spec-path';

/**
 * A required field that is never in a request must get its first value from somewhere. Numbers start at 0 and bools at false,
 * until an operation sets them (`unit_price: decimal(10,2) readonly`); for other types the spec must name a default.
 */
export function withZeroDefault({
  field,
  at,
  context,
}: {
  readonly field: FieldSpec;
  readonly at: SpecPath;
  readonly context: SpecContext;
}): FieldSpec {
  const isMade = field.type.kind === 'slug' || field.type.kind === 'sequence';
  if (field.readonly && field.unique && !isMade) refuseSameValue({ field, at, context });
  if (!field.readonly || field.nullable || field.default !== undefined || isMade || hasWrittenDefault(at, context)) return field;
  const zero = zeroOf(field.type);
  if (zero === undefined) {
    const message = `"${field.name}" is required but never in a request, so no row could be created.`;
    context.report({
      at,
      code: 'readonly-without-default',
      message,
      mend: `write "?" after the type, or a default: "${field.type.kind === 'datetime' ? '= now' : field.type.kind === 'date' ? '= today' : '= …'}"`,
    });
    return field;
  }
  if (isOutside(zero, field)) {
    context.report({
      at,
      code: 'readonly-without-default',
      message: `"${field.name}" is never in a request and would start at 0, which its limits forbid.`,
      mend: 'write a default within the limits',
    });
  }
  return { ...field, default: zero };
}

/** No request says another value than the default, and `null` alone may stand in many rows. */
function refuseSameValue({
  field,
  at,
  context,
}: {
  readonly field: FieldSpec;
  readonly at: SpecPath;
  readonly context: SpecContext;
}): void {
  const value = field.default ?? (field.nullable ? undefined : zeroOf(field.type));
  if (value === undefined || value === 'now') return;
  context.report({
    at,
    code: 'same-unique-value',
    message: `"${field.name}" is never in a request and starts as ${String(value)} in each row, but it is unique, so there could be only one row.`,
    mend: 'remove "unique" or "readonly", or write "?" after the type and no default',
  });
}

/** A default that was written but is faulty has a fault of its own. */
function hasWrittenDefault(at: SpecPath, context: SpecContext): boolean {
  const written = context.document.entities[String(at[1])]?.fields[String(at[3])];
  return typeof written === 'string' ? /\s=/.test(written) : written?.default !== undefined;
}

function zeroOf(type: FieldType): ScalarValue | undefined {
  switch (type.kind) {
    case 'int':
    case 'bigint':
    case 'float':
      return 0;
    case 'decimal':
      return '0';
    case 'bool':
      return false;
    default:
      return undefined;
  }
}

function isOutside(zero: ScalarValue, { min, max }: FieldSpec): boolean {
  if (typeof zero === 'boolean') return false;
  return (
    (min !== undefined && isDecimalText(min) && compareDecimals('0', min) < 0) ||
    (max !== undefined && isDecimalText(max) && compareDecimals('0', max) > 0)
  );
}

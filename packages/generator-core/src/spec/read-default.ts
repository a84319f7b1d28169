import { assertNever } from './assert-never';
import { didYouMean } from './did-you-mean';
import { compareDecimals, fitsDecimal, isDecimalText } from './decimal-text';
import type { FieldType, ScalarValue } from './service-spec';
import type { SpecContext } from './spec-context';
import type { WrittenField } from './written-field';

/** The default in the field's own type: decimals as text, dates as ISO text. Undefined when there is none, or after a fault. */
export function readDefault(field: WrittenField, context: SpecContext): ScalarValue | undefined {
  if (field.default === undefined) return undefined;
  const { value, at, offset = 0 } = field.default;
  if (value === null || (value === 'null' && field.type.kind !== 'string' && field.type.kind !== 'text')) {
    if (!field.nullable)
      context.report({
        at,
        offset,
        code: 'bad-default',
        message: 'the default is null, but the field is required.',
        mend: 'write "?" after the type or give another default',
      });
    return undefined;
  }
  const reading = readScalar({ type: field.type, value, context });
  if (reading.kind === 'wrong') {
    context.report({
      at,
      offset,
      code: 'bad-default',
      message: `the default ${JSON.stringify(value)} ${reading.why}.`,
      mend: reading.mend,
    });
    return undefined;
  }
  const outside = outsideOfRange(field, reading.value);
  if (outside === undefined) return reading.value;
  context.report({
    at,
    offset,
    code: 'bad-default',
    message: `the default ${JSON.stringify(value)} ${outside}, so no row could have it.`,
    mend: 'change the default or the limit',
  });
  return undefined;
}

export type ScalarReading =
  { readonly kind: 'right'; readonly value: ScalarValue } | { readonly kind: 'wrong'; readonly why: string; readonly mend: string };

/** A value as written (`"0"` in a short form, `0` in YAML) as a value of the type. */
export function readScalar({
  type,
  value,
  context,
}: {
  readonly type: FieldType;
  readonly value: unknown;
  readonly context: SpecContext;
}): ScalarReading {
  if (typeof value === 'object' || value === undefined) return wrong('is not a single value', 'write one text, number, true or false');
  const text = String(value);
  switch (type.kind) {
    case 'string':
    case 'text':
      return readText(text, type);
    case 'email':
      return /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text) ? right(text) : wrong('is not an e-mail address', 'write one like ann@example.com');
    case 'url':
      return URL.canParse(text) ? right(text) : wrong('is not a URL', 'write one like https://example.com');
    case 'int':
      return readInteger(text, 31n);
    case 'bigint':
      return readInteger(text, 63n);
    case 'float':
      return isDecimalText(text) ? right(Number(text)) : wrong('is not a number', 'write one like 0.5');
    case 'decimal':
      if (!isDecimalText(text)) return wrong('is not a number', 'write one like 9.99');
      return fitsDecimal(text, type)
        ? right(text)
        : wrong(`does not fit decimal(${type.precision},${type.scale})`, 'use fewer digits or a wider decimal');
    case 'bool':
      return text === 'true' || text === 'false' ? right(text === 'true') : wrong('is not a bool', 'write true or false');
    case 'date':
      return isDate(text) || text === 'today' ? right(text) : wrong('is not a date', 'write one like 2026-01-31, or today');
    case 'datetime':
      return isMoment(text) || text === 'now' ? right(text) : wrong('is not a moment', 'write one like 2026-01-31T12:00:00Z, or now');
    case 'time':
      return /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(text) ? right(text) : wrong('is not a time of day', 'write one like 12:30:00');
    case 'uuid':
      return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
        ? right(text)
        : wrong('is not a UUID', 'write all 36 characters of one');
    case 'enum':
      return readMember({ name: type.enum, text, context });
    case 'json':
    case 'bytes':
    case 'slug':
    case 'sequence':
      return wrong(`cannot be given for the type ${type.kind}`, 'remove it');
    default:
      return assertNever(type);
  }
}

function right(value: ScalarValue): ScalarReading {
  return { kind: 'right', value };
}

function wrong(why: string, mend: string): ScalarReading {
  return { kind: 'wrong', why, mend };
}

function readText(text: string, type: { readonly minLength?: number; readonly maxLength: number }): ScalarReading {
  const length = [...text].length;
  if (length > type.maxLength) return wrong(`has ${length} characters, more than ${type.maxLength}`, 'shorten it or allow more');
  if (length < (type.minLength ?? 0))
    return wrong(`has ${length} characters, fewer than ${type.minLength ?? 0}`, 'lengthen it or allow fewer');
  return right(text);
}

function readInteger(text: string, bits: bigint): ScalarReading {
  if (!/^[+-]?\d{1,30}$/.test(text)) return wrong('is not a whole number', 'write one like 0');
  const value = BigInt(text);
  const limit = 2n ** bits;
  if (value < -limit || value >= limit) return wrong(`is beyond ${bits + 1n} bits`, bits === 31n ? 'use bigint' : 'use decimal(20,0)');
  return right(Number.isSafeInteger(Number(value)) ? Number(value) : value.toString());
}

function readMember({
  name,
  text,
  context,
}: {
  readonly name: string;
  readonly text: string;
  readonly context: SpecContext;
}): ScalarReading {
  const values = context.enums.get(name)?.members.map(({ value }) => value) ?? [];
  return values.includes(text) ? right(text) : wrong(`is not a member of ${name}`, didYouMean({ word: text, candidates: values }));
}

function isDate(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) &&
    !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) &&
    new Date(`${text}T00:00:00Z`).toISOString().startsWith(text)
  );
}

function isMoment(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?$/.test(text) &&
    isDate(text.slice(0, 10)) &&
    !Number.isNaN(Date.parse(text))
  );
}

export function outsideOfRange({ values, type }: WrittenField, value: ScalarValue): string | undefined {
  if (!['int', 'bigint', 'float', 'decimal'].includes(type.kind)) {
    const pattern = values.get('pattern')?.text;
    return pattern !== undefined && typeof value === 'string' && !matches(pattern, value) ? 'does not match the pattern' : undefined;
  }
  const [min, max] = [values.get('min')?.text, values.get('max')?.text];
  const text = String(value);
  if (min !== undefined && isDecimalText(min) && compareDecimals(text, min) < 0) return `is under the least value ${min}`;
  if (max !== undefined && isDecimalText(max) && compareDecimals(text, max) > 0) return `is over the greatest value ${max}`;
  return undefined;
}

/** A pattern that is no regular expression has a fault of its own. Patterns hold anywhere in the text, as Pydantic's do. */
function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(pattern).test(value);
  } catch {
    return true;
  }
}

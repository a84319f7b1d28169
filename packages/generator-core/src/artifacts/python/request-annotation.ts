import { assertNever } from '../../spec/assert-never';
import type { FieldSpec, ServiceSpec } from '../../spec/service-spec';
import { pythonLongString, pythonPattern, pythonString } from './python-text';
import { groupedInteger, pythonValue } from './python-value';
import { decimalInJson, urlLength } from './column-type';

/** Digits that fit a scaled 64-bit integer, which is how SQLite keeps exact decimals. */
const mostDecimalDigits = 18;

/** Where a value arrives: JSON bodies keep types apart (`"1"` is no number), query strings cannot. A document is kept as JSON and read by the same rules. */
export type RequestPart = 'body' | 'query' | 'document';

/** Pydantic annotation of a field in a request, without `| None`: `Annotated[Text, Field(max_length=200)]`. */
export function requestAnnotation(spec: ServiceSpec, field: FieldSpec, part: RequestPart): string {
  const { type } = field;
  switch (type.kind) {
    case 'string':
    case 'text':
    case 'slug':
      return textAnnotation(field);
    case 'int':
    case 'sequence':
      return part === 'query' ? annotated('QueryInt32', bounds(spec, field)) : annotated('Int32', bounds(spec, field), 'WHOLE');
    case 'bigint':
      return part === 'query' ? annotated('QueryInt64', bounds(spec, field)) : annotated('Int64', bounds(spec, field), 'WHOLE');
    case 'float':
      return annotated('FiniteFloat', [...(part === 'query' ? [] : ['strict=True']), ...bounds(spec, field)]);
    case 'decimal':
      return decimalAnnotation(spec, field, type, part);
    case 'bool':
      return part === 'query' ? 'bool' : 'StrictBool';
    case 'date':
      return annotated('dt.date', bounds(spec, field), 'ISO_DATE');
    case 'datetime':
      return 'UtcDatetime';
    case 'time':
      return 'NaiveTime';
    case 'uuid':
      return 'UUID';
    case 'email':
      return 'Email';
    case 'url':
      return annotated('Url', field.max === undefined ? [] : [`max_length=${Math.min(Number(field.max), urlLength)}`]);
    case 'json':
      return type.struct ?? 'Json';
    case 'bytes':
      return annotated('Base64', [
        `max_length=${groupedInteger(String(type.maxBytes))}`,
        `json_schema_extra={"maxLength": ${groupedInteger(String((type.maxBytes / 3) * 4))}}`,
      ]);
    case 'enum':
      return type.enum;
    default:
      return assertNever(type);
  }
}

/** As text, by a pattern that the document shows; only what a pattern cannot say stands in a `Field`. */
function decimalAnnotation(
  spec: ServiceSpec,
  field: FieldSpec,
  { precision, scale }: { readonly precision: number; readonly scale: number },
  part: RequestPart,
): string {
  const digits = Math.min(precision, mostDecimalDigits) - scale;
  const isUnsigned = field.min !== undefined && Number(field.min) >= 0;
  const said = bounds(spec, field).filter((bound) => !(isUnsigned && Number(field.min) === 0 && bound.startsWith('ge=')));
  // The pattern wants a digit in front of the point.
  const fraction = digits < 1 ? ['gt=-1', 'lt=1'] : [];
  const text = `decimal_text(${Math.max(digits, 1)}, ${scale}${isUnsigned ? '' : ', signed=True'})`;
  return annotated(part === 'document' ? decimalInJson({ scale }) : 'Decimal', [...fraction, ...said], text);
}

function textAnnotation(field: FieldSpec): string {
  const { type, pattern } = field;
  const least = type.kind === 'string' && type.minLength !== undefined && type.minLength > 0 ? [`min_length=${type.minLength}`] : [];
  const most = type.kind === 'string' || type.kind === 'text' ? [`max_length=${type.maxLength}`] : [];
  if (pattern === undefined) return annotated('Text', [...least, ...most]);
  return `Annotated[str, Field(${[...least, ...most, `pattern=${pythonPattern(pattern)}`].join(', ')}), NUL_FREE]`;
}

function bounds(spec: ServiceSpec, { type, min, max }: FieldSpec): readonly string[] {
  return [
    ...(min === undefined ? [] : [`ge=${pythonValue(spec, type, min)}`]),
    ...(max === undefined ? [] : [`le=${pythonValue(spec, type, max)}`]),
  ];
}

/** `validator` stands behind the constraints: in front of it they would not show in the document. */
export function annotated(base: string, constraints: readonly string[], validator?: string): string {
  const fields = constraints.length === 0 ? [] : [`Field(${constraints.join(', ')})`];
  const metadata = [...fields, ...(validator === undefined ? [] : [validator])];
  return metadata.length === 0 ? base : `Annotated[${[base, ...metadata].join(', ')}]`;
}

/** A line of a Pydantic model. */
export interface ModelMember {
  readonly name: string;
  readonly annotation: string;
  /** Python source after `=`; undefined where the member is required. */
  readonly default?: string;
}

/** The field as a member of a request that makes something: the spec's default, `None` where it may be missing, else required. */
export function createMember(spec: ServiceSpec, field: FieldSpec, part: RequestPart = 'body'): ModelMember {
  const annotation = `${described(field, requestAnnotation(spec, field, part))}${field.nullable ? ' | None' : ''}`;
  const value = defaultSource(spec, field);
  return { name: field.name, annotation, ...(value !== undefined && { default: value }) };
}

/** The field as a member of an update: nothing sent means nothing changed, and `null` only where the column may hold it. */
export function updateMember(spec: ServiceSpec, field: FieldSpec): ModelMember {
  const annotation = `${described(field, requestAnnotation(spec, field, 'body'))}${field.nullable ? ' | None' : ''}`;
  return { name: field.name, annotation, default: 'UNSET' };
}

function described(field: FieldSpec, annotation: string): string {
  const notes = [
    ...(field.description === undefined ? [] : [`description=${pythonLongString(field.description.replaceAll(/\s+/g, ' ').trim())}`]),
    ...(field.example === undefined || field.example === null ? [] : [`examples=[${exampleSource(field)}]`]),
  ];
  return notes.length === 0 ? annotation : annotated(annotation, notes);
}

function exampleSource({ example }: FieldSpec): string {
  return typeof example === 'boolean'
    ? example
      ? 'True'
      : 'False'
    : typeof example === 'number'
      ? String(example)
      : pythonString(String(example));
}

function defaultSource(spec: ServiceSpec, field: FieldSpec): string | undefined {
  if (field.default === undefined || field.default === null) return field.nullable ? 'None' : undefined;
  if (field.default === 'now' && field.type.kind === 'datetime') return 'Field(default_factory=utc_now)';
  if (field.default === 'today' && field.type.kind === 'date') return 'Field(default_factory=utc_today)';
  return pythonValue(spec, field.type, field.default);
}

import { assertNever } from '../../spec/assert-never';
import type { ExampleValue, FieldSpec, FieldType, ServiceSpec } from '../../spec/service-spec';
import { pythonString } from '../python/python-text';
import { groupedInteger, pythonValue } from '../python/python-value';
import { patternAlphabets } from './pattern-alphabets';

/** JSON as requests carry it: a decimal is a string, a date an ISO string. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** Python source of a JSON value. */
export function pythonJson(value: JsonValue): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return pythonString(value);
  if (typeof value === 'number') return Number.isInteger(value) ? groupedInteger(String(value)) : String(value);
  if (Array.isArray(value)) return `[${value.map((item: JsonValue) => pythonJson(item)).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([key, item]) => `${JSON.stringify(key)}: ${pythonJson(item as JsonValue)}`)
    .join(', ')}}`;
}

/** Python source of a row's attribute that holds this value; the module imports `datetime as dt`, `Decimal` and `UUID`. */
export function pythonRowValue(spec: ServiceSpec, type: FieldType, value: JsonValue): string {
  if (value === null) return 'None';
  if (value === 'now' && type.kind === 'datetime') return 'utc_now()';
  if (value === 'today' && type.kind === 'date') return 'utc_now().date()';
  if (type.kind === 'bytes') return `b64decode(${pythonJson(value)})`;
  if (typeof value === 'object') return pythonJson(value);
  const day = /^(\d{4})-0?(\d+)-0?(\d+)$/.exec(String(value));
  if (type.kind === 'date' && day) return `dt.date(${day.slice(1).join(', ')})`;
  return pythonValue(spec, type, value);
}

const letters = 'abcdefghijklmnopqrstuvwxyz';

/**
 * A valid value of the field; a later index gives a greater one. Undefined where the field has no such many values.
 * Texts hold the field's name, so that a search for one finds no other field.
 */
export function sampleValue(spec: ServiceSpec, field: FieldSpec, index: number): JsonValue | undefined {
  const { type } = field;
  switch (type.kind) {
    case 'string':
    case 'text':
    case 'slug':
      return sampleText(field, index);
    case 'int':
    case 'bigint':
    case 'sequence':
      return within(field, lowest(field) + index);
    case 'float':
      return within(field, lowest(field) + index);
    case 'decimal': {
      const step = type.precision > type.scale ? 1 : 10 ** -type.scale;
      const value = within(field, lowest(field) + index * step);
      return value?.toFixed(type.scale);
    }
    case 'bool':
      return index === 0 ? false : index === 1 ? true : undefined;
    case 'date':
      return `2026-01-${15 + index}`;
    case 'datetime':
      return `2026-01-${15 + index}T12:00:00Z`;
    case 'time':
      return `12:00:0${index}`;
    case 'uuid':
      return `018f0000-0000-7000-8000-00000000000${index}`;
    case 'email':
      return `${letters[index]}@example.com`;
    case 'url':
      return `https://example.com/${letters[index]}`;
    case 'bytes':
      return ['YQ==', 'Yg==', 'Yw=='][index];
    case 'json':
      return type.struct === undefined ? { index } : sampleStruct(spec, type.struct, index);
    case 'enum':
      return spec.enums.find(({ name }) => name === type.enum)?.members[index]?.value;
  }
}

function sampleStruct(spec: ServiceSpec, name: string, index: number): JsonValue {
  const fields = spec.structs.find((struct) => struct.name === name)?.fields ?? [];
  return Object.fromEntries(fields.map((field) => [field.name, sampleValue(spec, field, index) ?? sampleValue(spec, field, 0) ?? null]));
}

function lowest({ min, max, type }: FieldSpec): number {
  // Past 2^53 a number loses digits, and what was the limit is beyond it.
  if (min !== undefined && Math.abs(Number(min)) <= Number.MAX_SAFE_INTEGER) return Number(min);
  const preferred = type.kind === 'decimal' && type.precision === type.scale ? 0 : 1;
  return max === undefined ? preferred : Math.min(preferred, Math.floor(Number(max)) - 3);
}

function within({ max }: FieldSpec, value: number): number | undefined {
  return max !== undefined && value > Number(max) ? undefined : value;
}

/** Shortest and longest text of a field. */
function lengths({ type }: FieldSpec): { readonly least: number; readonly most: number } {
  if (type.kind === 'string') return { least: type.minLength ?? 0, most: type.maxLength };
  return { least: 0, most: type.kind === 'text' ? type.maxLength : 80 };
}

function sampleText(field: FieldSpec, index: number): string | undefined {
  const alphabets = placesOf(field);
  if (alphabets === undefined) return `${spaced(field.name)} ${letters[index]}`.padEnd(lengths(field).least, 'x');
  // The first place with choices decides the order.
  const deciding = alphabets.findIndex((alphabet) => alphabet.length > 1);
  const characters = alphabets.map((alphabet, place) => [...alphabet].sort()[place === deciding ? index : 0]);
  return characters.includes(undefined) || (deciding === -1 && index > 0) ? undefined : characters.join('');
}

/** Characters for each place of a text that cannot be a plain `name 7`: it has a pattern, is short, or must be long. */
function placesOf(field: FieldSpec): readonly string[] | undefined {
  const { least, most } = lengths(field);
  if (field.pattern !== undefined) return patternAlphabets(field.pattern, { wanted: Math.max(least, 8), maximum: most });
  const plainLength = field.name.length + 8;
  if (most >= plainLength && least <= plainLength) return undefined;
  if (least > plainLength)
    return [...field.name].map((character) => character).concat(Array.from({ length: least - field.name.length }, () => letters));
  return Array.from({ length: Math.max(least, Math.min(most, 8)) }, () => letters);
}

/** How many different values factories can fill in, if the field asks for it. */
export function countedValues(field: FieldSpec): number {
  const { type } = field;
  if (type.kind === 'string' || type.kind === 'text')
    return placesOf(field)?.reduce((product, alphabet) => product * alphabet.length, 1) ?? Infinity;
  return numberRange(field).many;
}

/** Whether the text that factories fill in may hold this character. */
export function mayHold(field: FieldSpec, character: string): boolean {
  return typeof field.default === 'string' ? field.default.includes(character) : placesOf(field)?.join('').includes(character) === true;
}

/**
 * Python source of a valid value that differs with the variable `unique` where the field can: what factories fill in.
 * `use: 'row'` is for the table, `'body'` for a request.
 */
export function numberedValue(spec: ServiceSpec, field: FieldSpec, use: 'row' | 'body'): string {
  const { type } = field;
  const alphabets = type.kind === 'string' || type.kind === 'text' || type.kind === 'slug' ? placesOf(field) : undefined;
  if (alphabets !== undefined) return `fitting(unique, ${formatAlphabets(alphabets)})`;
  switch (type.kind) {
    case 'string':
    case 'text':
      return `f"${spaced(field.name)} {unique}"`;
    case 'slug':
      return `f"${field.name.replaceAll('_', '-')}-{unique}"`;
    case 'email':
      return 'f"person{unique}@example.com"';
    case 'url':
      return 'f"https://example.com/{unique}"';
    case 'sequence':
      return 'unique';
    case 'uuid':
      if (field.unique) return use === 'row' ? 'uuid4()' : 'str(uuid4())';
      break;
    case 'int':
    case 'bigint':
    case 'float':
      if (field.unique) return numberedInteger(field);
      break;
    case 'decimal':
      if (field.unique) return numberedDecimal(field, type.scale, use);
      break;
    case 'date':
      if (field.unique)
        return use === 'row'
          ? 'dt.date(2026, 1, 1) + dt.timedelta(days=unique)'
          : '(dt.date(2026, 1, 1) + dt.timedelta(days=unique)).isoformat()';
      break;
    case 'datetime':
      if (field.unique)
        return use === 'row'
          ? 'dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=unique)'
          : '(dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=unique)).strftime("%Y-%m-%dT%H:%M:%SZ")';
      break;
    default:
  }
  const value = sampleValue(spec, field, 0) ?? null;
  return use === 'row' ? pythonRowValue(spec, type, value) : pythonJson(value);
}

/** In a request as answers write it: with all its places. */
function numberedDecimal(field: FieldSpec, scale: number, use: 'row' | 'body'): string {
  const integer = numberedInteger(field);
  if (numberRange(field).places > 0) {
    const value = `Decimal(${integer}).scaleb(-${scale})`;
    return use === 'row' ? value : `f"{${value}:f}"`;
  }
  if (use === 'row') return `Decimal(${integer})`;
  return scale === 0 ? `str(${integer})` : `f"{${integer}}.${'0'.repeat(scale)}"`;
}

function numberedInteger(field: FieldSpec): string {
  const { first, many } = numberRange(field);
  const number = many < 1_000_000 ? `unique % ${many}` : 'unique';
  return first === 0 ? number : `${first} + ${number}`;
}

interface NumberRange {
  readonly first: number;
  readonly many: number;
  /** Decimal places that are counted in: 2 where the numbers are hundredths. */
  readonly places: number;
}

/** The numbers that factories count through: whole ones, but for decimals with few of those the smallest that they can tell apart. */
function numberRange(field: FieldSpec): NumberRange {
  const { type, max } = field;
  const first = Math.ceil(lowest(field));
  const many = max === undefined ? Infinity : Math.floor(Number(max)) - first + 1;
  if (type.kind !== 'decimal') return { first, many, places: 0 };
  // Below 1 there is no whole number; beside long fractions whole ones do, since a limit times 10 ** scale would lose digits.
  const isWhole = type.precision > type.scale && (many >= 100 || type.scale > 9);
  return isWhole ? { first, many, places: 0 } : smallestSteps(field, type);
}

function smallestSteps({ min, max }: FieldSpec, { precision, scale }: { readonly precision: number; readonly scale: number }): NumberRange {
  const last = 10 ** precision - 1;
  const highest = max === undefined ? last : Math.floor(roundedOff(Number(max) * 10 ** scale));
  const first = min === undefined ? Math.max(-last, Math.min(1, highest - 999)) : Math.ceil(roundedOff(Number(min) * 10 ** scale));
  return { first, many: highest - first + 1, places: scale };
}

/** 1.1 × 100 is 110.00000000000001. */
function roundedOff(number: number): number {
  return Number(number.toPrecision(15));
}

/** `"9", *["0123456789"] * 10` */
function formatAlphabets(alphabets: readonly string[]): string {
  const runs: { readonly alphabet: string; count: number }[] = [];
  for (const alphabet of alphabets) {
    const last = runs.at(-1);
    if (last?.alphabet === alphabet) last.count += 1;
    else runs.push({ alphabet, count: 1 });
  }
  return runs
    .map(({ alphabet, count }) => (count === 1 ? pythonAlphabet(alphabet) : `*[${pythonAlphabet(alphabet)}] * ${count}`))
    .join(', ');
}

function pythonAlphabet(alphabet: string): string {
  if (alphabet === '0123456789') return 'digits';
  if (alphabet === letters) return 'ascii_lowercase';
  if (alphabet === letters.toUpperCase()) return 'ascii_uppercase';
  return JSON.stringify(alphabet);
}

/** Values of a field that requests must refuse with 422, as Python source; all of the right JSON type where that is the harder case. */
export function refusedValues(spec: ServiceSpec, field: FieldSpec): readonly string[] {
  const missing = field.nullable ? [] : ['None'];
  return [...new Set([...missing, ...refusedByType(spec, field), ...refusedByLimits(field)])];
}

function refusedByType(spec: ServiceSpec, field: FieldSpec): readonly string[] {
  const { type } = field;
  switch (type.kind) {
    case 'string':
    case 'text':
      return refusedTexts(field);
    case 'int':
      return ['2**31', '"many"'];
    case 'bigint':
      return ['2**63', '"many"'];
    case 'float':
      return ['"many"'];
    case 'decimal':
      return [pythonJson(`1${'0'.repeat(type.precision - type.scale)}`), pythonJson(`0.${'0'.repeat(type.scale)}1`), '"NaN"'];
    case 'bool':
      return ['"perhaps"'];
    case 'date':
      return ['"2026-02-30"', '"2026-01-15T00:00:00"'];
    case 'datetime':
      return ['"2026-02-30T00:00:00Z"'];
    case 'time':
      return ['"25:00"', '"10:00:00Z"', '"10:00:00,5"'];
    case 'uuid':
      return ['"1"'];
    case 'email':
      return ['"nobody"'];
    case 'url':
      return ['"nowhere"'];
    case 'enum':
      return ['"no such value"'];
    case 'json':
      return [...(hasRequiredMember(spec, type.struct) ? ['{}'] : []), ...refusedStructs(spec, type.struct)];
    case 'bytes':
      return ['"YQ="', '"#"', `"AAAA" * ${groupedInteger(String(type.maxBytes / 3 + 1))}`];
    case 'slug':
    case 'sequence':
      return [];
    default:
      return assertNever(type);
  }
}

/** Characters of a text that fits into a body. */
const longestSent = 900_000;

/** Too long, too short, off the pattern, and with a NUL in it. */
function refusedTexts(field: FieldSpec): readonly string[] {
  const { least, most } = lengths(field);
  // A longer body is refused as such, before anybody looks at its fields.
  const refused = most < longestSent ? [`"x" * ${most + 1}`] : [];
  if (least > 0) refused.push(least === 1 ? '""' : `"x" * ${least - 1}`);
  if (field.pattern !== undefined && !new RegExp(toJavaScript(field.pattern)).test('~'.repeat(Math.max(least, 1)))) {
    refused.push(least > 1 ? `"~" * ${least}` : '"~"');
  }
  refused.push(...nearlyFitting(field));
  return [...refused, nulText(least, most)];
}

/** A text of the right length with one wrong letter. */
function nearlyFitting(field: FieldSpec): readonly string[] {
  const { pattern } = field;
  const fitting = pattern === undefined ? undefined : sampleText(field, 0);
  if (pattern === undefined || fitting === undefined || fitting.length < 2) return [];
  const nearly = `${fitting.slice(0, -1)}~`;
  return new RegExp(toJavaScript(pattern)).test(nearly) ? [] : [pythonJson(nearly)];
}

/** Every member of a structure by itself: missing where it may not be, and off its bounds. */
function refusedStructs(spec: ServiceSpec, name: string | undefined): readonly string[] {
  const members = spec.structs.find((struct) => struct.name === name)?.fields ?? [];
  if (name === undefined || members.length === 0) return [];
  const valid = sampleStruct(spec, name, 0) as Readonly<Record<string, JsonValue>>;
  return members.flatMap((member) =>
    refusedValues(spec, member).map((value) => {
      const others = Object.entries(valid).map(([key, other]) => `"${key}": ${key === member.name ? value : pythonJson(other)}`);
      return `{${others.join(', ')}}`;
    }),
  );
}

function hasRequiredMember(spec: ServiceSpec, struct: string | undefined): boolean {
  const members = spec.structs.find(({ name }) => name === struct)?.fields ?? [];
  return members.some((member) => !member.nullable && member.default === undefined);
}

/** One step below `min` and one above `max`. */
function refusedByLimits({ type, min, max }: FieldSpec): readonly string[] {
  if (!isNumeric(type)) return [];
  const unit = type.kind === 'decimal' ? 10 ** -type.scale : 1;
  const source = (value: number): string => (type.kind === 'decimal' ? pythonJson(value.toFixed(type.scale)) : String(value));
  const isWidestInt = type.kind === 'int' && Number(max) >= 2 ** 31 - 1;
  return [
    ...(min === undefined ? [] : [source(Number(min) - unit)]),
    ...(max === undefined || isWidestInt ? [] : [source(Number(max) + unit)]),
  ];
}

function isNumeric(type: FieldType): type is Extract<FieldType, { readonly kind: 'int' | 'bigint' | 'float' | 'decimal' }> {
  return type.kind === 'int' || type.kind === 'bigint' || type.kind === 'float' || type.kind === 'decimal';
}

/** A text of allowed length with the one character that PostgreSQL cannot store. */
function nulText(least: number, most: number): string {
  if (most < 2) return '"\\0"';
  return least <= 2 ? '"a\\0"' : `"a" * ${least - 1} + "\\0"`;
}

function toJavaScript(pattern: string): string {
  return pattern
    .replaceAll('(?P<', '(?<')
    .replaceAll('\\A', '^')
    .replaceAll(/\\[zZ]/g, '$');
}

/** Without underscores: a search for `_` must find nothing. */
function spaced(name: string): string {
  return name.replaceAll('_', ' ');
}

/** Whether a request's input breaks the schema for certain: an unknown or a missing member, or a value outside its field's bounds. */
export function violatesInput(spec: ServiceSpec, fields: readonly FieldSpec[], values: Readonly<Record<string, ExampleValue>>): boolean {
  const isMissing = (field: FieldSpec): boolean => !field.nullable && field.default === undefined && values[field.name] === undefined;
  if (Object.keys(values).some((name) => !fields.some((field) => field.name === name)) || fields.some(isMissing)) return true;
  return fields.some((field) => {
    const value = values[field.name];
    return value !== undefined && value.kind !== 'reference' && violatesField(spec, field, value);
  });
}

function violatesField(spec: ServiceSpec, field: FieldSpec, value: Exclude<ExampleValue, { readonly kind: 'reference' }>): boolean {
  const { type } = field;
  if (value.kind !== 'scalar') return type.kind !== 'json';
  if (value.value === null) return !field.nullable;
  if (isNumeric(type)) {
    const number = Number(value.value);
    return (
      Number.isNaN(number) ||
      (field.min !== undefined && number < Number(field.min)) ||
      (field.max !== undefined && number > Number(field.max))
    );
  }
  if (type.kind === 'enum')
    return !spec.enums.find(({ name }) => name === type.enum)?.members.some((member) => member.value === value.value);
  if (type.kind !== 'string' && type.kind !== 'text') return false;
  const text = String(value.value);
  const { least, most } = lengths(field);
  return text.length < least || text.length > most || (field.pattern !== undefined && !new RegExp(toJavaScript(field.pattern)).test(text));
}

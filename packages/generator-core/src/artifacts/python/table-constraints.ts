import type { EntitySpec, FieldSpec, ServiceSpec } from '../../spec/service-spec';
import { sqlName } from './sql-name';
import { belongsTo } from './spec-lookup';
import { emailLength, slugLength, urlLength } from './column-type';

/** A CHECK; `sqlite` is set where decimals, which are scaled integers there, need another text. */
export interface CheckConstraint {
  /** Without table and prefix, which the naming convention adds: `price_range`. */
  readonly name: string;
  readonly sql: string;
  readonly sqlite?: string;
}

/** CHECKs of a table: lengths and ranges of its fields, then those of the spec. Enums bring their own. */
export function tableChecks(entity: EntitySpec): readonly CheckConstraint[] {
  return [...entity.fields.flatMap(fieldChecks), ...entity.checks.map(({ name, sql }) => ({ name, sql: withSqlNames(entity, sql) }))];
}

const syntax = new Set('and or not null is in like between case when then else end true false'.split(' '));

/** A condition of the spec, with the names of columns as SQL needs them; its texts and its own words stay. */
function withSqlNames(entity: EntitySpec, sql: string): string {
  const columns = new Set([...entity.fields.map(({ name }) => name), ...belongsTo(entity).map(({ column }) => column)]);
  return sql.replace(/'(?:[^']|'')*'|[A-Za-z_]\w*/g, (word) => (columns.has(word) && !syntax.has(word) ? sqlName(word) : word));
}

function fieldChecks(field: FieldSpec): readonly CheckConstraint[] {
  const { type, name } = field;
  switch (type.kind) {
    case 'string':
      return [lengthCheck(name, type.minLength, type.maxLength)];
    case 'text':
      return [lengthCheck(name, undefined, type.maxLength)];
    case 'email':
      return [lengthCheck(name, undefined, emailLength)];
    case 'url':
      return [lengthCheck(name, undefined, urlLength)];
    case 'slug':
      return [lengthCheck(name, 1, slugLength)];
    case 'int':
    case 'bigint':
    case 'float':
      return rangeCheck(field, (bound) => bound);
    case 'decimal':
      return rangeCheck(
        field,
        (bound) => bound,
        (bound) => scaledInteger(bound, type.scale),
      );
    case 'date':
      return rangeCheck(field, (bound) => `'${bound}'`);
    case 'sequence':
      return [{ name: `${name}_range`, sql: `${sqlName(name)} >= 1` }];
    default:
      return [];
  }
}

function lengthCheck(column: string, least: number | undefined, most: number): CheckConstraint {
  const length = `length(${sqlName(column)})`;
  const sql = least === undefined || least === 0 ? `${length} <= ${most}` : `${length} BETWEEN ${least} AND ${most}`;
  return { name: `${column}_length`, sql };
}

type Bound = (text: string) => string;

function rangeCheck(field: FieldSpec, bound: Bound, sqliteBound: Bound = bound): readonly CheckConstraint[] {
  if (field.min === undefined && field.max === undefined) return [];
  const sql = rangeSql(field, bound);
  const sqlite = rangeSql(field, sqliteBound);
  return [{ name: `${field.name}_range`, sql, ...(sqlite !== sql && { sqlite }) }];
}

function rangeSql({ name, min, max }: FieldSpec, bound: Bound): string {
  const column = sqlName(name);
  if (min !== undefined && max !== undefined) return `${column} BETWEEN ${bound(min)} AND ${bound(max)}`;
  return min === undefined ? `${column} <= ${bound(max ?? '')}` : `${column} >= ${bound(min)}`;
}

/** `0.5` with two places → `50` */
export function scaledInteger(decimal: string, scale: number): string {
  const [, sign = '', whole = '', fraction = ''] = /^([+-]?)(\d*)\.?(\d*)$/.exec(decimal) ?? [];
  const digits = `${whole}${fraction.slice(0, scale).padEnd(scale, '0')}`.replace(/^0+(?=\d)/, '');
  return `${sign === '-' && digits !== '0' ? '-' : ''}${digits}`;
}

/** Columns that are unique, alone or together. */
export function uniqueColumns(entity: EntitySpec): readonly (readonly string[])[] {
  return [
    ...entity.fields.filter((field) => field.unique).map((field) => [field.name]),
    ...belongsTo(entity)
      .filter((relation) => relation.unique)
      .map((relation) => [relation.column]),
    ...entity.uniqueTogether,
  ];
}

/** Foreign keys and fields that need an index of their own: no unique constraint and no other index begins with them. */
export function singleIndexes(entity: EntitySpec): ReadonlySet<string> {
  const covered = new Set([
    ...entity.uniqueTogether.flatMap((columns) => columns.slice(0, 1)),
    ...entity.indexes.flatMap((columns) => columns.slice(0, 1).map(({ column }) => column)),
    ...entity.fields.filter((field) => field.unique).map((field) => field.name),
    ...belongsTo(entity)
      .filter((relation) => relation.unique)
      .map((relation) => relation.column),
  ]);
  const wanted = [
    ...belongsTo(entity).map((relation) => relation.column),
    ...entity.fields.filter((field) => field.index).map((field) => field.name),
  ];
  return new Set(wanted.filter((column) => !covered.has(column)));
}

/** Values of an enum of the spec, or of its roles, as they are stored. */
export function enumValues(spec: ServiceSpec, name: string): readonly string[] {
  return name === 'Role'
    ? (spec.auth?.roles ?? [])
    : (spec.enums.find((candidate) => candidate.name === name)?.members.map(({ value }) => value) ?? []);
}

/** `status IN ('pending', 'paid')` */
export function inListSql(column: string, values: readonly string[]): string {
  return `${sqlName(column)} IN (${values.map((value) => `'${value.replaceAll("'", "''")}'`).join(', ')})`;
}

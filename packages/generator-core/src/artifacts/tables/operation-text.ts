import { assertNever } from '../../spec/assert-never';
import { pythonLongString, pythonString } from '../python/python-text';
import { sqlName } from '../python/sql-name';
import { inListSql } from '../python/table-constraints';
import { countsUp } from './counts-up';
import type {
  CheckDescription,
  ColumnDescription,
  ColumnType,
  ForeignKeyDescription,
  IndexDescription,
  NamedColumns,
  TableDescription,
} from './table-description';

/** Arguments of `op.create_table` after the name. Keys to a table that is not there yet (`later`) are made in it on SQLite only. */
export function tableItems(table: TableDescription, later: ReadonlySet<string>): readonly string[] {
  return [
    ...table.columns.map(columnText),
    ...checksOf(table).flatMap(checkTexts),
    ...table.foreignKeys.map((key) => foreignKeyText(key, later.has(key.name))),
    primaryKeyText(table.primaryKey),
    ...table.uniques.map(uniqueText),
    ...(countsUp(table) ? ['sqlite_autoincrement=True'] : []),
  ];
}

/** All CHECKs of a table; those of enums first. */
export function checksOf(table: TableDescription): readonly CheckDescription[] {
  const enums = table.columns.flatMap(({ name, type }) =>
    type.kind === 'enum' ? [{ name: `ck_${table.name}_${name}`, sql: inListSql(name, type.values) }] : [],
  );
  return [...enums, ...table.checks];
}

/** `sa.Column(…)` */
export function columnText({ name, type, nullable }: ColumnDescription): string {
  return `sa.Column("${name}", ${typeText(type)}, nullable=${nullable ? 'True' : 'False'})`;
}

/** The type in a migration, which imports nothing from the application. */
export function typeText(type: ColumnType): string {
  switch (type.kind) {
    case 'string':
    case 'enum':
      return `sa.String(length=${type.length})`;
    case 'decimal':
      return `sa.Numeric(${type.precision}, ${type.scale}).with_variant(sa.BigInteger(), "sqlite")`;
    case 'text':
      return 'sa.Text()';
    case 'int':
      return 'sa.Integer()';
    case 'bigint':
      return 'sa.BigInteger()';
    case 'int-key':
      return 'sa.BigInteger().with_variant(sa.Integer(), "sqlite")';
    case 'float':
      return 'sa.Double()';
    case 'bool':
      return 'sa.Boolean()';
    case 'date':
      return 'sa.Date()';
    case 'datetime':
      return 'sa.DateTime(timezone=True)';
    case 'time':
      return 'sa.Time()';
    case 'uuid':
      return 'sa.Uuid()';
    case 'json':
      return 'sa.JSON()';
    case 'bytes':
      return 'sa.LargeBinary()';
    default:
      return assertNever(type);
  }
}

function checkTexts({ name, sql, sqlite }: CheckDescription): readonly string[] {
  const check = (text: string): string => `sa.CheckConstraint(${pythonLongString(text)}, name=op.f("${name}"))`;
  return sqlite === undefined ? [check(sql)] : [`${check(sql)}.ddl_if(dialect="postgresql")`, `${check(sqlite)}.ddl_if(dialect="sqlite")`];
}

function foreignKeyText({ name, columns, target, onDelete }: ForeignKeyDescription, isLater: boolean): string {
  const alter = isLater ? ', use_alter=True' : '';
  return `sa.ForeignKeyConstraint([${quoted(columns)}], ["${target}.id"], name=op.f("${name}"), ondelete="${onDelete}"${alter})`;
}

function primaryKeyText({ name, columns }: NamedColumns): string {
  return `sa.PrimaryKeyConstraint(${quoted(columns)}, name=op.f("${name}"))`;
}

function uniqueText({ name, columns }: NamedColumns): string {
  return `sa.UniqueConstraint(${quoted(columns)}, name=op.f("${name}"))`;
}

/** Arguments of `op.create_foreign_key`. */
export function foreignKeyArguments(table: string, { name, columns, target, onDelete }: ForeignKeyDescription): string {
  return `op.f("${name}"), "${table}", "${target}", [${quoted(columns)}], ["id"], ondelete="${onDelete}"`;
}

/** Arguments of `op.create_index`. */
export function indexArguments(table: string, { name, columns, unique, where }: IndexDescription): string {
  const parts = columns.map((part) =>
    part.descending ? `sa.text(${pythonString(`${sqlName(part.column)} DESC`)})` : pythonString(part.column),
  );
  const condition = where === undefined ? '' : `sa.text(${pythonLongString(where)})`;
  return [
    `op.f("${name}"), "${table}", [${parts.join(', ')}]`,
    ...(unique === true ? ['unique=True'] : []),
    ...(condition === '' ? [] : [`postgresql_where=${condition}`, `sqlite_where=${condition}`]),
  ].join(', ');
}

export function quoted(columns: readonly string[]): string {
  return columns.map(pythonString).join(', ');
}

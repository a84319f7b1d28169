import { pythonLongString } from '../artifacts/python/python-text';
import { countsUp } from '../artifacts/tables/counts-up';
import { indexArguments, quoted } from '../artifacts/tables/operation-text';
import type {
  CheckDescription,
  ForeignKeyDescription,
  IndexDescription,
  NamedColumns,
  TableDescription,
} from '../artifacts/tables/table-description';

/** Lines of a migration: about one constraint, for `with op.batch_alter_table(…) as batch`, about one index, or SQL of their own. */

export function dropConstraint(type: 'check' | 'foreignkey' | 'primary' | 'unique', { name }: { readonly name: string }): string {
  return `batch.drop_constraint(op.f("${name}"), type_="${type}")`;
}

export function createCheck({ name, sql, sqlite }: CheckDescription): string {
  const text = sqlite === undefined ? pythonLongString(sql) : `${pythonLongString(sqlite)} if is_sqlite else ${pythonLongString(sql)}`;
  return `batch.create_check_constraint(op.f("${name}"), ${text})`;
}

export function createForeignKey({ name, columns, target, onDelete }: ForeignKeyDescription): string {
  return `batch.create_foreign_key(op.f("${name}"), "${target}", [${quoted(columns)}], ["id"], ondelete="${onDelete}")`;
}

export function createPrimaryKey({ name, columns }: NamedColumns): string {
  return `batch.create_primary_key(op.f("${name}"), [${quoted(columns)}])`;
}

export function createUnique({ name, columns }: NamedColumns): string {
  return `batch.create_unique_constraint(op.f("${name}"), [${quoted(columns)}])`;
}

export function dropIndex(table: string, { name }: IndexDescription): string {
  return `op.drop_index(op.f("${name}"), table_name="${table}")`;
}

export function createIndex(table: string, index: IndexDescription): string {
  return `op.create_index(${indexArguments(table, index)})`;
}

export function execute(sql: string): string {
  return `op.execute(${statement(sql).replace(/^\((.*)\)$/s, '$1')})`;
}

/** A statement as Python; `op.execute` would read `:name` as a parameter. */
export function statement(sql: string): string {
  return pythonLongString(sql.replace(/(?<![:\w\\]):(?=\w)/g, '\\:'));
}

/** The lines under a head that ends with a colon, as one statement; nothing when there are none. */
export function block(head: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [[head, ...lines.map((line) => line.replace(/^/gm, '    '))].join('\n')];
}

/** SQLite copies the table, and forgets by it that ids are not given twice. */
export function batch(table: TableDescription, lines: readonly string[]): readonly string[] {
  const options = countsUp(table) ? ', table_kwargs={"sqlite_autoincrement": True}' : '';
  return block(`with op.batch_alter_table("${table.name}"${options}) as batch:`, lines);
}

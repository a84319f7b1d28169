import { z } from 'zod';
import { inDependencyOrder } from '../artifacts/tables/in-dependency-order';
import { plainColumnKinds, type ColumnDescription, type ColumnType, type TableDescription } from '../artifacts/tables/table-description';
import { GenerationError } from '../errors/generation-error';
import type { ProjectReader } from '../project/project-reader';

/** One file a table, so that branches that add different tables merge without a conflict. */
export const stateFolder = '.fastapi/tables/';

export function statePath(table: TableDescription): string {
  return `${stateFolder}${table.name}.json`;
}

/** A table as the last migration leaves it, for the next run to compare with; one column or constraint a line. */
export function formatTableState(table: TableDescription): string {
  const { name, origin, columns, primaryKey, checks, foreignKeys, uniques, indexes } = table;
  const lists = { columns: columns.map(keptColumn), checks, foreignKeys, uniques, indexes };
  const members = [
    `  "name": ${JSON.stringify(name)}`,
    `  "origin": ${JSON.stringify(origin)}`,
    `  "primaryKey": ${JSON.stringify(primaryKey)}`,
    ...Object.entries(lists).map(([key, items]) => `  "${key}": ${formatList(items)}`),
  ];
  return `{\n${members.join(',\n')}\n}\n`;
}

function formatList(items: readonly unknown[]): string {
  return items.length === 0 ? '[]' : `[\n${items.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]`;
}

/** Without what the spec only hints at for the way to this state. */
function keptColumn({ name, type, nullable, marksDeleted }: ColumnDescription): ColumnDescription {
  return { name, type: keptType(type), nullable, ...(marksDeleted && { marksDeleted }) };
}

function keptType(type: ColumnType): ColumnType {
  return type.kind === 'enum' ? { kind: 'enum', enum: type.enum, length: type.length, values: type.values } : type;
}

const namedColumns = z.strictObject({ name: z.string(), columns: z.array(z.string()) });
const columnType = z.union([
  z.strictObject({ kind: z.literal('string'), length: z.number() }),
  z.strictObject({ kind: z.literal('decimal'), precision: z.number(), scale: z.number() }),
  z.strictObject({ kind: z.literal('enum'), enum: z.string(), length: z.number(), values: z.array(z.string()) }),
  z.strictObject({ kind: z.enum(plainColumnKinds) }),
]);
const tableState = z.strictObject({
  name: z.string(),
  origin: z.string(),
  primaryKey: namedColumns,
  columns: z.array(z.strictObject({ name: z.string(), type: columnType, nullable: z.boolean(), marksDeleted: z.literal(true).optional() })),
  checks: z.array(z.strictObject({ name: z.string(), sql: z.string(), sqlite: z.string().optional() })),
  foreignKeys: z.array(namedColumns.extend({ target: z.string(), onDelete: z.enum(['CASCADE', 'RESTRICT', 'SET NULL']) })),
  uniques: z.array(namedColumns),
  indexes: z.array(
    z.strictObject({
      name: z.string(),
      columns: z.array(z.strictObject({ column: z.string(), descending: z.boolean() })),
      unique: z.literal(true).optional(),
      where: z.string().optional(),
    }),
  ),
});

/** The tables as the last migration left them; undefined in a project from before they were kept. */
export function readTableStates(project: ProjectReader): readonly TableDescription[] | undefined {
  const paths = statePaths(project);
  if (paths.length === 0) return undefined;
  return inDependencyOrder(paths.map((path) => readTableState(path, project.read(path) ?? '')));
}

export function statePaths(project: ProjectReader): readonly string[] {
  return project.list().filter((path) => path.startsWith(stateFolder) && path.endsWith('.json'));
}

function readTableState(path: string, text: string): TableDescription {
  const parsed = tableState.safeParse(parseJson(text));
  if (parsed.success) return parsed.data as TableDescription;
  throw new GenerationError(
    `${path} cannot be read as a table, so it is not known what the last migration left. ` +
      'Settle the conflict in it, if it has one, or restore it from version control.',
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

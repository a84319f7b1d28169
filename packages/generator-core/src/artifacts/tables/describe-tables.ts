import type { EntitySpec, FieldSpec, ServiceSpec } from '../../spec/service-spec';
import { linkTables } from '../links';
import { belongsTo, entityNamed, hasRoles, type BelongsTo } from '../python/spec-lookup';
import { singleIndexes, tableChecks, uniqueColumns } from '../python/table-constraints';
import { columnTypeOf, enumColumnType, keyColumnType } from './column-type-of';
import { inDependencyOrder } from './in-dependency-order';
import type {
  Backfill,
  ColumnDescription,
  ColumnType,
  ForeignKeyDescription,
  IndexDescription,
  NamedColumns,
  TableDescription,
} from './table-description';

/** The tables of a service, each after those that it refers to, but for the keys that close a ring. */
export function describeTables(spec: ServiceSpec): readonly TableDescription[] {
  return inDependencyOrder([
    ...spec.entities.map((entity) => entityTable(spec, entity)),
    ...linkTables(spec).map(linkTable),
    ...refreshTokenTable(spec),
  ]);
}

function entityTable(spec: ServiceSpec, entity: EntitySpec): TableDescription {
  const { table } = entity;
  return {
    name: table,
    origin: entity.name,
    ...(entity.was !== undefined && { was: [entity.was] }),
    columns: [
      column('id', keyColumnType(entity)),
      ...entity.fields.map((field) => fieldColumn(spec, field)),
      ...(entity.isUser ? accountColumns(spec) : []),
      ...belongsTo(entity).map((relation) => referenceColumn(spec, relation)),
      ...(entity.version ? [column('version', { kind: 'int' }, value(1))] : []),
      ...(entity.timestamps ? [momentColumn('created_at'), momentColumn('updated_at')] : []),
      ...(entity.softDelete ? [column('deleted_at', { kind: 'datetime' }, { nullable: true, marksDeleted: true })] : []),
    ],
    primaryKey: primaryKey(table, ['id']),
    checks: tableChecks(entity).map(({ name, ...texts }) => ({ name: `ck_${table}_${name}`, ...texts })),
    foreignKeys: belongsTo(entity).map((relation) =>
      foreignKey({
        table,
        column: relation.column,
        target: entityNamed(spec, relation.target).table,
        onDelete: onDelete[relation.onDelete],
      }),
    ),
    uniques: entity.softDelete ? [] : uniqueColumns(entity).map((columns) => unique(table, columns)),
    indexes: [
      ...(entity.softDelete ? uniqueColumns(entity).map((columns) => uniqueAmongLive(table, columns)) : []),
      ...entityIndexes(entity),
    ],
  };
}

function column(name: string, type: ColumnType, more: Partial<ColumnDescription> = {}): ColumnDescription {
  return { name, type, nullable: false, ...more };
}

const value = (text: string | number | boolean): { readonly backfill: Backfill } => ({ backfill: { kind: 'value', value: text } });

function fieldColumn(spec: ServiceSpec, field: FieldSpec): ColumnDescription {
  const { name, nullable, was } = field;
  const backfill = fieldBackfill(field);
  return column(name, columnTypeOf(spec, field.type), { nullable, ...(was !== undefined && { was }), ...(backfill && { backfill }) });
}

/** As the spec says; else what a new row would get, and what we make ourselves. */
function fieldBackfill({ type, backfill, default: standard }: FieldSpec): Backfill | undefined {
  if (backfill !== undefined) return backfill;
  if (standard !== undefined && standard !== null) return { kind: 'value', value: standard };
  if (type.kind === 'slug') return { kind: 'id' };
  return type.kind === 'sequence' ? { kind: 'sequence', parent: `${type.parent}_id` } : undefined;
}

/** What `auth:` adds to the user entity. Nobody can log in with `!`, which is no hash. */
function accountColumns(spec: ServiceSpec): readonly ColumnDescription[] {
  return [
    column('hashed_password', { kind: 'string', length: 255 }, value('!')),
    ...(hasRoles(spec) ? [column('role', enumColumnType(spec, 'Role'), value(spec.auth?.defaultRole ?? spec.auth?.roles[0] ?? ''))] : []),
    column('is_active', { kind: 'bool' }, value(true)),
  ];
}

function referenceColumn(spec: ServiceSpec, { column: name, target, nullable, was, backfill }: BelongsTo): ColumnDescription {
  return column(name, keyColumnType(entityNamed(spec, target)), {
    nullable,
    ...(was !== undefined && { was: `${was}_id` }),
    ...(backfill && { backfill }),
  });
}

function momentColumn(name: string): ColumnDescription {
  return column(name, { kind: 'datetime' }, value('now'));
}

const onDelete = { cascade: 'CASCADE', restrict: 'RESTRICT', set_null: 'SET NULL' } as const;

function foreignKey({
  table,
  column: name,
  target,
  onDelete: rule,
}: Pick<ForeignKeyDescription, 'target' | 'onDelete'> & { readonly table: string; readonly column: string }): ForeignKeyDescription {
  return { name: foreignKeyName(table, name), columns: [name], target, onDelete: rule };
}

export function foreignKeyName(table: string, column: string): string {
  return `fk_${table}_${column}`;
}

function primaryKey(table: string, columns: readonly string[]): NamedColumns {
  return { name: `pk_${table}`, columns };
}

function unique(table: string, columns: readonly string[]): NamedColumns {
  return { name: uniqueName(table, columns), columns };
}

export function uniqueName(table: string, columns: readonly string[]): string {
  return `uq_${table}_${columns.join('_')}`;
}

/** A constraint cannot leave out deleted rows, an index can. */
function uniqueAmongLive(table: string, columns: readonly string[]): IndexDescription {
  const parts = columns.map((name) => ({ column: name, descending: false }));
  return { name: uniqueName(table, columns), columns: parts, unique: true, where: 'deleted_at IS NULL' };
}

function entityIndexes(entity: EntitySpec): readonly IndexDescription[] {
  const single = [...singleIndexes(entity)].map((name) => [{ column: name, descending: false }]);
  return [...single, ...entity.indexes].map((columns) => index(entity.table, columns));
}

function index(table: string, columns: IndexDescription['columns']): IndexDescription {
  return { name: indexName(table, columns), columns };
}

export function indexName(table: string, columns: readonly { readonly column: string }[]): string {
  return `ix_${table}_${columns.map(({ column: name }) => name).join('_')}`;
}

function linkTable(link: ReturnType<typeof linkTables>[number]): TableDescription {
  const { table, origin, was, columns, check } = link;
  return {
    name: table,
    origin,
    ...(was.length > 0 && { was }),
    columns: columns.map(({ name, target }) => column(name, keyColumnType(target))),
    primaryKey: primaryKey(
      table,
      columns.map(({ name }) => name),
    ),
    checks: check === undefined ? [] : [{ name: `ck_${table}_${check.name}`, sql: check.sql }],
    foreignKeys: columns.map(({ name, references }) => foreignKey({ table, column: name, target: references, onDelete: 'CASCADE' })),
    uniques: [],
    indexes: columns.filter((part) => part.index).map(({ name }) => index(table, [{ column: name, descending: false }])),
  };
}

function refreshTokenTable(spec: ServiceSpec): readonly TableDescription[] {
  if (spec.auth === undefined) return [];
  const table = 'refresh_tokens';
  const user = entityNamed(spec, spec.auth.user);
  return [
    {
      name: table,
      origin: 'auth',
      columns: [
        column('id', { kind: 'uuid' }),
        column('family_id', { kind: 'uuid' }),
        column('user_id', keyColumnType(user)),
        column('token_hash', { kind: 'string', length: 64 }),
        column('expires_at', { kind: 'datetime' }),
        column('used_at', { kind: 'datetime' }, { nullable: true }),
        column('revoked_at', { kind: 'datetime' }, { nullable: true }),
      ],
      primaryKey: primaryKey(table, ['id']),
      checks: [],
      foreignKeys: [foreignKey({ table, column: 'user_id', target: user.table, onDelete: 'CASCADE' })],
      uniques: [unique(table, ['token_hash'])],
      indexes: ['family_id', 'user_id'].map((name) => index(table, [{ column: name, descending: false }])),
    },
  ];
}

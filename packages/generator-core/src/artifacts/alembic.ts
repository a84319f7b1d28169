import type { Artifact } from '../plan/artifact';
import type { EntitySpec, ServiceSpec } from '../spec/service-spec';
import type { ArtifactRole } from './artifact-role';
import { databaseUses } from './database';
import { linkTables } from './links';
import { indexName } from './model';
import { enumWidth, migrationKeyType, migrationType } from './python/column-type';
import { pythonLongString, pythonString } from './python/python-text';
import { belongsTo, entityNamed, hasRoles, paths } from './python/spec-lookup';
import { enumCheckSql, singleIndexes, tableChecks } from './python/table-constraints';

const files = [
  { path: 'alembic.ini', needs: [] },
  { path: 'alembic/env.py', needs: [paths.config, paths.database, paths.models] },
  { path: 'alembic/script.py.mako', needs: [] },
  { path: 'alembic/versions/0001_initial.py', needs: [], writeOnce: true },
] satisfies readonly Pick<Artifact, 'path' | 'needs' | 'writeOnce'>[];

/** Migrations. The first one is written from the spec, not by comparing: `alembic check` proves that both agree. */
export const alembicRole: ArtifactRole = {
  role: 'alembic',
  phase: 'app',
  artifacts: () => files.map((file) => ({ ...file, phase: 'app', role: 'alembic', template: `${file.path}.jinja`, provides: [] })),
  view: (spec) => ({ uses: databaseUses(spec), tables: migrationTables(spec), descending_indexes: descendingIndexes(spec) }),
};

function descendingIndexes(spec: ServiceSpec): readonly string[] {
  return spec.entities.flatMap((entity) =>
    entity.indexes
      .filter((columns) => columns.some(({ descending }) => descending))
      .map((columns) => pythonString(indexName(entity, columns))),
  );
}

interface MigrationTable {
  readonly name: string;
  /** Arguments of `op.create_table` after the name. */
  readonly items: readonly string[];
  /** Arguments of `op.create_index`. */
  readonly indexes: readonly string[];
}

/** Tables, each after those that it refers to. */
function migrationTables(spec: ServiceSpec): readonly MigrationTable[] {
  return [
    ...entitiesByDependency(spec).map((entity) => entityTable(spec, entity)),
    ...linkTables(spec).map(linkTable),
    ...refreshTokenTable(spec),
  ];
}

function entitiesByDependency(spec: ServiceSpec): readonly EntitySpec[] {
  const ordered: EntitySpec[] = [];
  const visit = (entity: EntitySpec, above: readonly string[]): void => {
    if (ordered.includes(entity) || above.includes(entity.name)) return;
    for (const relation of belongsTo(entity)) visit(entityNamed(spec, relation.target), [...above, entity.name]);
    ordered.push(entity);
  };
  for (const entity of spec.entities) visit(entity, []);
  return ordered;
}

function column(name: string, type: string, isNullable = false): string {
  return `sa.Column("${name}", ${type}, nullable=${isNullable ? 'True' : 'False'})`;
}

function entityTable(spec: ServiceSpec, entity: EntitySpec): MigrationTable {
  const { table } = entity;
  const references = belongsTo(entity);
  return {
    name: table,
    items: [
      column('id', migrationKeyType(entity)),
      ...entity.fields.map((field) => column(field.name, migrationType(spec, field.type), field.nullable)),
      ...(entity.isUser
        ? [
            column('hashed_password', 'sa.String(length=255)'),
            ...(hasRoles(spec) ? [column('role', `sa.String(length=${enumWidth(spec, 'Role')})`)] : []),
            column('is_active', 'sa.Boolean()'),
          ]
        : []),
      ...references.map((relation) => column(relation.column, migrationKeyType(entityNamed(spec, relation.target)), relation.nullable)),
      ...(entity.version ? [column('version', 'sa.Integer()')] : []),
      ...(entity.timestamps
        ? [column('created_at', 'sa.DateTime(timezone=True)'), column('updated_at', 'sa.DateTime(timezone=True)')]
        : []),
      ...entityChecks(spec, entity),
      ...references.map((relation) =>
        foreignKey(table, relation.column, entityNamed(spec, relation.target).table, onDelete[relation.onDelete]),
      ),
      primaryKey(table, ['id']),
      ...uniqueColumns(entity).map((columns) => uniqueConstraint(table, columns)),
    ],
    indexes: entityIndexes(entity),
  };
}

const onDelete = { cascade: 'CASCADE', restrict: 'RESTRICT', set_null: 'SET NULL' } as const;

function entityChecks(spec: ServiceSpec, entity: EntitySpec): readonly string[] {
  const check = (name: string, sql: string): string =>
    `sa.CheckConstraint(${pythonLongString(sql)}, name=op.f("ck_${entity.table}_${name}"))`;
  const enums = [
    ...entity.fields.flatMap((field) => (field.type.kind === 'enum' ? [{ column: field.name, name: field.type.enum }] : [])),
    ...(entity.isUser && hasRoles(spec) ? [{ column: 'role', name: 'Role' }] : []),
  ];
  return [
    ...enums.map((item) => check(item.column, enumCheckSql(spec, item.column, item.name))),
    ...tableChecks(entity).flatMap(({ name, sql, sqlite }) =>
      sqlite === undefined
        ? [check(name, sql)]
        : [`${check(name, sql)}.ddl_if(dialect="postgresql")`, `${check(name, sqlite)}.ddl_if(dialect="sqlite")`],
    ),
  ];
}

function uniqueColumns(entity: EntitySpec): readonly (readonly string[])[] {
  return [
    ...entity.fields.filter((field) => field.unique).map((field) => [field.name]),
    ...belongsTo(entity)
      .filter((relation) => relation.unique)
      .map((relation) => [relation.column]),
    ...entity.uniqueTogether,
  ];
}

function foreignKey(table: string, name: string, target: string, rule: string): string {
  return `sa.ForeignKeyConstraint(["${name}"], ["${target}.id"], name=op.f("fk_${table}_${name}"), ondelete="${rule}")`;
}

function primaryKey(table: string, columns: readonly string[]): string {
  return `sa.PrimaryKeyConstraint(${columns.map(pythonString).join(', ')}, name=op.f("pk_${table}"))`;
}

function uniqueConstraint(table: string, columns: readonly string[]): string {
  return `sa.UniqueConstraint(${columns.map(pythonString).join(', ')}, name=op.f("uq_${table}_${columns.join('_')}"))`;
}

function entityIndexes(entity: EntitySpec): readonly string[] {
  const single = [...singleIndexes(entity)].map((name) => indexArguments(entity, [{ column: name, descending: false }]));
  return [...single, ...entity.indexes.map((columns) => indexArguments(entity, columns))];
}

function indexArguments(entity: EntitySpec, columns: EntitySpec['indexes'][number]): string {
  const parts = columns.map((part) => (part.descending ? `sa.text("${part.column} DESC")` : pythonString(part.column)));
  return `op.f("${indexName(entity, columns)}"), "${entity.table}", [${parts.join(', ')}]`;
}

function linkTable(link: ReturnType<typeof linkTables>[number]): MigrationTable {
  return {
    name: link.table,
    items: [
      ...link.columns.map(({ name, target }) => column(name, migrationKeyType(target))),
      ...(link.check ? [`sa.CheckConstraint("${link.check.sql}", name=op.f("ck_${link.table}_${link.check.name}"))`] : []),
      ...link.columns.map(({ name, references }) => foreignKey(link.table, name, references, 'CASCADE')),
      primaryKey(
        link.table,
        link.columns.map(({ name }) => name),
      ),
    ],
    indexes: link.columns.filter(({ index }) => index).map(({ name }) => `op.f("ix_${link.table}_${name}"), "${link.table}", ["${name}"]`),
  };
}

function refreshTokenTable(spec: ServiceSpec): readonly MigrationTable[] {
  if (spec.auth === undefined) return [];
  const table = 'refresh_tokens';
  const user = entityNamed(spec, spec.auth.user);
  return [
    {
      name: table,
      items: [
        column('id', 'sa.Uuid()'),
        column('family_id', 'sa.Uuid()'),
        column('user_id', migrationKeyType(user)),
        column('token_hash', 'sa.String(length=64)'),
        column('expires_at', 'sa.DateTime(timezone=True)'),
        column('used_at', 'sa.DateTime(timezone=True)', true),
        column('revoked_at', 'sa.DateTime(timezone=True)', true),
        foreignKey(table, 'user_id', user.table, 'CASCADE'),
        primaryKey(table, ['id']),
        uniqueConstraint(table, ['token_hash']),
      ],
      indexes: ['family_id', 'user_id'].map((name) => `op.f("ix_${table}_${name}"), "${table}", ["${name}"]`),
    },
  ];
}

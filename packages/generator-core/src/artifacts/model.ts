import type { EntitySpec, FieldSpec, RelationSpec, ServiceSpec } from '../spec/service-spec';
import type { ArtifactRole, TemplateView } from './artifact-role';
import { computedColumns } from './python/computed-columns';
import { columnDefault, columnType, evaluatingType, keyType, valueAnnotation } from './python/column-type';
import { oncePerSpec } from './python/once-per-spec';
import { pythonDocstring, pythonLongString, pythonString } from './python/python-text';
import { roleMember } from './python/python-value';
import { embedTree, type Embed } from './python/read-members';
import { belongsTo, entityNamed, hasRoles, idAnnotation, paths, type BelongsTo } from './python/spec-lookup';
import { sqlName } from './python/sql-name';
import { singleIndexes, tableChecks, uniqueColumns, type CheckConstraint } from './python/table-constraints';
import { needsViewerRole } from './python/read-members';
import { tenantEntity } from './python/tenancy';
import { enumNames, usedNames } from './python/used-names';
import { describeTables, foreignKeyName, indexName, uniqueName } from './tables/describe-tables';
import { ringKeys } from './tables/ring-keys';

/** `app/models/{entity}.py`: a table. */
export const modelRole: ArtifactRole = {
  role: 'model',
  phase: 'models',
  artifacts: (spec) =>
    spec.entities.map((entity) => {
      const view = modelView(spec, entity);
      return {
        path: paths.model(entity),
        phase: 'models',
        role: 'model',
        template: 'app/models/[entity].py.jinja',
        entity: entity.name,
        provides: [entity.name],
        needs: [
          paths.database,
          ...(view.enums.length > 0 ? [paths.enums] : []),
          ...(view.links.length > 0 ? [paths.links] : []),
          ...view.neighbours.map(({ module }) => paths.model({ module })),
        ].sort(),
      };
    }),
  view: (spec, { entity }) => modelView(spec, entityNamed(spec, entity ?? '')),
};

function modelView(spec: ServiceSpec, entity: EntitySpec) {
  const columns = tableColumns(spec, entity);
  const relations = mappedRelations(spec, entity);
  const targets = new Set(relations.map((relation) => relation.target).filter((name) => name !== entity.name));
  const computed = computedColumns(spec, entity);
  return {
    entity,
    module_docstring: `Table of ${entity.plural.replaceAll('_', ' ')}.`,
    docstring: entity.description === undefined ? undefined : pythonDocstring(entity.description),
    id: { annotation: idAnnotation(entity), arguments: idArguments(entity) },
    columns,
    relations: relations.map((relation) => relationView(spec, entity, relation)),
    table_arguments: tableArguments(entity),
    computed: computed.columns,
    computed_tables: computed.tables,
    computed_aliases: computed.renamed,
    ...(needsViewerRole(spec, entity) && { viewer_role: { annotation: spec.tenancy?.roleEnum ?? '', tenant: tenantEntity(spec).label } }),
    enums: usedNames(
      [...(needsViewerRole(spec, entity) ? [{ annotation: spec.tenancy?.roleEnum ?? '' }] : []), ...columns]
        .map((column) => column.annotation)
        .join('\n'),
      enumNames(spec),
    ),
    links: relations.flatMap((relation) => (relation.kind === 'many_to_many' ? [relation.linkTable] : [])),
    neighbours: spec.entities.filter((other) => targets.has(other.name)).map(({ name, module }) => ({ name, module })),
  } satisfies TemplateView;
}

function idArguments(entity: EntitySpec): string {
  if (entity.id === 'int') return `${keyType(entity) ?? ''}, primary_key=True`;
  return `primary_key=True, default=${entity.id === 'uuid7' ? 'uuid7' : 'uuid4'}`;
}

const laterKeys = oncePerSpec((spec) => ringKeys(describeTables(spec)));

interface ColumnView {
  readonly name: string;
  readonly annotation: string;
  readonly arguments: string;
}

function tableColumns(spec: ServiceSpec, entity: EntitySpec): readonly ColumnView[] {
  const indexed = singleIndexes(entity);
  const later = laterKeys(spec);
  return [
    ...entity.fields.map((field) => fieldColumn({ spec, entity, field, indexed })),
    ...(entity.isUser ? accountColumns(spec) : []),
    ...belongsTo(entity).map((relation) => foreignKeyColumn({ spec, entity, relation, indexed, later })),
  ];
}

function fieldColumn({
  spec,
  entity,
  field,
  indexed,
}: {
  readonly spec: ServiceSpec;
  readonly entity: EntitySpec;
  readonly field: FieldSpec;
  readonly indexed: ReadonlySet<string>;
}): ColumnView {
  const value = columnDefault(spec, field);
  const type = field.nullable && value !== undefined ? evaluatingType(spec, field) : columnType(spec, field);
  const isDocument = field.type.kind === 'json' && field.type.struct === undefined;
  return {
    name: field.name,
    annotation: `${isDocument ? 'dict[str, Any] | list[Any]' : valueAnnotation(field.type)}${field.nullable ? ' | None' : ''}`,
    arguments: [
      ...(type === undefined ? [] : [type]),
      ...(value === undefined ? [] : [`default=${value}`]),
      ...(field.unique && !entity.softDelete ? ['unique=True'] : []),
      ...(indexed.has(field.name) ? ['index=True'] : []),
    ].join(', '),
  };
}

/** What `auth:` adds to the user entity. */
function accountColumns(spec: ServiceSpec): readonly ColumnView[] {
  const role = {
    name: 'role',
    annotation: 'Role',
    arguments: `string_enum(Role, name="role"), default=${roleMember(spec.auth?.defaultRole ?? spec.auth?.roles[0] ?? '')}`,
  };
  return [
    { name: 'hashed_password', annotation: 'str', arguments: 'String(255)' },
    ...(hasRoles(spec) ? [role] : []),
    { name: 'is_active', annotation: 'bool', arguments: 'default=True' },
  ];
}

function foreignKeyColumn({
  spec,
  entity,
  relation,
  indexed,
  later,
}: {
  readonly spec: ServiceSpec;
  readonly entity: EntitySpec;
  readonly relation: BelongsTo;
  readonly indexed: ReadonlySet<string>;
  readonly later: ReadonlySet<string>;
}): ColumnView {
  const target = entityNamed(spec, relation.target);
  const type = keyType(target);
  const onDelete = { cascade: 'CASCADE', restrict: 'RESTRICT', set_null: 'SET NULL' }[relation.onDelete];
  return {
    name: relation.column,
    annotation: `${idAnnotation(target)}${relation.nullable ? ' | None' : ''}`,
    arguments: [
      ...(type === undefined ? [] : [type]),
      `ForeignKey("${target.table}.id", ondelete="${onDelete}"${later.has(foreignKeyName(entity.table, relation.column)) ? ', use_alter=True' : ''})`,
      ...(relation.unique && !entity.softDelete ? ['unique=True'] : []),
      ...(indexed.has(relation.column) ? ['index=True'] : []),
    ].join(', '),
  };
}

/** Relations that the class has: those of the spec, both ends of links, and implied ends that some answer embeds. */
function mappedRelations(spec: ServiceSpec, entity: EntitySpec): readonly RelationSpec[] {
  const embedded = embeddedRelations(spec);
  return entity.relations.filter((relation) => isMapped(entity, relation, embedded));
}

function isMapped(entity: EntitySpec, relation: RelationSpec, embedded: ReadonlySet<string>): boolean {
  return !relation.implicit || relation.kind === 'many_to_many' || embedded.has(`${entity.name}.${relation.name}`);
}

const embeddedRelations = oncePerSpec((spec): ReadonlySet<string> => {
  const collect = (source: EntitySpec, embeds: readonly Embed[]): readonly string[] =>
    embeds.flatMap((embed) => [`${source.name}.${embed.relation}`, ...collect(embed.target, embed.embeds)]);
  return new Set(spec.entities.flatMap((entity) => collect(entity, embedTree(spec, entity))));
});

function relationView(spec: ServiceSpec, entity: EntitySpec, relation: RelationSpec) {
  return { name: relation.name, annotation: relationAnnotation(relation), arguments: relationArguments(spec, entity, relation).join(', ') };
}

function relationAnnotation(relation: RelationSpec): string {
  if (relation.kind === 'has_many' || relation.kind === 'many_to_many') return `list["${relation.target}"]`;
  const isOptional = relation.kind !== 'belongs_to' || relation.nullable;
  return isOptional ? `"${relation.target} | None"` : `"${relation.target}"`;
}

function relationArguments(spec: ServiceSpec, entity: EntitySpec, relation: RelationSpec): readonly string[] {
  const target = entityNamed(spec, relation.target);
  switch (relation.kind) {
    case 'belongs_to':
      return [
        ...foreignKeysArgument(entity, target, relation.column),
        ...(relation.target === entity.name ? [`remote_side="${entity.name}.id"`] : []),
        ...backPopulates(spec, target, relation.inverse),
        'lazy="raise"',
      ];
    case 'many_to_many':
      return [
        `secondary=${relation.linkTable}`,
        ...(relation.target === entity.name
          ? [
              `primaryjoin=lambda: ${entity.name}.id == ${relation.linkTable}.c.${relation.localColumn}`,
              `secondaryjoin=lambda: ${entity.name}.id == ${relation.linkTable}.c.${relation.remoteColumn}`,
            ]
          : []),
        ...backPopulates(spec, target, relation.inverse),
        `order_by="${relation.target}.id"`,
        'passive_deletes=True',
        'lazy="raise"',
      ];
    default:
      return [
        ...foreignKeysArgument(target, entity, relation.viaColumn, relation.target),
        ...backPopulates(spec, target, relation.via),
        ...(relation.nested ? ['cascade="all, delete-orphan"'] : []),
        ...(relation.kind === 'has_many' ? [`order_by="${relation.target}.id"`] : []),
        // The database's ON DELETE does it; nothing is loaded first.
        relation.nested ? 'passive_deletes=True' : 'passive_deletes="all"',
        'lazy="raise"',
      ];
  }
}

/** Which column it is about, where the two tables are joined by more than one, in whichever direction. */
function foreignKeysArgument(holder: EntitySpec, target: EntitySpec, column: string, holderName = holder.name): readonly string[] {
  const links = [
    ...belongsTo(holder).filter((other) => other.target === target.name),
    ...belongsTo(target).filter((other) => other.target === holder.name),
  ];
  const isAmbiguous = holder.name === target.name || links.length > 1;
  return isAmbiguous ? [`foreign_keys="${holderName}.${column}"`] : [];
}

function backPopulates(spec: ServiceSpec, target: EntitySpec, inverse: string | undefined): readonly string[] {
  return inverse !== undefined && mappedRelations(spec, target).some((relation) => relation.name === inverse)
    ? [`back_populates="${inverse}"`]
    : [];
}

function tableArguments(entity: EntitySpec): readonly string[] {
  return [
    ...(entity.softDelete
      ? uniqueColumns(entity).map(
          (columns) => `unique_among_live(${[uniqueName(entity.table, columns), ...columns].map(pythonString).join(', ')})`,
        )
      : entity.uniqueTogether.map((columns) => `UniqueConstraint(${columns.map(pythonString).join(', ')})`)),
    ...entity.indexes.map((columns) => indexArgument(entity, columns)),
    ...tableChecks(entity).flatMap(checkArguments),
    // Else a new row could get the id of one that was deleted, and with it what others remember of that.
    ...(entity.id === 'int' ? ['{"sqlite_autoincrement": True}'] : []),
  ];
}

/** The naming convention cannot name an index over an expression. */
function indexArgument(entity: EntitySpec, columns: EntitySpec['indexes'][number]): string {
  const parts = columns.map(({ column, descending }) =>
    descending ? `text(${pythonString(`${sqlName(column)} DESC`)})` : pythonString(column),
  );
  const name = columns.some(({ descending }) => descending) ? `"${indexName(entity.table, columns)}"` : 'None';
  return `Index(${[name, ...parts].join(', ')})`;
}

function checkArguments({ name, sql, sqlite }: CheckConstraint): readonly string[] {
  const check = (text: string): string => `CheckConstraint(${pythonLongString(text)}, name="${name}")`;
  if (sqlite === undefined) return [check(sql)];
  return [`${check(sql)}.ddl_if(dialect="postgresql")`, `${check(sqlite)}.ddl_if(dialect="sqlite")`];
}

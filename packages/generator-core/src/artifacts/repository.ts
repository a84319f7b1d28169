import type { EntitySpec, FieldSpec, ServiceSpec } from '../spec/service-spec';
import type { ArtifactRole, TemplateView } from './artifact-role';
import { loadTree } from './load-tree';
import { accessCondition, type AccessCondition } from './python/access-condition';
import { creatableReferences, listFilters, listSorts, orderExpression, writableLinks, type ListSort } from './python/entity-requests';
import { roleMember } from './python/python-value';
import { operationActions } from './python/operation-actions';
import { embedTree, needsViewerRole, type Embed } from './python/read-members';
import {
  belongsTo,
  changeRule,
  entityNamed,
  entitySurface,
  hasKeysetPages,
  hasRoles,
  isAnswered,
  idAnnotation,
  linkIdsName,
  nestedRelations,
  paths,
  relationNamed,
  type HasMany,
} from './python/spec-lookup';
import {
  hasTenant,
  isTenant,
  namesTenant,
  refusesMembers,
  rowsIn,
  tenancyNames,
  tenantEntity,
  tenantOfRow,
  tenantsOf,
  tenantStep,
} from './python/tenancy';
import { usedNames } from './python/used-names';
import { ruffOptions } from '../render/ruff-options';
import { readsAgain } from './python/reads-again';
import { referableRows } from './python/referable-rows';
import { repositoryRow } from './python/repository-row';
import { tenantWrites } from './python/tenant-writes';
import { repositoryDependencies } from './web/entity-route-view';
import { locksRows, readsByRepository } from './web/operation-view';

/** `app/repositories/{entity}.py`: the SQL of an entity's routes. */
export const repositoryRole: ArtifactRole = {
  role: 'repository',
  phase: 'repositories',
  artifacts: (spec) =>
    spec.entities
      .filter((entity) => entitySurface(spec, entity).exists)
      .map((entity) => {
        const view = repositoryView(spec, entity);
        return {
          path: paths.repository(entity),
          phase: 'repositories',
          role: 'repository',
          template: 'app/repositories/[entity].py.jinja',
          entity: entity.name,
          provides: [`${entity.name}Repository`],
          needs: repositoryNeeds(spec, entity, view),
        };
      }),
  view: (spec, { entity }) => repositoryView(spec, entityNamed(spec, entity ?? '')),
};

function repositoryNeeds(spec: ServiceSpec, entity: EntitySpec, view: ReturnType<typeof repositoryView>): readonly string[] {
  const { surface } = view;
  const usesSchema = surface.list || surface.create || surface.update;
  const usesBase = view.uses_ranks || spec.auth !== undefined || surface.create || surface.update || surface.delete;
  return [
    ...(surface.get || surface.delete || view.links_written.some(({ reflexive }) => !reflexive) ? [paths.errors] : []),
    ...(entity.version && (surface.update || surface.delete) ? [paths.versions] : []),
    ...(spec.auth === undefined ? [] : [paths.viewer]),
    ...(view.enums.length > 0 ? [paths.enums] : []),
    ...(view.links.length > 0 ? [paths.links] : []),
    ...view.models.map(paths.model),
    ...(usesBase ? [paths.repositoryBase] : []),
    ...(view.tenancy_names.length > 0 ? [paths.tenancy] : []),
    ...(view.keyset ? [paths.keyset] : []),
    ...(usesSchema ? [paths.schema(entity)] : []),
  ].sort();
}

export function repositoryView(spec: ServiceSpec, entity: EntitySpec) {
  const surface = entitySurface(spec, entity);
  const embeds = embedTree(spec, entity);
  const loads = loadTree(entity, embeds);
  const filters = surface.list ? listFilters(spec, entity) : [];
  const linksWritten =
    surface.create || surface.update ? writableLinks(entity).map((relation) => linkView(spec, entity, relation.name)) : [];
  const references = surface.create || surface.update ? restrictedReferences(spec, entity) : [];
  const hasOptions = loads.length > 0 || entity.computed.length > 0 || needsViewerRole(spec, entity);
  const scopes = spec.auth === undefined ? undefined : scopeRules(spec, entity);
  // A row is complete once it is flushed, but for what answers show besides, and for values that the database rounds or rewrites.
  const reloads =
    needsViewerRole(spec, entity) ||
    embeds.length > 0 ||
    entity.computed.length > 0 ||
    entity.fields.some(({ type }) => type.kind === 'decimal' || type.kind === 'json');
  const view = {
    surface,
    docstring: `Rows of ${entity.plural.replaceAll('_', ' ')}: reading, writing, and who may.`,
    model: entity.name,
    module: entity.module,
    row: repositoryRow(entity),
    label: entity.label,
    id_annotation: idAnnotation(entity),
    is_user: entity.isUser,
    versioned: entity.version,
    soft_delete: entity.softDelete,
    lockable:
      locksByGet(spec, entity) || (surface.update && !hasOptions)
        ? { of: loads.some(({ many }) => !many) ? `of=${entity.name}, ` : '' }
        : undefined,
    /** Whether some caller has no viewer: log-in, sign-up, routes that are the same for all. */
    viewer_default: entity.isUser || repositoryDependencies(spec, entity).some(({ viewer }) => viewer === undefined),
    reloads,
    reads_again: readsAgain(entity, loads),
    has_reload: surface.reload && (reloads || isAnswered(spec, entity)),
    load_options: [
      ...loads.map((embed) => loadOption(entity, embed, entity)),
      ...entity.computed.map(({ name }) => `undefer(${entity.name}.${name})`),
    ],
    viewer_role: needsViewerRole(spec, entity)
      ? `with_expression(${entity.name}.viewer_role, role_of(viewer, ${isTenant(spec, entity) ? `select(${entity.name}.id)` : tenantOfRow(spec, entity, entity.name)}.correlate(${entity.name})))`
      : undefined,
    keyset: hasKeysetPages(spec, entity),
    sorts: surface.list ? listSorts(entity).map((sort) => ({ ...sort, expression: breakable(entity, sort) })) : [],
    order: surface.list
      ? entity.order.filter(({ column }) => column !== 'id').map(({ column, descending }) => orderExpression(entity, column, descending))
      : [],
    id_key: orderExpression(
      entity,
      'id',
      entity.order.some(({ column, descending }) => column === 'id' && descending),
    ),
    id_order: `${entity.name}.id${entity.order.some(({ column, descending }) => column === 'id' && descending) ? '.desc()' : ''}`,
    scopes,
    uses_viewer: scopes?.some((scope) => !scope.everyone) ?? false,
    conditions: filters.map(({ member, condition }) => ({ member: member.name, expression: condition })),
    find_by_login: entity.isUser ? loginView(spec, entity) : undefined,
    default_role: entity.isUser && hasRoles(spec) ? roleMember(spec.auth?.defaultRole ?? spec.auth?.roles[0] ?? '') : undefined,
    create: surface.create ? { ...createView(spec, entity, references), locks_viewer: locksViewer(spec, entity) } : undefined,
    user_model: spec.auth?.user,
    update: surface.update ? updateView(spec, entity, references) : undefined,
    references,
    references_in_tenant: references.some(({ visible }) => namesTenant(visible)),
    ...(hasTenant(spec, entity) && {
      tenant_label: tenantEntity(spec).label,
      // The new tenant's own links are made once it is there.
      tenant_of_new: isTenant(spec, entity) ? tenantOfRow(spec, entity, repositoryRow(entity)) : 'tenant',
      tenant_type: `Select[${idAnnotation(tenantEntity(spec))}]`,
    }),
    tenant_writes: tenantWrites(spec, entity, {
      inCreate: [...references, ...linksWritten].some(({ visible }) => namesTenant(visible)),
      inUpdate: [...(references.some(({ inUpdate }) => inUpdate) ? references : []), ...linksWritten].some(({ visible }) =>
        namesTenant(visible),
      ),
      byReferences: references.some(({ inCreate, visible }) => inCreate && namesTenant(visible)),
    }),
    /** Rows that are forbidden to the viewer, rather than missing, where some action is not open to every member. */
    tenant_rows: surface.get || surface.delete ? refusedRows(spec, entity) : undefined,
    links_written: linksWritten,
    slug_methods: surface.create || surface.update ? uniqueSlugs(entity).map((field) => slugView(entity, field)) : [],
    sequences: surface.create ? sequenceFields(entity).map((field) => sequenceView(spec, entity, field)) : [],
  };
  const source = JSON.stringify(view);
  const order = JSON.stringify([view.sorts, view.order]);
  const roles = spec.auth?.roles.map((role) => roleMember(role)) ?? [];
  const memberRoles = spec.tenancy && source.includes(`${spec.tenancy.roleEnum}.`) ? [spec.tenancy.roleEnum] : [];
  return {
    ...view,
    /** Whether some caller of `get` wants more than to read. */
    takes_action:
      spec.auth !== undefined &&
      ((surface.update && !hasOptions) ||
        view.tenant_writes.delete.some((line) => line.includes('self.get(')) ||
        operationActions(spec, entity).length > 0),
    uses_ranks: order.includes('ranked(') || order.includes('ranks='),
    enums: [
      ...new Set([
        ...(roles.some((role) => source.includes(role)) ? ['Role'] : []),
        ...memberRoles,
        ...spec.enums.filter(({ name }) => [`, ${name})`, `ranks=${name})`].some((use) => order.includes(use))).map(({ name }) => name),
      ]),
    ],
    tenancy_names: usedNames(source, tenancyNames(spec)),
    links: [
      ...new Set([
        ...linksWritten.map(({ table }) => table),
        ...entity.relations.flatMap((relation) =>
          relation.kind === 'many_to_many' && relation.filter && surface.list ? [relation.linkTable] : [],
        ),
      ]),
    ],
    models: repositoryModels(spec, entity, source, [
      ...references,
      ...linksWritten,
      ...(view.create?.locks_viewer === true ? [{ target: view.user_model ?? '', visible: 'true()' }] : []),
    ]),
  } satisfies TemplateView;
}

function repositoryModels(
  spec: ServiceSpec,
  entity: EntitySpec,
  source: string,
  checked: readonly { readonly target: string; readonly visible: string | undefined }[],
): readonly EntitySpec[] {
  const names = usedNames(
    source.replaceAll(/"(model|target|user_model)":"\w+"/g, ''),
    spec.entities.map(({ name }) => name),
  );
  const targets = checked.flatMap(({ target, visible }) => (visible === undefined ? [] : [target]));
  return spec.entities.filter(({ name }) => name === entity.name || names.includes(name) || targets.includes(name));
}

/**
 * Collections by a second statement, single rows by a join: the number of statements is the same for any number of rows.
 * A row that stands in its own answer is read twice: the inner one must not take its computed values away.
 */
function loadOption(source: EntitySpec, embed: Embed, root: EntitySpec): string {
  const attribute = `${source.name}.${embed.relation}`;
  const own = embed.many ? `selectinload(${attribute})` : joinedLoad(source, embed);
  const inside = [
    ...embed.embeds.map((inner) => loadOption(embed.target, inner, root)),
    ...(embed.target.name === root.name ? root.computed.map(({ name }) => `undefer(${root.name}.${name})`) : []),
  ];
  return inside.length === 0 ? own : `${own}.options(${inside.join(', ')})`;
}

function joinedLoad(source: EntitySpec, { relation, nullable }: Embed): string {
  return `joinedload(${source.name}.${relation}${nullable ? '' : ', innerjoin=True'})`;
}

/** Whether the route of an operation that changes something reads rows of the entity. */
function locksByGet(spec: ServiceSpec, entity: EntitySpec): boolean {
  return spec.operations.some(
    (operation) =>
      locksRows(operation) &&
      readsByRepository(spec, operation, entity) &&
      operation.pathParameters.some((parameter) => parameter.entity === entity.name),
  );
}

/** Condition for the rows in tenants of the viewer; undefined where who may see them may do all with them. */
function refusedRows(spec: ServiceSpec, entity: EntitySpec): string | undefined {
  const { read, delete: remove } = entity.access;
  const rules = [read, changeRule(entity), remove, ...operationActions(spec, entity).map(({ rule }) => rule)];
  if (!rules.some((rule) => refusesMembers(spec, entity, rule))) return undefined;
  return rowsIn(spec, entity, tenantsOf(spec, 'self.viewer', spec.tenancy?.roles[0] ?? ''));
}

interface ScopeRule extends AccessCondition {
  readonly test: string;
}

/** Access lines of the verbs that work on rows that are there; equal ones together. */
function scopeRules(spec: ServiceSpec, entity: EntitySpec): readonly ScopeRule[] {
  const groups = new Map<string, { readonly actions: string[]; readonly condition: AccessCondition }>();
  const { access } = entity;
  const verbs = [
    { action: 'list', rule: access.list },
    { action: 'read', rule: access.read },
    { action: 'update', rule: changeRule(entity) },
    { action: 'delete', rule: access.delete },
  ];
  for (const { action, rule } of [...verbs, ...operationActions(spec, entity)]) {
    if (rule === undefined) continue;
    const condition = accessCondition(spec, entity, rule);
    const key = JSON.stringify(condition);
    const group = groups.get(key) ?? { actions: [], condition };
    group.actions.push(JSON.stringify(action));
    groups.set(key, group);
  }
  return [...groups.values()].map(({ actions, condition }) => ({
    ...condition,
    test: actions.length === 1 ? `action == ${actions[0] ?? ''}` : `action in (${actions.join(', ')})`,
  }));
}

function loginView(spec: ServiceSpec, entity: EntitySpec) {
  const login = entity.fields.find((field) => field.name === spec.auth?.login);
  return { column: login?.name ?? '', lower: login?.type.kind === 'email' };
}

/** A row is written with the id of who asks: a foreign key lets deleted users pass, so that they are asked for. */
function locksViewer(spec: ServiceSpec, entity: EntitySpec): boolean {
  if (spec.auth === undefined || !entityNamed(spec, spec.auth.user).softDelete) return false;
  return entity.owner !== undefined || (isTenant(spec, entity) && spec.tenancy?.creator !== undefined);
}

/** What `create` leaves out of the request's values, and what it adds to them. */
function createView(spec: ServiceSpec, entity: EntitySpec, references: readonly ReferenceView[]) {
  const nested = nestedRelations(entity);
  const excluded = [
    ...nested.map(({ name }) => name),
    ...writableLinks(entity).map((relation) => linkIdsName(spec, relation)),
    ...(entity.isUser ? ['password'] : []),
  ];
  return {
    excluded: setLiteral(excluded),
    references: references.some(({ inCreate }) => inCreate),
    // Whether the viewer may write into the tenant is asked before, so the parent that leads there is known to be in it.
    reference_excluded: references.some(({ inCreate }) => !inCreate) ? setLiteral([tenantStep(entity).column]) : undefined,
    arguments: [
      ...(entity.owner === undefined ? [] : [`${entity.owner.column}=self.viewer.user_id`]),
      ...uniqueSlugs(entity).map((field) => `${field.name}=await self._free_${field.name}(data.${slugSource(field)})`),
      ...plainSlugs(entity).map((field) => `${field.name}=${slugCall(entity, field, `data.${slugSource(field)}`)}`),
      ...sequenceFields(entity).map((field) => `${field.name}=await self._next_${field.name}(${parentIdSource(entity, field)})`),
      ...nested.map((relation) => `${relation.name}=${nestedRows(spec, relation, 'data')}`),
      ...(entity.isUser ? ['hashed_password=hashed_password', ...(hasRoles(spec) ? ['role=role'] : [])] : []),
    ],
  };
}

/** `[OrderItem(**item.model_dump()) for item in data.items]`, with what is nested in those. */
function nestedRows(spec: ServiceSpec, relation: HasMany, source: string): string {
  const target = entityNamed(spec, relation.target);
  const inner = nestedRelations(target);
  const item = target.module;
  const excluded = setLiteral(inner.map(({ name }) => name));
  const [counted, ...others] = sequenceFields(target).map(({ name }) => name);
  const parts = [
    `**${item}.model_dump(${excluded === undefined ? '' : `exclude=${excluded}`})`,
    // Where the row around is the owner, it may not have its id yet; the relationship sets it.
    ...(target.owner === undefined || target.owner.relation === relation.via ? [] : [`${target.owner.column}=self.viewer.user_id`]),
    ...target.fields
      .filter((field) => field.type.kind === 'slug')
      .map((field) => `${field.name}=${slugCall(target, field, `${item}.${slugSource(field)}`)}`),
    ...(counted === undefined ? [] : [counted, ...others].map((name) => `${name}=${relation.kind === 'has_one' ? '1' : counted}`)),
    ...inner.map((deeper) => `${deeper.name}=${nestedRows(spec, deeper, item)}`),
  ];
  const row = `${target.name}(${parts.join(', ')})`;
  const items = `${source}.${relation.name}`;
  if (relation.kind === 'has_one') return `None if ${items} is None else ${row.replaceAll(new RegExp(`\\b${item}\\.`, 'g'), `${items}.`)}`;
  return counted === undefined ? `[${row} for ${item} in ${items}]` : `[${row} for ${counted}, ${item} in enumerate(${items}, start=1)]`;
}

function setLiteral(names: readonly string[]): string | undefined {
  return names.length === 0 ? undefined : `{${names.map((name) => JSON.stringify(name)).join(', ')}}`;
}

function updateView(spec: ServiceSpec, entity: EntitySpec, references: readonly ReferenceView[]) {
  const links = writableLinks(entity);
  return {
    excluded: setLiteral(links.map((relation) => linkIdsName(spec, relation))),
    links: links.map((relation) => linkView(spec, entity, relation.name)),
    references: references.some(({ inUpdate }) => inUpdate),
    touches: (entity.version || entity.timestamps) && links.length > 0 ? touchedColumn(entity) : undefined,
    slugs: entity.fields
      .filter((field) => field.type.kind === 'slug' && !field.immutable && isChangeable(entity, slugSource(field)))
      .map((field) => updateSlugView(entity, field)),
  };
}

/** A column to write anew where only links change, so that the row's version and its `updated_at` rise. */
function touchedColumn(entity: EntitySpec): string {
  return entity.fields[0]?.name ?? belongsTo(entity)[0]?.column ?? 'updated_at';
}

function isChangeable(entity: EntitySpec, name: string): boolean {
  return entity.fields.some((field) => field.name === name && !field.readonly && !field.immutable);
}

function updateSlugView(entity: EntitySpec, field: FieldSpec) {
  const source = slugSource(field);
  const fresh = `changes["${source}"]`;
  return {
    name: field.name,
    source,
    changed: `${slugCall(entity, field, fresh)} != ${slugCall(entity, field, `${repositoryRow(entity)}.${source}`)}`,
    expression: field.unique ? `await self._free_${field.name}(${fresh})` : slugCall(entity, field, fresh),
  };
}

function uniqueSlugs(entity: EntitySpec): readonly FieldSpec[] {
  return entity.fields.filter((field) => field.type.kind === 'slug' && field.unique);
}

function plainSlugs(entity: EntitySpec): readonly FieldSpec[] {
  return entity.fields.filter((field) => field.type.kind === 'slug' && !field.unique);
}

function slugSource({ type }: FieldSpec): string {
  return type.kind === 'slug' ? type.from : '';
}

/** A missing source leaves nothing to make a slug of, so the row is called after its entity. */
function slugCall(entity: EntitySpec, field: FieldSpec, source: string): string {
  const isNullable = entity.fields.some((candidate) => candidate.name === slugSource(field) && candidate.nullable);
  return `slugify(${source}${isNullable ? ' or ""' : ''}, "${entity.label.replaceAll(' ', '-')}")`;
}

function slugView(entity: EntitySpec, field: FieldSpec) {
  const source = slugSource(field);
  const isNullable = entity.fields.some((candidate) => candidate.name === source && candidate.nullable);
  return { name: field.name, source, annotation: isNullable ? 'str | None' : 'str', call: slugCall(entity, field, source) };
}

function sequenceFields(entity: EntitySpec): readonly FieldSpec[] {
  return entity.fields.filter((field) => field.type.kind === 'sequence');
}

function sequenceColumn(entity: EntitySpec, { type }: FieldSpec): string {
  const relation = relationNamed(entity, type.kind === 'sequence' ? type.parent : '');
  return relation.kind === 'belongs_to' ? relation.column : '';
}

/** Python expression of the id of the row that a new one is counted within; the owner is who asks. */
function parentIdSource(entity: EntitySpec, field: FieldSpec): string {
  const column = sequenceColumn(entity, field);
  return column === entity.owner?.column ? 'self.viewer.user_id' : `data.${column}`;
}

function sequenceView(spec: ServiceSpec, entity: EntitySpec, field: FieldSpec) {
  const parent = entityNamed(spec, relationNamed(entity, field.type.kind === 'sequence' ? field.type.parent : '').target);
  return {
    name: field.name,
    parent: parent.name,
    label: parent.label,
    id_annotation: `${idAnnotation(parent)}${sequenceColumn(entity, field) === entity.owner?.column ? ' | None' : ''}`,
    parent_column: sequenceColumn(entity, field),
  };
}

interface ReferenceView {
  readonly target: string;
  /** Python expression of the ids in `values`. */
  readonly ids: string;
  /** Python expression of the condition that the rows have to meet. */
  readonly visible: string;
  readonly inCreate: boolean;
  readonly inUpdate: boolean;
  /** Whether every request that makes a row names one. */
  readonly required: boolean;
}

/** References in requests to rows that not everybody who writes may see. */
function restrictedReferences(spec: ServiceSpec, entity: EntitySpec): readonly ReferenceView[] {
  const own = creatableReferences(entity).map((relation) => ({ relation, ids: `[values.get("${relation.column}")]`, nested: false }));
  const idsIn = ({ kind, name }: HasMany, column: string): string =>
    kind === 'has_one'
      ? `[values["${name}"]["${column}"]] if values.get("${name}") else []`
      : `[item["${column}"] for item in values.get("${name}", [])]`;
  const nested = nestedRelations(entity).flatMap((parent) =>
    creatableReferences(entityNamed(spec, parent.target))
      .filter((relation) => relation.name !== parent.via)
      .map((relation) => ({ relation, ids: idsIn(parent, relation.column), nested: true })),
  );
  return [...own, ...nested].flatMap(({ relation, ids, nested: isNested }) => {
    const target = entityNamed(spec, relation.target);
    // The foreign key lets deleted rows pass, so they are asked for where every row may be referred to.
    const visible = referableRows(spec, entity, relation) ?? (target.softDelete ? 'true()' : undefined);
    if (visible === undefined) return [];
    const leads = !isNested && relation.name === entity.tenant?.[0];
    const isMovable = !relation.immutable && changeRule(entity) !== undefined && !(leads && entity.tenant?.length === 1);
    const inUpdate = !isNested && (isMovable || !leads);
    // Such a reference is asked about on its own when a row is made; only a row that can be moved asks here. But nobody locks it there.
    const inCreate = !leads || target.softDelete;
    return inCreate || inUpdate ? [{ target: relation.target, ids, visible, inCreate, inUpdate, required: !relation.nullable }] : [];
  });
}

function linkView(spec: ServiceSpec, entity: EntitySpec, name: string) {
  const relation = relationNamed(entity, name);
  if (relation.kind !== 'many_to_many')
    throw new Error(`${entity.name}.${name} is no many_to_many relation. This is a fault of @org/generator-core; please report it.`);
  const target = entityNamed(spec, relation.target);
  const visible = referableRows(spec, entity, relation) ?? (target.softDelete ? 'true()' : undefined);
  return {
    relation: relation.name,
    member: linkIdsName(spec, relation),
    target: target.name,
    visible,
    in_tenant: namesTenant(visible),
    table: relation.linkTable,
    local: relation.localColumn,
    remote: relation.remoteColumn,
    reflexive: relation.reflexive,
    id_annotation: idAnnotation(target),
  };
}

/** In parentheses where ruff must break the line of the sort: it puts none itself around a chain of calls. */
function breakable(entity: EntitySpec, { member, expression }: ListSort): string {
  const line = `    ${entity.name}Sort.${member}: ${expression},`;
  return line.length > ruffOptions.lineLength && !expression.startsWith('SortKey(') ? `(${expression})` : expression;
}

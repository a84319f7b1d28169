import type { EntitySpec, FieldSpec, RelationSpec, ServiceSpec } from '../../spec/service-spec';
import { columnDefault, valueAnnotation } from '../python/column-type';
import { roleMember } from '../python/python-value';
import {
  belongsTo,
  entityNamed,
  entitySurface,
  hasRoles,
  idAnnotation,
  linkIdsName,
  manyToMany,
  nestedRelations,
  type BelongsTo,
  type HasMany,
} from '../python/spec-lookup';
import { hasTenant, isMember, isTenant, memberColumns, memberEntity, tenantEntity } from '../python/tenancy';
import { isMembersReference, rulerParameter, rulerRole, tenantArgument, tenantParameter, tenantParents } from './tenant-arguments';
import { testRow } from './test-row';
import { countedValues, numberedValue } from './test-values';

/** What `tests/factories.py` holds for one entity; all strings are Python source. */
export interface FactoryView {
  readonly name: string;
  readonly module: string;
  readonly label: string;
  /** Name of the first parameter: `session`, unless the entity has such a member. */
  readonly session: string;
  /** The variables `row` and `unique`, unless the entity has such members. */
  readonly row: string;
  readonly unique: string;
  /** The function `next`, by another name where a member hides it. */
  readonly next: string;
  /** `title: str | None = None` */
  readonly parameters: readonly string[];
  /** Required parents that are made when not given: `category = category or await make_category(session)`. Those of a tenant are made in the same one. */
  readonly parents: readonly string[];
  /** `title=f"title {unique}" if title is None else title` */
  readonly values: readonly string[];
  /** Of a tenant: the parameter of the user who rules it, and the call that makes the membership. */
  readonly ruler?: { readonly parameter: string; readonly call: string };
  /** Whether any value holds `unique`. */
  readonly numbered: boolean;
  /** Undefined where no request makes such a row. */
  readonly body?: FactoryBodyView;
}

export interface FactoryBodyView {
  /** `POST /books` */
  readonly what: string;
  /** Parameter and call argument of who will own the row, where its required parents are owned, too. */
  readonly actor?: { readonly parameter: string };
  /** `workspace: Workspace`, where the row will lie. */
  readonly tenant?: string;
  /** `"title": f"title {unique}"` */
  readonly entries: readonly string[];
  /** Parents are made only when the caller names none. */
  readonly parents: readonly { readonly key: string; readonly value: string }[];
  readonly numbered: boolean;
}

export function factoryView(spec: ServiceSpec, entity: EntitySpec): FactoryView {
  const isTaken = (name: string): boolean => [...entity.fields, ...entity.relations].some((member) => member.name === name);
  const names = {
    session: isTaken('session') ? 'database' : 'session',
    row: isTaken('row') ? 'made' : 'row',
    unique: isTaken('unique') ? 'counted' : 'unique',
    next: isTaken('next') ? 'next_' : 'next',
  };
  const fields = toldApart(entity).map((field) => fieldParameter(spec, field, names.unique));
  const links = manyToMany(entity);
  const extras = generatedMembers(spec, entity);
  const values = [
    ...fields.map(({ value }) => value),
    ...belongsTo(entity).map(parentId),
    ...links.map(({ name }) => `${name}=list(${name})`),
    ...extras.map(({ value }) => value),
    ...(entity.isUser
      ? [`hashed_password=hashed_password or NO_LOGIN`, ...(hasRoles(spec) ? ['role=role'] : []), 'is_active=is_active']
      : []),
  ];
  const body = entitySurface(spec, entity).create ? bodyView(spec, entity) : undefined;
  return {
    name: entity.name,
    module: entity.module,
    label: entity.label,
    ...names,
    parameters: [
      ...(isTenant(spec, entity) ? [`${rulerParameter(entity)}: ${spec.auth?.user ?? ''} | None = None`] : []),
      ...((entity.tenant?.length ?? 0) > 1 ? [`${tenantParameter(spec, entity) ?? ''}: ${tenantEntity(spec).name} | None = None`] : []),
      ...belongsTo(entity).map((relation) => `${relation.name}: ${relation.target} | None = None`),
      ...fields.map(({ parameter }) => parameter),
      ...links.map(({ name, target }) => `${name}: Sequence[${target}] = ()`),
      ...extras.map(({ parameter }) => parameter),
      ...(entity.isUser ? ['hashed_password: str | None = None', ...roleParameter(spec), 'is_active: bool = True'] : []),
    ],
    parents: parentLines(spec, entity),
    ...(isTenant(spec, entity) && { ruler: rulerView(spec, entity, names.row) }),
    values,
    numbered: fields.some(({ isNumbered: numbered }) => numbered),
    ...(body && { body }),
  };
}

/** `project = project or await make_project(session, workspace=workspace)`; the template puts the session in place of `SESSION`. */
function parentLines(spec: ServiceSpec, entity: EntitySpec): readonly string[] {
  const parameter = tenantParameter(spec, entity);
  const ofTenant = tenantParents(spec, entity);
  const isDirect = entity.tenant?.length === 1;
  // Several parents in one tenant: it has to be there before them.
  const first = parameter !== undefined && !isDirect && ofTenant.length > 1 ? [tenantEntity(spec)] : [];
  const tenantRelation = isDirect ? belongsTo(entity).filter(({ name }) => name === parameter) : [];
  const others = belongsTo(entity).filter((relation) => !relation.nullable && !tenantRelation.includes(relation));
  return [
    ...first.map(({ module }) => `${parameter ?? ''} = ${parameter ?? ''} or await make_${module}(SESSION)`),
    ...[...tenantRelation, ...others].map(({ name, target }) => {
      const parent = entityNamed(spec, target);
      const within = parameter === undefined ? '' : tenantArgument(spec, parent, parameter);
      return `${name} = ${name} or await make_${parent.module}(SESSION${within})`;
    }),
  ];
}

function rulerView(spec: ServiceSpec, entity: EntitySpec, row: string): NonNullable<FactoryView['ruler']> {
  const { tenantRelation, userRelation } = spec.tenancy ?? { tenantRelation: '', userRelation: '' };
  const parameter = rulerParameter(entity);
  const given = `${tenantRelation}=${row}, ${userRelation}=${parameter}, role=${rulerRole(spec)}`;
  return { parameter, call: `make_${memberEntity(spec).module}(SESSION, ${given})` };
}

/** Members that the service sets itself, where an example of the spec names them. */
function generatedMembers(spec: ServiceSpec, entity: EntitySpec): readonly { readonly parameter: string; readonly value: string }[] {
  const named = new Set(
    spec.operations.flatMap(({ examples }) =>
      examples.flatMap(({ given }) => given.filter((row) => row.entity === entity.name).flatMap(({ values }) => Object.keys(values))),
    ),
  );
  const times = ['created_at', 'updated_at'].map((name) => ({
    name,
    parameter: `${name}: dt.datetime | None = None`,
    value: `${name}=${name} or utc_now()`,
  }));
  const id = {
    name: 'id',
    parameter: `id: ${idAnnotation(entity)} | None = None`,
    value: entity.id === 'int' ? 'id=id' : `id=id or ${entity.id === 'uuid7' ? 'uuid7' : 'uuid4'}()`,
  };
  return [id, ...times].filter(({ name }) => named.has(name));
}

function isNumbered(source: string): boolean {
  return /\bunique\b/.test(source);
}

function roleParameter(spec: ServiceSpec): readonly string[] {
  const role = spec.auth?.defaultRole ?? spec.auth?.roles[0];
  return role === undefined ? [] : [`role: Role = ${roleMember(role)}`];
}

function parentId({ name, column, nullable }: BelongsTo): string {
  return nullable ? `${column}=None if ${name} is None else ${name}.id` : `${column}=${name}.id`;
}

/** What values are made with; a column of the same name would hide it from the factory. */
const helpers = ['ascii_lowercase', 'ascii_uppercase', 'b64decode', 'digits', 'fitting', 'next', 'utc_now', 'uuid4'];

/** The helpers that some column is called like: there, `digits_` stands for `digits`. */
export function hiddenHelpers({ entities }: ServiceSpec): readonly string[] {
  return helpers.filter((helper) =>
    entities.some(({ fields, relations }) => [...fields, ...relations].some(({ name }) => name === helper)),
  );
}

function withAliases(source: string, spec: ServiceSpec): string {
  return hiddenHelpers(spec).reduce(
    (text, helper) => text.replaceAll(new RegExp(`\\b${helper}\\b(?=[(.,)\\]])`, 'g'), `${helper}_`),
    source,
  );
}

/** A plain default stands in the signature; one that differs from row to row, or is an object, is made inside. */
function fieldParameter(
  spec: ServiceSpec,
  field: FieldSpec,
  unique: string,
): { readonly parameter: string; readonly value: string; readonly isNumbered: boolean } {
  const { name } = field;
  const annotation = valueAnnotation(field.type);
  if (field.nullable) return { parameter: `${name}: ${annotation} | None = None`, value: `${name}=${name}`, isNumbered: false };
  const value = withAliases(defaultValue(spec, field), spec).replaceAll(/\bunique\b/g, unique);
  if (/^(True|False|-?[\d._]+|[A-Z]\w*\.[A-Z]\w*)$/.test(value))
    return { parameter: `${name}: ${annotation} = ${value}`, value: `${name}=${name}`, isNumbered: false };
  return {
    parameter: `${name}: ${annotation} | None = None`,
    value: `${name}=${value} if ${name} is None else ${name}`,
    isNumbered: new RegExp(`\\b${unique}\\b`).test(value),
  };
}

/** The spec's default where there is one, so that a given row is what the spec's reader expects. */
function defaultValue(spec: ServiceSpec, field: FieldSpec): string {
  const ofColumn = field.unique ? undefined : columnDefault(spec, field);
  if (ofColumn === undefined) return numberedValue(spec, field, 'row');
  if (ofColumn === 'utc_today') return 'utc_now().date()';
  return ofColumn === 'utc_now' || ofColumn === 'dict' ? `${ofColumn}()` : ofColumn;
}

const numberedKinds = new Set<FieldSpec['type']['kind']>([
  'string',
  'int',
  'bigint',
  'float',
  'decimal',
  'date',
  'datetime',
  'uuid',
  'email',
  'url',
]);

/** More rows than the tests of a service make. */
const manyRows = 1000;

/** The fields, of each combination that is unique one that differs from row to row, unless its rows differ in something else. */
export function toldApart(entity: EntitySpec): readonly FieldSpec[] {
  const chosen = new Set<string>();
  for (const columns of entity.uniqueTogether) {
    const fields = entity.fields.filter(({ name }) => columns.includes(name));
    const links = belongsTo(entity).filter(({ column }) => columns.includes(column));
    const isGiven = (name: string): boolean =>
      name === entity.owner?.relation || (entity.tenant?.length === 1 && entity.tenant[0] === name);
    const differ =
      fields.some(
        (field) => field.nullable || field.unique || chosen.has(field.name) || field.type.kind === 'slug' || field.type.kind === 'sequence',
      ) || links.some(({ name }) => !isGiven(name));
    const candidates = fields.filter(({ type }) => numberedKinds.has(type.kind));
    const numbered = candidates.find((field) => countedValues(field) >= manyRows) ?? candidates[0];
    if (!differ && numbered !== undefined) chosen.add(numbered.name);
  }
  return entity.fields.map((field) => (chosen.has(field.name) ? { ...field, unique: true } : field));
}

/** Fields of a request as bodies of tests fill them in. */
function bodyFields(entity: EntitySpec): readonly FieldSpec[] {
  return createFields({ ...entity, fields: toldApart(entity) });
}

/** Fields that `EntityCreate` has. */
export function createFields(entity: EntitySpec): readonly FieldSpec[] {
  return entity.fields.filter(({ readonly, type }) => !readonly && type.kind !== 'slug' && type.kind !== 'sequence');
}

/** Fields that `EntityUpdate` has. */
export function updateFields(entity: EntitySpec): readonly FieldSpec[] {
  return createFields(entity).filter(({ immutable }) => !immutable);
}

/** Parents that a request names by id; the owner is who asks, and rows that are only written nested belong to the row around them. */
export function createParents(spec: ServiceSpec, entity: EntitySpec): readonly BelongsTo[] {
  const around = new Set(
    spec.entities.flatMap((other) =>
      nestedRelations(other)
        .filter(({ target }) => target === entity.name)
        .map(({ via }) => via),
    ),
  );
  return belongsTo(entity).filter(
    ({ name }) => name !== entity.owner?.relation && (entity.access.create !== undefined || !around.has(name)),
  );
}

/** Whether a body names rows that belong to someone, besides the tenant it is made for: they have to be the caller's own. */
export function needsOwner(spec: ServiceSpec, entity: EntitySpec): boolean {
  const isOwned = (target: EntitySpec): boolean =>
    target.owner !== undefined || isOwnRow(spec, entity, target) || (entity.tenant === undefined && hasTenant(spec, target));
  const owned = (source: EntitySpec, { nullable, target: name }: BelongsTo): boolean => {
    const target = entityNamed(spec, name);
    const isGiven = source.tenant !== undefined && isTenant(spec, target);
    return !nullable && !isGiven && isOwned(target);
  };
  const nested = nestedRelations(entity).map(({ target, via }) => ({ inner: entityNamed(spec, target), via }));
  return (
    createParents(spec, entity).some((relation) => owned(entity, relation)) ||
    nested.some(({ inner, via }) => createParents(spec, inner).some((relation) => relation.name !== via && owned(inner, relation)))
  );
}

/** Whether the row that is referred to has to be the caller, since nobody but a role sees other users. */
function isOwnRow(spec: ServiceSpec, entity: EntitySpec, target: EntitySpec): boolean {
  const readers = [...(target.access.read ?? []), ...(target.access.list ?? [])];
  return (
    target.isUser &&
    entity.tenant === undefined &&
    !isMember(spec, entity) &&
    readers.length > 0 &&
    readers.every(({ kind }) => kind === 'self' || kind === 'role') &&
    readers.some(({ kind }) => kind === 'self')
  );
}

/** A row inside the body of another one: without the parent that is around it. */
function nestedBody(spec: ServiceSpec, { target, via }: HasMany): string {
  const inner = entityNamed(spec, target);
  const parents = createParents(spec, inner).filter(({ name, nullable }) => name !== via && !nullable);
  const entries = [
    ...bodyFields(inner).map((field) => `"${field.name}": ${numberedValue(spec, field, 'body')}`),
    ...parents.map((relation) => `"${relation.column}": ${parentIdInBody(spec, inner, relation)}`),
    ...nestedRelations(inner).map((relation) => nestedEntry(spec, relation)),
  ];
  return `{${entries.join(', ')}}`;
}

function nestedEntry(spec: ServiceSpec, relation: HasMany): string {
  const one = nestedBody(spec, relation);
  return `"${relation.name}": ${relation.kind === 'has_one' ? one : `[${one}]`}`;
}

function parentIdInBody(spec: ServiceSpec, entity: EntitySpec, relation: BelongsTo): string {
  return referableId(spec, entity, relation, 'owner');
}

/** The id of a row made for a body of the entity: it is the caller's own, and lies in the tenant of the body. */
export function referableId(
  spec: ServiceSpec,
  entity: EntitySpec,
  relation: Pick<RelationSpec, 'name' | 'target'>,
  caller: string,
): string {
  const target = entityNamed(spec, relation.target);
  const owned = target.owner ? `, ${target.owner.relation}=${caller}` : '';
  const within = entity.tenant === undefined ? ruledBy(spec, target, caller) : tenantArgument(spec, target);
  const made =
    entity.tenant !== undefined && isTenant(spec, target)
      ? `${testRow(target)}.id`
      : isMembersReference(spec, entity, relation)
        ? `(await make_${memberEntity(spec).module}(session${tenantArgument(spec, memberEntity(spec))})).${memberColumns(spec).user}`
        : isOwnRow(spec, entity, target)
          ? `${caller}.id`
          : `(await make_${target.module}(session${owned}${within})).id`;
  return target.id === 'int' ? made : `str(${made})`;
}

/** Rows of a tenant are referred to from outside by those who may read them. */
function ruledBy(spec: ServiceSpec, target: EntitySpec, caller: string): string {
  if (!hasTenant(spec, target)) return '';
  const tenant = tenantEntity(spec);
  const ruled = `${rulerParameter(tenant)}=${caller}`;
  return isTenant(spec, target) ? `, ${ruled}` : tenantArgument(spec, target, `await make_${tenant.module}(session, ${ruled})`);
}

function bodyView(spec: ServiceSpec, entity: EntitySpec): FactoryBodyView {
  const required = createParents(spec, entity).filter(({ nullable }) => !nullable);
  const entries = [
    ...bodyFields(entity).map((field) => `"${field.name}": ${numberedValue(spec, field, 'body')}`),
    ...(entity.isUser ? ['"password": f"a long password {unique}"'] : []),
    ...nestedRelations(entity).map((relation) => nestedEntry(spec, relation)),
    ...manyToMany(entity)
      .filter(({ implicit }) => !implicit)
      .map((relation) => `"${linkIdsName(spec, relation)}": []`),
  ];
  return {
    what: entity.isUser && entity.access.create === undefined ? 'POST /auth/register' : `POST ${entity.path}`,
    ...(needsOwner(spec, entity) && { actor: { parameter: 'owner' } }),
    ...(entity.tenant !== undefined && { tenant: `${testRow(tenantEntity(spec))}: ${tenantEntity(spec).name}` }),
    entries,
    parents: required.map((relation) => ({ key: relation.column, value: parentIdInBody(spec, entity, relation) })),
    numbered: entries.some(isNumbered),
  };
}

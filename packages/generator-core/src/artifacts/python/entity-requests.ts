import type { EntitySpec, FieldSpec, ServiceSpec } from '../../spec/service-spec';
import { annotated, createMember, requestAnnotation, updateMember, type ModelMember } from './request-annotation';
import {
  belongsTo,
  entityNamed,
  entitySurface,
  hasKeysetPages,
  linkIdName,
  linkIdsName,
  manyToMany,
  nestedRelations,
  type BelongsTo,
  type HasMany,
  type ManyToMany,
} from './spec-lookup';
import { constantName } from './python-value';

/** Rows that one request may write or link at most. */
export const mostNestedRows = 100;
const passwordMember: ModelMember = { name: 'password', annotation: 'Password' };

/** Fields of the spec that a create request may hold. */
export function creatableFields(entity: EntitySpec): readonly FieldSpec[] {
  return entity.fields.filter((field) => !field.readonly);
}

/** References that a create request may hold: the owner is set by the service. */
export function creatableReferences(entity: EntitySpec): readonly BelongsTo[] {
  return belongsTo(entity).filter((relation) => relation.name !== entity.owner?.relation);
}

/** n-n relations that requests write: those that the spec names at this end. */
export function writableLinks(entity: EntitySpec): readonly ManyToMany[] {
  return manyToMany(entity).filter((relation) => !relation.implicit);
}

/** Ids in requests: numbers are bounded to what the database counts to. */
export function referenceAnnotation(target: EntitySpec): string {
  return target.id === 'int' ? 'Key' : 'UUID';
}

function referenceMember(spec: ServiceSpec, relation: BelongsTo, default_: string | undefined): ModelMember {
  const annotation = `${referenceAnnotation(entityNamed(spec, relation.target))}${relation.nullable ? ' | None' : ''}`;
  return { name: relation.column, annotation, ...(default_ !== undefined && { default: default_ }) };
}

function linkAnnotation(spec: ServiceSpec, relation: ManyToMany): string {
  return annotated(`list[${referenceAnnotation(entityNamed(spec, relation.target))}]`, [`max_length=${mostNestedRows}`]);
}

export function createMembers(spec: ServiceSpec, entity: EntitySpec): readonly ModelMember[] {
  return [
    ...(entity.isUser ? [...creatableFields(entity).map((field) => createMember(spec, field)), passwordMember] : rowMembers(spec, entity)),
    ...(entity.isUser
      ? [
          ...creatableReferences(entity).map((relation) => referenceMember(spec, relation, relation.nullable ? 'None' : undefined)),
          ...nestedMembers(entity),
        ]
      : []),
    ...writableLinks(entity).map((relation) => ({
      name: linkIdsName(spec, relation),
      annotation: linkAnnotation(spec, relation),
      default: 'Field(default_factory=list)',
    })),
  ];
}

/** Fields, references and nested rows of a row that is made; `parent` is the reference that nesting fills in. */
function rowMembers(spec: ServiceSpec, entity: EntitySpec, parent?: string): readonly ModelMember[] {
  return [
    ...creatableFields(entity).map((field) => createMember(spec, field)),
    ...creatableReferences(entity)
      .filter((relation) => relation.name !== parent)
      .map((relation) => referenceMember(spec, relation, relation.nullable ? 'None' : undefined)),
    ...nestedMembers(entity),
  ];
}

function nestedMembers(entity: EntitySpec): readonly ModelMember[] {
  return nestedRelations(entity).map((relation) =>
    relation.kind === 'has_one'
      ? { name: relation.name, annotation: `${nestedName(relation)} | None`, default: 'None' }
      : { name: relation.name, annotation: annotated(`list[${nestedName(relation)}]`, ['min_length=1', `max_length=${mostNestedRows}`]) },
  );
}

function nestedName(relation: HasMany): string {
  return `${relation.target}In`;
}

/** Request classes of rows that are written together with this one, inner ones first. */
export function nestedClasses(
  spec: ServiceSpec,
  entity: EntitySpec,
): readonly { readonly name: string; readonly members: readonly ModelMember[] }[] {
  return nestedRelations(entity).flatMap((relation) => {
    const target = entityNamed(spec, relation.target);
    return [...nestedClasses(spec, target), { name: nestedName(relation), members: rowMembers(spec, target, relation.via) }];
  });
}

export function updateMembers(spec: ServiceSpec, entity: EntitySpec): readonly ModelMember[] {
  return [
    ...creatableFields(entity)
      .filter((field) => !field.immutable)
      .map((field) => updateMember(spec, field)),
    ...creatableReferences(entity)
      .filter((relation) => !relation.immutable)
      .map((relation) => referenceMember(spec, relation, 'UNSET')),
    ...writableLinks(entity).map((relation) => ({
      name: linkIdsName(spec, relation),
      annotation: linkAnnotation(spec, relation),
      default: 'UNSET',
    })),
  ];
}

/** What PUT sets: all that an update may change; what may be left out has its default. */
export function replaceMembers(spec: ServiceSpec, entity: EntitySpec): readonly ModelMember[] {
  return [
    ...creatableFields(entity)
      .filter((field) => !field.immutable)
      .map((field) => createMember(spec, field)),
    ...creatableReferences(entity)
      .filter((relation) => !relation.immutable)
      .map((relation) => referenceMember(spec, relation, relation.nullable ? 'None' : undefined)),
    ...writableLinks(entity).map((relation) => ({
      name: linkIdsName(spec, relation),
      annotation: linkAnnotation(spec, relation),
      default: 'Field(default_factory=list)',
    })),
  ];
}

/** One way to narrow a list, and the Python condition that does it. */
export interface ListFilter {
  readonly member: ModelMember;
  readonly condition: string;
}

/** Filters of the list route, in spec order, search last. */
export function listFilters(spec: ServiceSpec, entity: EntitySpec): readonly ListFilter[] {
  const filter = (name: string, annotation: string, condition: string): ListFilter => ({
    member: { name, annotation: `${annotation} | None`, default: 'None' },
    condition,
  });
  const searched = entity.fields
    .filter((field) => field.search)
    .map((field) => `${entity.name}.${field.name}.icontains(query.q, autoescape=True)`);
  return [
    ...entity.fields.filter((field) => field.filter).flatMap((field) => fieldFilters(spec, entity, field, filter)),
    ...belongsTo(entity)
      .filter((relation) => relation.filter)
      .map(({ column, target }) =>
        filter(column, referenceAnnotation(entityNamed(spec, target)), `${entity.name}.${column} == query.${column}`),
      ),
    ...manyToMany(entity)
      .filter((relation) => relation.filter)
      .map((relation) => linkFilter(spec, entity, relation, filter)),
    ...(searched.length > 0
      ? [
          filter(
            'q',
            annotated('Text', ['min_length=1', 'max_length=200']),
            searched.length === 1 ? (searched[0] ?? '') : `or_(${searched.join(', ')})`,
          ),
        ]
      : []),
  ];
}

type MakeFilter = (name: string, annotation: string, condition: string) => ListFilter;

/** Limits of values are no limits of questions: only what keeps the database from failing stays. */
function fieldFilters(spec: ServiceSpec, entity: EntitySpec, field: FieldSpec, filter: MakeFilter): readonly ListFilter[] {
  const { min: _min, max: _max, pattern: _pattern, ...plain } = field;
  const annotation = requestAnnotation(
    spec,
    plain.type.kind === 'string' ? { ...plain, type: { kind: 'string', maxLength: plain.type.maxLength } } : plain,
    'query',
  );
  const column = `${entity.name}.${field.name}`;
  const equal = filter(
    field.name,
    annotation,
    field.type.kind === 'bool' ? `${column}.is_(query.${field.name})` : `${column} == query.${field.name}`,
  );
  if (!['int', 'bigint', 'sequence', 'float', 'decimal', 'date', 'datetime', 'time'].includes(field.type.kind)) return [equal];
  return [
    equal,
    filter(`${field.name}_min`, annotation, `${column} >= query.${field.name}_min`),
    filter(`${field.name}_max`, annotation, `${column} <= query.${field.name}_max`),
  ];
}

function linkFilter(spec: ServiceSpec, entity: EntitySpec, relation: ManyToMany, filter: MakeFilter): ListFilter {
  const name = linkIdName(spec, relation);
  const { linkTable, localColumn, remoteColumn } = relation;
  const ids = `select(${linkTable}.c.${localColumn}).where(${linkTable}.c.${remoteColumn} == query.${name})`;
  return filter(name, referenceAnnotation(entityNamed(spec, relation.target)), `${entity.name}.id.in_(${ids})`);
}

/** Members of `BookSort` and what they sort by. */
export interface ListSort {
  readonly member: string;
  readonly value: string;
  readonly expression: string;
}

export function listSorts(entity: EntitySpec): readonly ListSort[] {
  return entity.fields
    .filter((field) => field.sort)
    .flatMap((field) => [
      { member: constantName(field.name), value: field.name, expression: orderExpression(entity, field.name, false) },
      { member: `${constantName(field.name)}_DESC`, value: `-${field.name}`, expression: orderExpression(entity, field.name, true) },
    ]);
}

/**
 * Missing values stand at the end both ways; databases do not agree on it by themselves.
 * Enums sort as they are declared: `none, low, high` is no alphabet.
 */
export function orderExpression(entity: EntitySpec, column: string, descending: boolean): string {
  const isNullable =
    entity.fields.some((field) => field.name === column && field.nullable) ||
    belongsTo(entity).some((relation) => relation.column === column && relation.nullable);
  const field = entity.fields.find(({ name }) => name === column);
  const ranks = field?.type.kind === 'enum' ? field.type.enum : undefined;
  const sorted = `${entity.name}.${column}`;
  if (entity.pagination === 'keyset')
    return `SortKey(${sorted}${descending ? ', descending=True' : ''}${isNullable ? ', nullable=True' : ''}${ranks === undefined ? '' : `, ranks=${ranks}`})`;
  const ranked = ranks === undefined ? sorted : `ranked(${sorted}, ${ranks})`;
  return `${ranked}.${descending ? 'desc' : 'asc'}()${isNullable ? '.nulls_last()' : ''}`;
}

export function queryMembers(spec: ServiceSpec, entity: EntitySpec): readonly ModelMember[] {
  const sorts = listSorts(entity);
  return [
    { name: 'limit', annotation: annotated('int', ['ge=1', `le=${entity.maxPage}`]), default: String(entity.page) },
    entity.pagination === 'keyset'
      ? { name: 'cursor', annotation: `${annotated('str', ['max_length=8000', 'pattern=r"^[A-Za-z0-9_-]+$"'])} | None`, default: 'None' }
      : { name: 'offset', annotation: annotated('int', ['ge=0', 'le=2**31 - 1']), default: '0' },
    ...(sorts.length > 0
      ? [
          {
            name: 'sort',
            annotation: annotated(`list[${entity.name}Sort]`, [`max_length=${sorts.length}`]),
            default: 'Field(default_factory=list)',
          },
        ]
      : []),
    ...listFilters(spec, entity).map(({ member }) => member),
  ];
}

/** Members of `BookCursor`: every column that a page may be sorted by, as far as one of these values can be told to be none. */
export function cursorMembers(spec: ServiceSpec, entity: EntitySpec): readonly ModelMember[] {
  const columns = new Set([
    ...entity.fields.filter(({ sort }) => sort).map(({ name }) => name),
    ...entity.order.map(({ column }) => column),
  ]);
  columns.delete('id');
  return [
    ...[...columns].map((name) => ({ name, annotation: `${cursorAnnotation(spec, entity, name)} | None`, default: 'None' })),
    { name: 'id', annotation: referenceAnnotation(entity) },
  ];
}

/** What was stored once is good; only what no database takes is refused. */
function cursorAnnotation(spec: ServiceSpec, entity: EntitySpec, column: string): string {
  const field = entity.fields.find(({ name }) => name === column);
  const relation = belongsTo(entity).find((candidate) => candidate.column === column);
  if (relation !== undefined) return referenceAnnotation(entityNamed(spec, relation.target));
  if (field === undefined) return 'UtcDatetime';
  // A small one would be written with an exponent, which requests may not have.
  if (field.type.kind === 'decimal' && field.type.scale > 6)
    return annotated('PlainDecimal', [`max_digits=${field.type.precision}`, `decimal_places=${field.type.scale}`]);
  const isText = ['string', 'text', 'email', 'url', 'slug'].includes(field.type.kind);
  const { min: _min, max: _max, pattern: _pattern, ...plain } = field;
  return isText ? 'Text' : requestAnnotation(spec, plain, 'body');
}

/** All request members of the service's entities, for what depends on which types requests have. */
export function allRequestMembers(spec: ServiceSpec): readonly ModelMember[] {
  return spec.entities.flatMap((entity) => {
    const surface = entitySurface(spec, entity);
    return [
      ...(surface.create ? [...createMembers(spec, entity), ...nestedClasses(spec, entity).flatMap(({ members }) => members)] : []),
      ...(surface.update ? updateMembers(spec, entity) : []),
      ...(surface.replace ? replaceMembers(spec, entity) : []),
      ...(surface.list ? queryMembers(spec, entity) : []),
      ...(hasKeysetPages(spec, entity) ? cursorMembers(spec, entity) : []),
    ];
  });
}

import type { AccessRule, EntitySpec, RelationSpec, ServiceSpec, Shape } from '../../spec/service-spec';

export type BelongsTo = Extract<RelationSpec, { kind: 'belongs_to' }>;
export type HasMany = Extract<RelationSpec, { kind: 'has_many' | 'has_one' }>;
export type ManyToMany = Extract<RelationSpec, { kind: 'many_to_many' }>;

/** The reader has resolved every name, so a missing one is our own fault. */
export function entityNamed(spec: ServiceSpec, name: string): EntitySpec {
  return found(
    spec.entities.find((entity) => entity.name === name),
    name,
  );
}

export function relationNamed(entity: EntitySpec, name: string): RelationSpec {
  return found(
    entity.relations.find((relation) => relation.name === name),
    `${entity.name}.${name}`,
  );
}

function found<Thing>(thing: Thing | undefined, name: string): Thing {
  if (thing === undefined) throw new Error(`The spec has no ${name}. This is a fault of @org/generator-core; please report it.`);
  return thing;
}

export function belongsTo(entity: EntitySpec): readonly BelongsTo[] {
  return entity.relations.filter((relation) => relation.kind === 'belongs_to');
}

export function hasMany(entity: EntitySpec): readonly HasMany[] {
  return entity.relations.filter((relation): relation is HasMany => relation.kind === 'has_many' || relation.kind === 'has_one');
}

export function manyToMany(entity: EntitySpec): readonly ManyToMany[] {
  return entity.relations.filter((relation) => relation.kind === 'many_to_many');
}

/** Relations whose rows are written together with this one. */
export function nestedRelations(entity: EntitySpec): readonly HasMany[] {
  return hasMany(entity).filter((relation) => relation.nested);
}

/** `UUID` or `int` */
export function idAnnotation(entity: EntitySpec): 'UUID' | 'int' {
  return entity.id === 'int' ? 'int' : 'UUID';
}

/** Member of requests that holds the ids of an n-n relation: `books` → `book_ids`, `blocked_by` → `blocked_by_ids`. */
export function linkIdsName(spec: ServiceSpec, relation: ManyToMany): string {
  return `${singular(spec, relation)}_ids`;
}

/** Filter of lists by one row of an n-n relation: `labels` → `label_id`. */
export function linkIdName(spec: ServiceSpec, relation: ManyToMany): string {
  return `${singular(spec, relation)}_id`;
}

function singular(spec: ServiceSpec, relation: ManyToMany): string {
  const target = entityNamed(spec, relation.target);
  if (relation.name === target.plural) return target.module;
  return relation.name.endsWith('s') ? relation.name.slice(0, -1) : relation.name;
}

/** What of an entity the service offers; a part that nobody uses is not generated. */
export interface EntitySurface {
  /** `app/repositories/{entity}.py` and `app/schemas/{entity}.py` exist. */
  readonly exists: boolean;
  readonly list: boolean;
  /** `get` of the repository: a route reads, changes or deletes a row, or an operation speaks of it. */
  readonly get: boolean;
  readonly create: boolean;
  /** PATCH, or PUT, which is an update of everything. */
  readonly update: boolean;
  readonly replace: boolean;
  readonly delete: boolean;
  /** `reload` of the repository: after a write, or for the answer of an operation. */
  readonly reload: boolean;
  /** `reload_all` of the repository: an operation answers with many rows. */
  readonly reloadAll: boolean;
}

export function entitySurface(spec: ServiceSpec, entity: EntitySpec): EntitySurface {
  const { access } = entity;
  const inOperations = spec.operations.some(
    (operation) =>
      operation.subject?.entity === entity.name || operation.pathParameters.some((parameter) => parameter.entity === entity.name),
  );
  const places = spec.operations.flatMap((operation) => entityPlaces(operation.output, entity.name));
  const create = access.create !== undefined || (entity.isUser && spec.auth?.register === true);
  const replace = access.replace !== undefined;
  const update = changeRule(entity) !== undefined;
  return {
    exists: Object.keys(access).length > 0 || entity.isUser || inOperations || places.length > 0,
    list: access.list !== undefined,
    get: access.read !== undefined || update || inOperations || asksBeforeDelete(spec, entity),
    create,
    update,
    replace,
    delete: access.delete !== undefined,
    // GET /auth/me shows the caller's row, which was loaded without what reads embed.
    reload: create || update || places.includes('one') || (entity.isUser && entity.embed.length + entity.computed.length > 0),
    reloadAll: places.includes('many'),
  };
}

/** Who may change rows, by PATCH and by PUT alike; undefined where neither has a route. */
export function changeRule({ access }: EntitySpec): AccessRule | undefined {
  return access.update ?? access.replace;
}

/** Whether a row is loaded before it is deleted: a tenant may not be left without those who rule it. */
function asksBeforeDelete({ tenancy }: ServiceSpec, { name, isUser, access }: EntitySpec): boolean {
  return access.delete !== undefined && tenancy !== undefined && (isUser || name === tenancy.member);
}

/** Whether the list route has pages that begin behind a cursor. */
export function hasKeysetPages(spec: ServiceSpec, entity: EntitySpec): boolean {
  return entity.pagination === 'keyset' && entitySurface(spec, entity).list;
}

/** Whether an operation answers with a single row of the entity. */
export function isAnswered(spec: ServiceSpec, entity: EntitySpec): boolean {
  return spec.operations.some((operation) => entityPlaces(operation.output, entity.name).includes('one'));
}

/** Where rows of the entity stand in the output of an operation: alone, or in a list. */
function entityPlaces(shape: Shape, entity: string, place: 'one' | 'many' = 'one'): readonly ('one' | 'many')[] {
  if (shape.kind === 'entity') return shape.entity === entity ? [place] : [];
  if (shape.kind === 'list') return entityPlaces(shape.of, entity, 'many');
  return shape.kind === 'object' ? shape.fields.flatMap((field) => entityPlaces(field.shape, entity, place)) : [];
}

export const paths = {
  config: 'app/core/config.py',
  database: 'app/core/database.py',
  errors: 'app/core/errors.py',
  versions: 'app/core/versions.py',
  viewer: 'app/core/viewer.py',
  security: 'app/core/security.py',
  enums: 'app/models/enums.py',
  links: 'app/models/_links.py',
  models: 'app/models/__init__.py',
  refreshToken: 'app/models/refresh_token.py',
  schemaBase: 'app/schemas/_base.py',
  structs: 'app/schemas/_structs.py',
  summaries: 'app/schemas/_summaries.py',
  repositoryBase: 'app/repositories/base.py',
  tenancy: 'app/repositories/tenancy.py',
  keyset: 'app/repositories/keyset.py',
  model: (entity: Pick<EntitySpec, 'module'>): string => `app/models/${entity.module}.py`,
  schema: (entity: EntitySpec): string => `app/schemas/${entity.module}.py`,
  repository: (entity: EntitySpec): string => `app/repositories/${entity.module}.py`,
} as const;

/** Whether `app/core/versions.py` exists. */
export function isVersioned(spec: ServiceSpec): boolean {
  return spec.entities.some(({ version }) => version);
}

export function hasSoftDelete(spec: ServiceSpec): boolean {
  return spec.entities.some(({ softDelete }) => softDelete);
}

export function hasRoles(spec: ServiceSpec): boolean {
  return (spec.auth?.roles.length ?? 0) > 0;
}

/** Whether `app/models/enums.py` exists. */
export function hasEnums(spec: ServiceSpec): boolean {
  return spec.enums.length > 0 || hasRoles(spec);
}

/** Whether `app/models/_links.py` exists. */
export function hasLinks(spec: ServiceSpec): boolean {
  return spec.entities.some((entity) => manyToMany(entity).length > 0);
}

export function usesFieldKind(spec: ServiceSpec, kind: string): boolean {
  return spec.entities.some((entity) => entity.fields.some((field) => field.type.kind === kind));
}

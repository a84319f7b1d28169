import type { EntitySpec, ServiceSpec, Verb } from '../../spec/service-spec';
import { belongsTo, manyToMany } from '../python/spec-lookup';
import { refersByViewer } from '../python/referable-rows';
import { tenantStatuses } from '../python/tenant-writes';
import { accessStatuses, guardOf, routeAccess, viewerAlias, type RouteAccess } from './access-view';
import { changesLogin } from './changes-login';
import { dependsOnViewer } from './entity-reads';
import { bodyStatuses, responsesOf } from './responses';

export interface EntityRouteView {
  /** Type alias of the repository that the route asks for. */
  readonly repository: string;
  /** Type of the parameter `viewer`; undefined where the answer is the same for all. */
  readonly viewer?: string;
  /** Whether it may be called only so often from one address. */
  readonly isLimited?: boolean;
  /** What the route depends on besides its parameters: a limit, a role; undefined where there is nothing. */
  readonly dependencies?: string;
  readonly optionalToken: boolean;
  /** The `openapi_extra=` argument. */
  readonly openapiExtra?: string;
  /** The `responses=` argument. */
  readonly responses: string;
}

/** A dependency of the router that makes a repository. */
export interface RepositoryDependency {
  readonly function: string;
  readonly alias: string;
  readonly viewer?: string;
}

export function entityRouteView({
  spec,
  entity,
  verb,
}: {
  readonly spec: ServiceSpec;
  readonly entity: EntitySpec;
  readonly verb: Verb;
}): EntityRouteView | undefined {
  const access = entityRouteAccess({ spec, entity, verb });
  if (access === undefined) return undefined;
  const isLimited = (verb === 'update' || verb === 'replace') && changesLogin(spec, entity);
  const dependencies = [isLimited ? 'Depends(limit_by_address)' : undefined, guardOf(access)].filter((each) => each !== undefined);
  const viewer = verb !== 'delete' && dependsOnViewer(spec, entity) ? viewerAlias(access) : undefined;
  return {
    repository: repositoryDependency(entity, access).alias,
    ...(viewer !== undefined && { viewer }),
    ...(isLimited && { isLimited }),
    ...(dependencies.length > 0 && { dependencies: dependencies.join(', ') }),
    optionalToken: access.kind === 'optional',
    ...openapiExtra([
      ...(access.kind === 'optional' ? ['OPTIONAL_TOKEN'] : []),
      ...(entity.version && verb === 'read' ? ['CONDITIONAL_READ'] : []),
      ...(entity.version && isChange(verb) ? ['IF_MATCH'] : []),
    ]),
    responses: responsesOf({
      statuses: [
        ...accessStatuses(access),
        ...verbStatuses({ spec, entity, verb }),
        ...tenantStatuses(spec, entity, verb),
        ...(isLimited ? [429] : []),
      ],
      created: verb === 'create' && hasLocation(entity),
      tagged: entity.version && (verb === 'read' || verb === 'update' || verb === 'replace'),
      conditional: entity.version && verb === 'read',
    }),
  };
}

/** Whether the verb changes a row that is there. */
function isChange(verb: Verb): boolean {
  return verb === 'update' || verb === 'replace' || verb === 'delete';
}

/** The names of what a route adds to the document, as one expression. */
export function openapiExtra(names: readonly string[]): { readonly openapiExtra?: string } {
  return names.length === 0 ? {} : { openapiExtra: names.join(' | ') };
}

export function entityRouteAccess({
  spec,
  entity,
  verb,
}: {
  readonly spec: ServiceSpec;
  readonly entity: EntitySpec;
  readonly verb: Verb;
}): RouteAccess | undefined {
  const rule = entity.access[verb];
  if (rule === undefined) return undefined;
  const access = routeAccess({ spec, rule, needsViewer: dependsOnViewer(spec, entity) || refersByViewer(spec, entity) });
  // A row that has an owner cannot be made by nobody.
  const needsOwner = verb === 'create' && entity.owner !== undefined && (access.kind === 'open' || access.kind === 'optional');
  return needsOwner && spec.auth !== undefined ? { kind: 'signed-in' } : access;
}

/** A create answers with `Location` where the new row can be read. */
export function hasLocation(entity: EntitySpec): boolean {
  return entity.access.read !== undefined;
}

/** Whether some route answers 201 with `Location`. */
export function usesCreated(spec: ServiceSpec): boolean {
  return spec.auth?.register === true || spec.entities.some((entity) => entity.access.create !== undefined && hasLocation(entity));
}

/** The dependencies that the routes of an entity use: at most one for known callers and one for all. */
export function repositoryDependencies(spec: ServiceSpec, entity: EntitySpec): readonly RepositoryDependency[] {
  const verbs: readonly Verb[] = ['list', 'create', 'read', 'update', 'replace', 'delete'];
  const dependencies = verbs.flatMap((verb) => {
    const access = entityRouteAccess({ spec, entity, verb });
    return access === undefined ? [] : [repositoryDependency(entity, access)];
  });
  return [...new Map(dependencies.map((dependency) => [dependency.alias, dependency])).values()];
}

function repositoryDependency(entity: EntitySpec, access: RouteAccess): RepositoryDependency {
  const viewer = viewerAlias(access);
  // Beside one for known callers, the one for all is named so.
  const isPublic = viewer !== 'CurrentViewer' && hasKnownCallers(entity);
  return {
    function: `get_${isPublic ? 'public_' : ''}${entity.module}_repository`,
    alias: `${isPublic ? 'Public' : ''}${entity.name}RepositoryDep`,
    ...(viewer !== undefined && { viewer }),
  };
}

/** Whether some route of the entity asks who calls; without auth every rule is public. */
function hasKnownCallers(entity: EntitySpec): boolean {
  return Object.values(entity.access).some((rule) => rule.every((word) => word.kind !== 'public'));
}

function verbStatuses({
  spec,
  entity,
  verb,
}: {
  readonly spec: ServiceSpec;
  readonly entity: EntitySpec;
  readonly verb: Verb;
}): readonly number[] {
  const conflict = canConflict(entity) ? [409] : [];
  const stale = entity.version ? [412, 428] : [];
  switch (verb) {
    case 'list':
      return [422];
    case 'read':
      return [404, 422];
    case 'create':
      return [...bodyStatuses, ...conflict, 422];
    case 'update':
    case 'replace':
      return [...bodyStatuses, 404, ...conflict, ...stale, 422];
    case 'delete':
      return [404, ...(isReferred(spec, entity) ? [409] : []), ...stale, 422];
  }
}

/** Whether a write can break a unique constraint or a foreign key; the owner is set from the caller, who exists. Nested rows bring foreign keys of their own. */
function canConflict(entity: EntitySpec): boolean {
  return (
    entity.fields.some((field) => field.unique) ||
    entity.uniqueTogether.length > 0 ||
    belongsTo(entity).some((relation) => relation.name !== entity.owner?.relation || relation.unique) ||
    manyToMany(entity).length > 0 ||
    entity.relations.some((relation) => (relation.kind === 'has_many' || relation.kind === 'has_one') && relation.nested)
  );
}

/** Whether a row of another entity can keep a row of this one, or one that goes with it, from being deleted. */
function isReferred(spec: ServiceSpec, entity: EntitySpec, seen: ReadonlySet<string> = new Set()): boolean {
  if (seen.has(entity.name)) return false;
  return spec.entities.some((other) =>
    belongsTo(other).some((relation) => {
      if (relation.target !== entity.name || relation.onDelete === 'set_null') return false;
      return relation.onDelete === 'restrict' || isReferred(spec, other, new Set([...seen, entity.name]));
    }),
  );
}

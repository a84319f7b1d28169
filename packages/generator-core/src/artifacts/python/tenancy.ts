import type { AccessRule, EntitySpec, ServiceSpec } from '../../spec/service-spec';
import { enumMember } from './python-value';
import { entityNamed, relationNamed, type BelongsTo } from './spec-lookup';

/*
 * Python source about tenants. Sets of tenants are statements that select their ids: those of a viewer
 * (`workspaces_of(viewer, role)`), or the one of a row (`workspace_of_project(id)`). Which rows lie in them is a condition
 * (`issues_in(...)`). The functions stand in `app/repositories/tenancy.py`, one for each step of the way to the tenant.
 */

/** Whether rows of the entity lie in a tenant, or are tenants. */
export function hasTenant(spec: ServiceSpec, entity: EntitySpec): boolean {
  return entity.tenant !== undefined || isTenant(spec, entity);
}

export function isTenant({ tenancy }: ServiceSpec, entity: EntitySpec): boolean {
  return entity.name === tenancy?.entity;
}

/** Whether rows of the entity say which user is in which tenant. */
export function isMember({ tenancy }: ServiceSpec, entity: EntitySpec): boolean {
  return entity.name === tenancy?.member;
}

export function tenantEntity(spec: ServiceSpec): EntitySpec {
  return entityNamed(spec, spec.tenancy?.entity ?? '');
}

export function memberEntity(spec: ServiceSpec): EntitySpec {
  return entityNamed(spec, spec.tenancy?.member ?? '');
}

/** `MemberRole.OWNER` */
export function tenantRoleMember(spec: ServiceSpec, role: string): string {
  return enumMember(spec, spec.tenancy?.roleEnum ?? '', role);
}

/** Columns of the member entity: `workspace_id`, `user_id`. */
export function memberColumns(spec: ServiceSpec): { readonly tenant: string; readonly user: string } {
  const column = (name: string | undefined): string => (relationNamed(memberEntity(spec), name ?? '') as BelongsTo).column;
  return { tenant: column(spec.tenancy?.tenantRelation), user: column(spec.tenancy?.userRelation) };
}

/** Rank of the least role of the tenancy that a rule lets in; undefined where it lets nobody in for being a member. */
export function leastTenantRole({ tenancy }: ServiceSpec, entity: EntitySpec, rule: AccessRule): string | undefined {
  const roles = tenancy?.roles ?? [];
  const ranks = rule.flatMap((word) => {
    if (word.kind === 'user' && entity.tenant !== undefined) return [0];
    return word.kind === 'tenant' ? [roles.indexOf(word.role)] : [];
  });
  return ranks.length === 0 ? undefined : roles[Math.min(...ranks)];
}

/** Whether the rule keeps some members of the row's tenant out, who then get 403 and not 404. */
export function refusesMembers(spec: ServiceSpec, entity: EntitySpec, rule: AccessRule | undefined): boolean {
  if (rule === undefined || !hasTenant(spec, entity)) return false;
  if (rule.every(({ kind }) => kind === 'role') || rule.some(({ kind }) => kind === 'public' || kind === 'user')) return false;
  return leastTenantRole(spec, entity, rule) !== spec.tenancy?.roles[0];
}

/** `workspaces_of(viewer, MemberRole.GUEST)` */
export function tenantsOf(spec: ServiceSpec, viewer: string, role: string): string {
  return `${tenantEntity(spec).plural}_of(${viewer}, ${tenantRoleMember(spec, role)})`;
}

/** The rows that lie in these tenants: `issues_in(tenant)`. Of users, those who are members there. */
export function rowsIn(spec: ServiceSpec, entity: EntitySpec, tenants: string): string {
  return isTenant(spec, entity) ? `${entity.name}.id.in_(${tenants})` : `${entity.plural}_in(${tenants})`;
}

/** The tenant of a row with these values: `workspace_of_project(data.project_id)`. */
export function tenantOfRow(spec: ServiceSpec, entity: EntitySpec, values: string): string {
  const tenant = tenantEntity(spec);
  if (isTenant(spec, entity)) return `select(${tenant.name}.id).where(${tenant.name}.id == ${values}.id)`;
  const { column, target } = tenantStep(entity);
  if (entity.tenant?.length === 1) return `select(${tenant.name}.id).where(${tenant.name}.id == ${values}.${column})`;
  return `${tenant.module}_of_${entityNamed(spec, target).module}(${values}.${column})`;
}

/** The first step from a row to its tenant. */
export function tenantStep(entity: EntitySpec): BelongsTo {
  return relationNamed(entity, entity.tenant?.[0] ?? '') as BelongsTo;
}

/** Roles of the tenancy from the least one on, as members of the enum. */
export function tenantRoles(spec: ServiceSpec): readonly string[] {
  return (spec.tenancy?.roles ?? []).map((role) => tenantRoleMember(spec, role));
}

/** Whether a condition speaks of the tenant of the row that is written, which its function calls `tenant`. */
export function namesTenant(condition: string | undefined): boolean {
  return condition !== undefined && /\btenant\b/.test(condition);
}

/** Every function that `app/repositories/tenancy.py` may have. */
export function tenancyNames(spec: ServiceSpec): readonly string[] {
  if (spec.tenancy === undefined) return [];
  const { module, plural } = tenantEntity(spec);
  return [
    `${plural}_of`,
    'require_role_in',
    `lock_${plural}`,
    'role_of',
    ...(spec.tenancy.creator === undefined ? [] : [`require_another_${spec.tenancy.creator}`]),
    ...spec.entities.flatMap((entity) => [`${module}_of_${entity.module}`, `${entity.plural}_in`]),
  ];
}

import type { EntitySpec, ServiceSpec } from '../../spec/service-spec';
import { belongsTo, entityNamed, type BelongsTo } from '../python/spec-lookup';
import { testRow } from './test-row';
import { hasTenant, isMember, isTenant, tenantEntity, tenantRoleMember, tenantStep } from '../python/tenancy';

/** Parameter of a factory that says in which tenant the row lies: the relation itself, or one that the parents are made with. */
export function tenantParameter(spec: ServiceSpec, entity: EntitySpec): string | undefined {
  if (entity.tenant === undefined) return undefined;
  return entity.tenant.length === 1 ? tenantStep(entity).name : free(entity, tenantEntity(spec).module);
}

/** Parameter of a tenant's factory: the user who rules it. */
export function rulerParameter(entity: EntitySpec): string {
  return free(entity, 'ruler');
}

function free(entity: EntitySpec, name: string): string {
  const isTaken = [...entity.fields, ...entity.relations].some((member) => member.name === name);
  return isTaken ? `${name}_around` : name;
}

/** The role of the tenancy that may most; it need not be that of a creator. */
export function rulerRole(spec: ServiceSpec): string {
  return tenantRoleMember(spec, spec.tenancy?.roles.at(-1) ?? '');
}

/** `, workspace=workspace`: the argument that puts a row into the tenant of this variable; empty for rows outside of tenants. */
export function tenantArgument(spec: ServiceSpec, entity: EntitySpec, variable = tenantVariable(spec)): string {
  const parameter = tenantParameter(spec, entity);
  return parameter === undefined || variable === undefined ? '' : `, ${parameter}=${variable}`;
}

/** Name of a test's fixture that is a tenant: `workspace`. */
export function tenantVariable(spec: ServiceSpec): string | undefined {
  return spec.tenancy === undefined ? undefined : testRow(tenantEntity(spec));
}

/** Arguments that make a row in which this user may do everything: within a tenant of theirs, or as its ruler. */
export function ruledArgument(spec: ServiceSpec, entity: EntitySpec, user: string): string {
  if (isTenant(spec, entity)) return `, ${rulerParameter(entity)}=${user}`;
  return tenantArgument(spec, entity);
}

/** Argument of a body that is made for a tenant. */
export function bodyTenantArgument(spec: ServiceSpec, entity: EntitySpec, variable = tenantVariable(spec)): string {
  return entity.tenant === undefined ? '' : `, ${tenantVariable(spec) ?? ''}=${variable ?? ''}`;
}

/** Required parents that lie in a tenant, and so have to lie in the same one. */
export function tenantParents(spec: ServiceSpec, entity: EntitySpec): readonly BelongsTo[] {
  return belongsTo(entity).filter(({ nullable, target }) => !nullable && hasTenant(spec, entityNamed(spec, target)));
}

/** Whether the parent of a body has to be a member of the tenant. */
export function isMembersReference(spec: ServiceSpec, entity: EntitySpec, { target, name }: Pick<BelongsTo, 'target' | 'name'>): boolean {
  if (entity.tenant === undefined || !entityNamed(spec, target).isUser) return false;
  return !(isMember(spec, entity) && name === spec.tenancy?.userRelation);
}

/**
 * Argument of a row that stands beside one of the entity: in the same tenant, if that lies in one. `ruler` rules it where it is a tenant
 * itself, `tenant` is the variable of the tenant where that is not the test's fixture.
 */
export function besideArgument(
  spec: ServiceSpec,
  entity: EntitySpec,
  other: EntitySpec,
  { ruler, tenant }: { readonly ruler?: string; readonly tenant?: string | undefined } = {},
): string {
  if (entity.tenant === undefined) return '';
  return ruler === undefined ? tenantArgument(spec, other, tenant) : ruledArgument(spec, other, ruler);
}

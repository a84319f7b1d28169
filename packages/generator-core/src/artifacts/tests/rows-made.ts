import type { AccessRule, EntitySpec, ServiceSpec } from '../../spec/service-spec';
import { belongsTo, entityNamed } from '../python/spec-lookup';
import { isMember, isTenant, memberEntity, tenantEntity } from '../python/tenancy';
import { isPermitted, type Viewer } from './viewers';

/** How many rows of `counted` the factory of an entity makes: the row itself, and the parents that it cannot be without. */
export function rowsMade(spec: ServiceSpec, entity: EntitySpec, counted: EntitySpec, around: RowsAround = {}): number {
  const { given = [], isPlaced = false } = around;
  const isInTenant = entity.tenant !== undefined;
  const parents = belongsTo(entity)
    .filter(({ nullable, name }) => !nullable && !given.includes(name))
    .map(({ target }) => entityNamed(spec, target))
    // Made once for the row and all of its parents.
    .filter((parent) => !(isInTenant && isTenant(spec, parent)));
  return [
    entity.name === counted.name ? 1 : 0,
    isInTenant && !isPlaced ? rowsMade(spec, tenantEntity(spec), counted) : 0,
    ...parents.map((parent) => rowsMade(spec, parent, counted, { isPlaced: isInTenant })),
  ].reduce((sum, rows) => sum + rows, 0);
}

interface RowsAround {
  /** Relations whose rows are there already. */
  readonly given?: readonly string[];
  /** Whether the tenant that the row lies in is there already. */
  readonly isPlaced?: boolean;
}

/** Rows in the list of who asks before a test makes any: they come with the actor, and with the tenant that the actor rules. */
export function rowsBefore(spec: ServiceSpec, entity: EntitySpec, rule: AccessRule): number {
  if (spec.auth === undefined) return 0;
  const user = entityNamed(spec, spec.auth.user);
  const role = spec.auth.roles.at(-1);
  const actor: Viewer = { kind: entity.isUser || isMember(spec, entity) ? 'owner' : 'stranger', ...(role !== undefined && { role }) };
  const withActor = isPermitted(spec, rule, actor, entity) ? rowsMade(spec, user, entity) : 0;
  if (spec.tenancy === undefined || entity.tenant === undefined) return withActor;
  const { tenantRelation, userRelation, roles } = spec.tenancy;
  const highest = roles.at(-1);
  const ruler: Viewer = { ...actor, ...(highest !== undefined && { tenantRole: highest }) };
  const tenant = tenantEntity(spec);
  const withTenant =
    rowsMade(spec, tenant, entity, { given: tenant.owner ? [tenant.owner.relation] : [] }) +
    rowsMade(spec, memberEntity(spec), entity, { given: [tenantRelation, userRelation], isPlaced: true });
  return withActor + (isPermitted(spec, rule, ruler, entity) ? withTenant : 0);
}

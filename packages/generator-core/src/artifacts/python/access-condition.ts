import type { AccessRule, EntitySpec, ServiceSpec } from '../../spec/service-spec';
import { roleMember } from './python-value';
import { leastTenantRole, hasTenant, rowsIn, tenantsOf } from './tenancy';

/** Who may use which rows, told apart for Python: all rows for everybody, all rows on a condition, the viewer's own rows. */
export interface AccessCondition {
  readonly everyone: boolean;
  /** Python condition on `viewer` under which all rows count: `viewer.has_role(Role.STAFF)`. */
  readonly allRows?: string;
  /** Column that names whose row it is: `customer_id`, `id` of the user entity. */
  readonly ownColumn?: string;
  /** Condition for the rows of the viewer's tenants, own ones among them, in place of `ownColumn`: `issues_in(...)`. */
  readonly tenantRows?: string;
}

export function accessCondition(spec: ServiceSpec, entity: EntitySpec, rule: AccessRule, viewer = 'viewer'): AccessCondition {
  const conditions = rule.flatMap((word) => {
    if (word.kind === 'user' && entity.tenant === undefined) return [`${viewer}.user_id is not None`];
    return word.kind === 'role' ? [`${viewer}.has_role(${roleMember(word.role)})`] : [];
  });
  const ownColumn = rule.some((word) => word.kind === 'owner' || word.kind === 'self') ? ownerColumn(entity) : undefined;
  const tenantRows = tenantCondition({ spec, entity, rule, viewer, ownColumn });
  return {
    everyone: rule.some((word) => word.kind === 'public'),
    ...(conditions.length > 0 && { allRows: conditions.join(' or ') }),
    ...(tenantRows === undefined && ownColumn !== undefined && { ownColumn }),
    ...(tenantRows !== undefined && { tenantRows }),
  };
}

/** Whoever left a tenant has nothing there any more, not even what is theirs. */
function tenantCondition({
  spec,
  entity,
  rule,
  viewer,
  ownColumn,
}: {
  readonly spec: ServiceSpec;
  readonly entity: EntitySpec;
  readonly rule: AccessRule;
  readonly viewer: string;
  readonly ownColumn: string | undefined;
}): string | undefined {
  if (!hasTenant(spec, entity)) return undefined;
  const lowest = spec.tenancy?.roles[0] ?? '';
  const within = (role: string): string => rowsIn(spec, entity, tenantsOf(spec, viewer, role));
  const role = leastTenantRole(spec, entity, rule);
  const own = ownColumn === undefined || role === lowest ? undefined : `own_rows(${entity.name}.${ownColumn}, ${viewer})`;
  const parts = [
    ...(own === undefined ? [] : [entity.tenant === undefined ? own : `and_(${own}, ${within(lowest)})`]),
    ...(role === undefined ? [] : [within(role)]),
  ];
  return parts.length > 1 ? `or_(${parts.join(', ')})` : parts[0];
}

export function ownerColumn(entity: EntitySpec): string | undefined {
  return entity.owner?.column ?? (entity.isUser ? 'id' : undefined);
}

import type { AccessRule, EntitySpec, ServiceSpec } from '../../spec/service-spec';
import { hasTenant, isTenant, tenantEntity } from '../python/tenancy';

/** Who asks in a test: nobody, a user to whom the row is foreign, the one whose row it is, or a user of a higher role. */
export type Viewer =
  | { readonly kind: 'anonymous' }
  | ({ readonly kind: 'stranger' } & Standing & { /** Rules another tenant than that of the row. */ readonly elsewhere?: boolean })
  | ({ readonly kind: 'owner' } & Standing);

interface Standing {
  readonly role?: string;
  /** Role within the row's tenant; undefined for who is not in it. */
  readonly tenantRole?: string;
}

/** Word for a viewer in tests: `anonymous`, `stranger`, `owner`, `staff`, `workspace guest`, `other workspace`. */
export function viewerName(spec: ServiceSpec, viewer: Viewer): string {
  if (viewer.kind !== 'stranger') return viewer.kind;
  if (viewer.elsewhere) return outsiderName(spec);
  if (viewer.tenantRole !== undefined) return memberName(spec, viewer.tenantRole);
  return viewer.role === undefined || viewer.role === lowestRole(spec) ? 'stranger' : viewer.role;
}

export function memberName(spec: ServiceSpec, role: string): string {
  return `${tenantEntity(spec).label} ${role}`;
}

export function outsiderName(spec: ServiceSpec): string {
  return `other ${tenantEntity(spec).label}`;
}

function lowestRole(spec: ServiceSpec): string | undefined {
  return spec.auth?.defaultRole ?? spec.auth?.roles[0];
}

/** All that an access rule of the entity can tell apart; without an entity no row is spoken of. */
export function viewersOf(spec: ServiceSpec, entity?: EntitySpec): readonly Viewer[] {
  const role = lowestRole(spec);
  const ofLowestRole = role === undefined ? {} : { role };
  const isInTenant = entity !== undefined && hasTenant(spec, entity);
  const lowestInTenant = spec.tenancy?.roles[0];
  return [
    { kind: 'anonymous' },
    { kind: 'stranger', ...ofLowestRole },
    ...(isInTenant ? [{ kind: 'stranger' as const, ...ofLowestRole, elsewhere: true }] : []),
    ...(entity?.isUser || entity?.owner
      ? [
          {
            kind: 'owner' as const,
            ...ofLowestRole,
            ...(isInTenant && lowestInTenant !== undefined && { tenantRole: lowestInTenant }),
          },
        ]
      : []),
    ...(isInTenant ? (spec.tenancy?.roles ?? []).map((tenantRole) => ({ kind: 'stranger' as const, ...ofLowestRole, tenantRole })) : []),
    ...(spec.auth?.roles ?? []).filter((other) => other !== role).map((other) => ({ kind: 'stranger' as const, role: other })),
  ];
}

/** Whether one of the words lets the viewer at a row of the entity; without an entity no row is spoken of. */
export function isPermitted(spec: ServiceSpec, rule: AccessRule, viewer: Viewer, entity?: EntitySpec): boolean {
  const rank = (roles: readonly string[] | undefined, role: string | undefined): number =>
    role === undefined ? -1 : (roles?.indexOf(role) ?? -1);
  return rule.some((word) => {
    if (word.kind === 'public') return true;
    if (viewer.kind === 'anonymous') return false;
    const isInside = entity?.tenant === undefined || viewer.tenantRole !== undefined;
    if (word.kind === 'user') return isInside;
    if (word.kind === 'role') return rank(spec.auth?.roles, viewer.role) >= rank(spec.auth?.roles, word.role);
    if (word.kind === 'tenant') return rank(spec.tenancy?.roles, viewer.tenantRole) >= rank(spec.tenancy?.roles, word.role);
    return viewer.kind === 'owner' && isInside;
  });
}

/**
 * Answer to a viewer whom the rule keeps out: 401 without a token, 403 where only a role would help,
 * 404 where other rows of the kind are the viewer's.
 */
export function refusalStatus(rule: AccessRule, viewer: Viewer): 401 | 403 | 404 {
  if (viewer.kind === 'anonymous') return 401;
  if (viewer.tenantRole !== undefined) return 403;
  return rule.every(({ kind }) => kind === 'role') ? 403 : 404;
}

/** Answer to who may not create: a parent in a foreign tenant is none at all. */
export function creationRefusal(spec: ServiceSpec, entity: EntitySpec, rule: AccessRule, viewer: Viewer): 401 | 403 | 404 | 409 {
  const status = refusalStatus(rule, viewer);
  return status === 404 && entity.tenant !== undefined ? 409 : isTenant(spec, entity) && status === 404 ? 403 : status;
}

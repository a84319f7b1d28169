import { roleMember } from '../python/python-value';
import type { AccessRule, AccessWord, ServiceSpec } from '../../spec/service-spec';

/** Who a route lets in, as its dependencies say it. Rows are the business of the repository. */
export type RouteAccess =
  /** Nobody is asked who they are. */
  | { readonly kind: 'open' }
  /** With a token or without one; who asks makes a difference to the answer. */
  | { readonly kind: 'optional' }
  | { readonly kind: 'signed-in' }
  /** This role or a later one. */
  | { readonly kind: 'role'; readonly role: string };

export function routeAccess({
  spec,
  rule,
  needsViewer = false,
}: {
  readonly spec: ServiceSpec;
  readonly rule: AccessRule;
  /** Whether an anonymous caller's answer or row differs from that of a known one. */
  readonly needsViewer?: boolean;
}): RouteAccess {
  if (spec.auth === undefined) return { kind: 'open' };
  if (rule.some((word) => word.kind === 'public')) return { kind: needsViewer ? 'optional' : 'open' };
  const ranks = rule.map((word) => (word.kind === 'role' ? (spec.auth?.roles.indexOf(word.role) ?? -1) : -1));
  const lowest = spec.auth.roles[Math.min(...ranks)];
  return lowest === undefined ? { kind: 'signed-in' } : { kind: 'role', role: lowest };
}

/** The type alias of `app/core/security.py` that gives the viewer; undefined where there is none. */
export function viewerAlias(access: RouteAccess): string | undefined {
  if (access.kind === 'open') return undefined;
  return access.kind === 'optional' ? 'OptionalViewer' : 'CurrentViewer';
}

/** The dependency that asks for a role; undefined where none is asked for. */
export function guardOf(access: RouteAccess): string | undefined {
  return access.kind === 'role' ? `Depends(require_role(${roleMember(access.role)}))` : undefined;
}

/** Statuses that come of asking who calls. */
export function accessStatuses(access: RouteAccess): readonly number[] {
  if (access.kind === 'open') return [];
  return access.kind === 'role' ? [401, 403] : [401];
}

/** Whether whoever passes `narrow` passes `wide`, too. `owner` and `self` are compared as words. */
export function isCoveredBy({
  spec,
  narrow,
  wide,
}: {
  readonly spec: ServiceSpec;
  readonly narrow: AccessRule;
  readonly wide: AccessRule;
}): boolean {
  return narrow.every((word) => wide.some((other) => isWordCoveredBy({ spec, word, other })));
}

function isWordCoveredBy({
  spec,
  word,
  other,
}: {
  readonly spec: ServiceSpec;
  readonly word: AccessWord;
  readonly other: AccessWord;
}): boolean {
  if (other.kind === 'public') return true;
  if (word.kind === 'public') return false;
  if (other.kind === 'user') return true;
  if (other.kind === 'tenant') return tenantRank(spec, word) >= tenantRank(spec, other);
  if (word.kind === 'role' && other.kind === 'role') return rank(spec, word.role) >= rank(spec, other.role);
  return word.kind === other.kind;
}

/** A `user` of a row within a tenant is any member. */
function tenantRank(spec: ServiceSpec, word: AccessWord): number {
  if (word.kind === 'user') return 0;
  return word.kind === 'tenant' ? (spec.tenancy?.roles.indexOf(word.role) ?? -1) : -1;
}

function rank(spec: ServiceSpec, role: string): number {
  return spec.auth?.roles.indexOf(role) ?? -1;
}

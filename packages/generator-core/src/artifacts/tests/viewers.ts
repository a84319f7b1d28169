import type { AccessRule, EntitySpec, ServiceSpec } from '../../spec/service-spec';

/** Who asks in a test: nobody, a user to whom the row is foreign, the one whose row it is, or a user of a higher role. */
export type Viewer =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'stranger'; readonly role?: string }
  | { readonly kind: 'owner'; readonly role?: string };

/** Word for a viewer in tests: `anonymous`, `stranger`, `owner`, `staff`. */
export function viewerName(spec: ServiceSpec, viewer: Viewer): string {
  if (viewer.kind !== 'stranger') return viewer.kind;
  return viewer.role === undefined || viewer.role === lowestRole(spec) ? 'stranger' : viewer.role;
}

function lowestRole(spec: ServiceSpec): string | undefined {
  return spec.auth?.defaultRole ?? spec.auth?.roles[0];
}

/** All that an access rule of the entity can tell apart. */
export function viewersOf(spec: ServiceSpec, entity: EntitySpec): readonly Viewer[] {
  const role = lowestRole(spec);
  const ofLowestRole = role === undefined ? {} : { role };
  return [
    { kind: 'anonymous' },
    { kind: 'stranger', ...ofLowestRole },
    ...(entity.isUser || entity.owner ? [{ kind: 'owner' as const, ...ofLowestRole }] : []),
    ...(spec.auth?.roles ?? []).filter((other) => other !== role).map((other) => ({ kind: 'stranger' as const, role: other })),
  ];
}

export function isPermitted(spec: ServiceSpec, rule: AccessRule, viewer: Viewer): boolean {
  const rank = (role: string | undefined): number => (role === undefined ? -1 : (spec.auth?.roles.indexOf(role) ?? -1));
  return rule.some((word) => {
    if (word.kind === 'public') return true;
    if (viewer.kind === 'anonymous') return false;
    if (word.kind === 'user') return true;
    return word.kind === 'role' ? rank(viewer.role) >= rank(word.role) : viewer.kind === 'owner';
  });
}

/**
 * Answer to a viewer whom the rule keeps out: 401 without a token, 403 where only a role would help,
 * 404 where other rows of the kind are the viewer's.
 */
export function refusalStatus(rule: AccessRule, viewer: Viewer): 401 | 403 | 404 {
  if (viewer.kind === 'anonymous') return 401;
  return rule.every(({ kind }) => kind === 'role') ? 403 : 404;
}

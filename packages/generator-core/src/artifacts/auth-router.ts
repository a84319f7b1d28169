import type { ServiceSpec } from '../spec/service-spec';
import type { TemplateView } from './artifact-role';
import { constantName } from './python/python-value';
import { hasRoles, paths } from './python/spec-lookup';
import { entityReads, needsLoading, presentRow } from './web/entity-reads';
import { singleFileRole } from './web/single-file-role';
import { hasAuth, userEntity } from './web/user-view';
import { webPaths } from './web/web-paths';

/** `app/routers/auth.py`: log-in, refresh, log-out, sign-up where the spec opens it, and who am I. */
export const authRouterRole = singleFileRole({
  role: 'auth-router',
  phase: 'routers',
  path: webPaths.authRouter,
  exists: hasAuth,
  provides: () => ['router'],
  needs: (spec) => {
    const user = userEntity(spec);
    return [
      paths.config,
      paths.database,
      paths.errors,
      webPaths.openapi,
      webPaths.rateLimit,
      paths.security,
      ...(hasRoles(spec) ? [paths.enums] : []),
      paths.repository(user),
      paths.schema(user),
      webPaths.authSchema,
      webPaths.authService,
    ];
  },
  view: authRouterView,
});

function authRouterView(spec: ServiceSpec): TemplateView {
  const user = userEntity(spec);
  const role = spec.auth?.defaultRole;
  const path = user.access.read === undefined ? '/auth/me' : `${user.path}/{user.id}`;
  return {
    login: spec.auth?.login,
    register: spec.auth?.register,
    defaultRole: role,
    defaultRoleMember: role === undefined ? undefined : constantName(role),
    user: {
      name: user.name,
      module: user.module,
      read: entityReads(spec, user),
      presented: presentRow({ spec, entity: user, row: 'user', viewer: 'viewer_of(user)' }),
      location: `f"{API_PREFIX}${path}"`,
      reload: needsLoading(user),
    },
  };
}

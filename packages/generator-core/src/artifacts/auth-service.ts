import { paths } from './python/spec-lookup';
import { singleFileRole } from './web/single-file-role';
import { hasAuth, hasEmailLogin, userEntity } from './web/user-view';
import { webPaths } from './web/web-paths';

/** `app/services/auth.py`: log-in, refresh with rotation, log-out. */
export const authServiceRole = singleFileRole({
  role: 'auth-service',
  phase: 'services',
  path: webPaths.authService,
  exists: hasAuth,
  provides: () => ['log_in', 'refresh', 'revoke'],
  needs: (spec) => {
    const user = userEntity(spec);
    return [
      paths.config,
      paths.database,
      paths.errors,
      webPaths.rateLimit,
      paths.security,
      paths.refreshToken,
      paths.model(user),
      paths.repository(user),
      webPaths.authSchema,
      ...(hasEmailLogin(spec) ? [paths.schemaBase] : []),
    ];
  },
  view: (spec) => ({ user: userEntity(spec), hasEmailLogin: hasEmailLogin(spec) }),
});

import { pythonString } from './python/python-text';
import { hasRoles, idAnnotation, paths } from './python/spec-lookup';
import { usesOptionalToken } from './web/optional-token';
import { singleFileRole } from './web/single-file-role';
import { hasAuth, userEntity } from './web/user-view';

/** `app/core/security.py`: passwords, access tokens, and the dependencies that tell who asks. */
export const securityRole = singleFileRole({
  role: 'security',
  phase: 'services',
  path: paths.security,
  exists: hasAuth,
  provides: (spec) => [
    'CurrentUser',
    'CurrentViewer',
    ...(usesOptionalToken(spec) ? ['OptionalViewer'] : []),
    'create_access_token',
    'get_current_user',
    'hash_password',
    ...(hasRoles(spec) ? ['require_role'] : []),
    'verify_password',
    'viewer_of',
  ],
  needs: (spec) => [
    paths.config,
    paths.database,
    paths.errors,
    paths.viewer,
    ...(hasRoles(spec) ? [paths.enums] : []),
    paths.model(userEntity(spec)),
  ],
  view: (spec) => {
    const user = userEntity(spec);
    return {
      service: pythonString(spec.service),
      user: { name: user.name, module: user.module, idType: idAnnotation(user) },
      roles: hasRoles(spec),
      optionalViewer: usesOptionalToken(spec),
    };
  },
});

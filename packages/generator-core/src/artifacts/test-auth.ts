import type { ServiceSpec } from '../spec/service-spec';
import { hasRoles, paths } from './python/spec-lookup';
import { missingIdOf } from './tests/missing-id-of';
import { needsOwner } from './tests/factory-view';
import { testNeeds } from './tests/test-paths';
import { singleFileRole } from './web/single-file-role';
import { hasAuth, hasEmailLogin, userEntity } from './web/user-view';
import { webPaths } from './web/web-paths';

/** `tests/test_auth.py`: sign-up, log-in, refresh, log-out and forged tokens. */
export const testAuthRole = singleFileRole({
  role: 'test-auth',
  phase: 'tests',
  path: 'tests/test_auth.py',
  exists: hasAuth,
  needs: (spec) => [...testNeeds(spec), paths.refreshToken, webPaths.authService],
  view: (spec) => {
    const user = userEntity(spec);
    const login = user.fields.find(({ name }) => name === spec.auth?.login);
    return {
      user,
      login: spec.auth?.login,
      bodyArguments: needsOwner(spec, user) ? `, owner=await make_${user.module}(session)` : '',
      hasEmailLogin: hasEmailLogin(spec),
      register: spec.auth?.register,
      roles: hasRoles(spec) ? spec.auth?.roles : undefined,
      newRole: spec.auth?.defaultRole,
      userId: user.id === 'int' ? 'user.id' : 'str(user.id)',
      missingId: missingIdOf(user).replace(/["_]/g, ''),
      hashWord: mentionsHashes(spec) ? 'hashed_password' : 'hash',
      hasEmail: login?.type.kind === 'email',
      unknownLogin: login?.type.kind === 'email' ? 'nobody@example.com' : 'nobody',
    };
  },
});

/** Whether answers may have the word for what is no secret. */
function mentionsHashes({ entities, enums, structs }: ServiceSpec): boolean {
  const members = entities.flatMap(({ fields, relations, computed }) => [fields, relations, computed]);
  return JSON.stringify([members, enums, structs]).includes('hash');
}

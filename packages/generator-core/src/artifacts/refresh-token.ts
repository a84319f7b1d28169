import { keyType } from './python/column-type';
import { entityNamed, idAnnotation, paths } from './python/spec-lookup';
import { singleFileRole } from './web/single-file-role';

/** `app/models/refresh_token.py` */
export const refreshTokenRole = singleFileRole({
  role: 'refresh-token',
  phase: 'models',
  path: paths.refreshToken,
  exists: (spec) => spec.auth !== undefined,
  provides: () => ['RefreshToken'],
  needs: () => [paths.database],
  view: (spec) => {
    const user = entityNamed(spec, spec.auth?.user ?? '');
    return { user_id: idAnnotation(user), user_key: keyType(user), user_table: user.table };
  },
});

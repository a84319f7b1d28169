import { paths } from './python/spec-lookup';
import { singleFileRole } from './web/single-file-role';
import { hasAuth } from './web/user-view';
import { webPaths } from './web/web-paths';

/** `app/schemas/auth.py`: tokens, as sent and as given. */
export const authSchemaRole = singleFileRole({
  role: 'auth-schema',
  phase: 'schemas',
  path: webPaths.authSchema,
  exists: hasAuth,
  provides: () => ['RefreshTokenInput', 'TokenPair'],
  needs: () => [paths.schemaBase],
});

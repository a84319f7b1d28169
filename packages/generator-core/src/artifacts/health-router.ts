import { paths } from './python/spec-lookup';
import { singleFileRole } from './web/single-file-role';
import { webPaths } from './web/web-paths';

/** `app/routers/health.py`: liveness and readiness. */
export const healthRouterRole = singleFileRole({
  role: 'health-router',
  phase: 'routers',
  path: webPaths.healthRouter,
  provides: () => ['router'],
  needs: () => [paths.database, paths.errors],
});

import { paths } from './python/spec-lookup';
import { singleFileRole } from './web/single-file-role';
import { webPaths } from './web/web-paths';

/** `app/core/middleware.py`: request id and access log, security headers, bare 500, body limit. */
export const middlewareRole = singleFileRole({
  role: 'middleware',
  phase: 'core',
  path: webPaths.middleware,
  provides: () => ['BodyLimitMiddleware', 'ErrorBoundaryMiddleware', 'RequestLogMiddleware', 'SecurityHeadersMiddleware'],
  needs: () => [paths.errors, webPaths.logs],
});

import { paths } from './python/spec-lookup';
import { hasRateLimits } from './web/has-rate-limits';
import { singleFileRole } from './web/single-file-role';
import { webPaths } from './web/web-paths';

/** `app/core/rate_limit.py`: how often somebody may log in, or call an operation with a `rate`. */
export const rateLimitRole = singleFileRole({
  role: 'rate-limit',
  phase: 'core',
  path: webPaths.rateLimit,
  exists: hasRateLimits,
  provides: ({ auth }) => ['RateLimiter', 'client_address', 'get_rate_limiter', ...(auth === undefined ? [] : ['limit_by_address'])],
  needs: ({ auth }) => [paths.errors, ...(auth === undefined ? [] : [paths.config])],
});

import { paths } from './python/spec-lookup';
import { singleFileRole } from './web/single-file-role';

/** `app/core/config.py` */
export const configRole = singleFileRole({
  role: 'config',
  phase: 'core',
  path: paths.config,
  provides: (spec) => ['API_PREFIX', 'Settings', 'get_settings', ...(spec.auth === undefined ? [] : ['DEVELOPMENT_KEY', 'SHORTEST_KEY'])],
});

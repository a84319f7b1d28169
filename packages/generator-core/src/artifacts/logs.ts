import { singleFileRole } from './web/single-file-role';
import { webPaths } from './web/web-paths';

/** `app/core/logs.py`: JSON lines on standard output. */
export const logsRole = singleFileRole({
  role: 'logs',
  phase: 'core',
  path: webPaths.logs,
  provides: () => ['JsonFormatter', 'configure_logging', 'request_id_var'],
});

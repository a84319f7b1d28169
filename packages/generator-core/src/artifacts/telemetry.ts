import { pythonString } from './python/python-text';
import { singleFileRole } from './web/single-file-role';
import { webPaths } from './web/web-paths';

/** `app/core/telemetry.py` (spec with `telemetry: true`): spans of requests and statements. */
export const telemetryRole = singleFileRole({
  role: 'telemetry',
  phase: 'core',
  path: webPaths.telemetry,
  exists: (spec) => spec.telemetry,
  provides: () => ['get_tracer_provider', 'trace_requests', 'traced_statements'],
  view: (spec) => ({ serviceName: pythonString(spec.service) }),
});

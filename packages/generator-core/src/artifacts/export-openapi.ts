import { singleFileRole } from './web/single-file-role';
import { webPaths } from './web/web-paths';

/** `app/export_openapi.py`: writes `openapi.json`, which needs Python, so no file of the plan. */
export const exportOpenapiRole = singleFileRole({
  role: 'export-openapi',
  phase: 'app',
  path: webPaths.exportOpenapi,
  provides: () => ['main'],
  needs: () => [webPaths.main],
});

import { singleFileRole } from './web/single-file-role';
import { webPaths } from './web/web-paths';

/** `app/services/__init__.py` */
export const servicesPackageRole = singleFileRole({
  role: 'services-package',
  phase: 'services',
  path: webPaths.servicesPackage,
  exists: (spec) => spec.auth !== undefined || spec.operations.length > 0,
});

/** `app/routers/__init__.py` */
export const routersPackageRole = singleFileRole({ role: 'routers-package', phase: 'routers', path: webPaths.routersPackage });

import { singleFileRole } from './web/single-file-role';
import { webPaths } from './web/web-paths';

/** `app/services/_unimplemented.py`: the mark of operations that still have to be written. */
export const unimplementedRole = singleFileRole({
  role: 'unimplemented',
  phase: 'services',
  path: webPaths.unimplemented,
  exists: (spec) => spec.operations.length > 0,
  provides: () => ['is_unimplemented', 'unimplemented'],
});

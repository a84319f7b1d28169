import { entityNamed, hasRoles, idAnnotation, paths } from './python/spec-lookup';
import { singleFileRole } from './web/single-file-role';

/** `app/core/viewer.py` */
export const viewerRole = singleFileRole({
  role: 'viewer',
  phase: 'models',
  path: paths.viewer,
  exists: (spec) => spec.auth !== undefined,
  provides: () => ['ANONYMOUS', 'Viewer'],
  needs: (spec) => (hasRoles(spec) ? [paths.enums] : []),
  view: (spec) => ({ roles: hasRoles(spec), user_id: spec.auth === undefined ? 'None' : idAnnotation(entityNamed(spec, spec.auth.user)) }),
});

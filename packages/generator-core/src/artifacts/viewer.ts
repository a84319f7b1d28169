import { entityNamed, hasRoles, idAnnotation, paths } from './python/spec-lookup';
import { tenantEntity, tenantRoles } from './python/tenancy';
import { singleFileRole } from './web/single-file-role';

/** `app/core/viewer.py` */
export const viewerRole = singleFileRole({
  role: 'viewer',
  phase: 'models',
  path: paths.viewer,
  exists: (spec) => spec.auth !== undefined,
  provides: (spec) => [
    'ANONYMOUS',
    ...(spec.tenancy === undefined ? [] : ['TENANT_ROLES']),
    'Viewer',
    ...(spec.tenancy === undefined ? [] : ['includes_role']),
  ],
  needs: (spec) => (hasRoles(spec) || spec.tenancy !== undefined ? [paths.enums] : []),
  view: (spec) => ({
    ...(spec.tenancy && { tenancy: { role_enum: spec.tenancy.roleEnum, roles: tenantRoles(spec), label: tenantEntity(spec).label } }),
    roles: hasRoles(spec),
    user_id: spec.auth === undefined ? 'None' : idAnnotation(entityNamed(spec, spec.auth.user)),
  }),
});

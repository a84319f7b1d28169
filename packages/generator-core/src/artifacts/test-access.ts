import { bodyFactory } from './tests/body-factory';
import { entityNamed, hasEnums, isVersioned, paths } from './python/spec-lookup';
import { entityAccessView, lapsedMembership, operationAccessView, tenancyView, viewerRoles } from './tests/access-test-view';
import { factoryView } from './tests/factory-view';
import { rowImports, testNeeds } from './tests/test-paths';
import { singleFileRole } from './web/single-file-role';
import { hasAuth, userEntity } from './web/user-view';

/** `tests/test_access.py`: the access rules as one table. */
export const testAccessRole = singleFileRole({
  role: 'test-access',
  phase: 'tests',
  path: 'tests/test_access.py',
  exists: hasAuth,
  needs: (spec) => [...testNeeds(spec), ...(hasEnums(spec) ? [paths.enums] : [])],
  view: (spec) => {
    const user = userEntity(spec);
    const bodies = spec.entities.filter((entity) => factoryView(spec, entity).body).map(({ module }) => bodyFactory(module));
    const entities = spec.entities
      .filter(({ access }) => Object.keys(access).length > 0)
      .map(({ name }) => entityAccessView(spec, entityNamed(spec, name)));
    return {
      userName: user.name,
      userModule: user.module,
      roles: viewerRoles(spec),
      tenancy: tenancyView(spec),
      versioned: isVersioned(spec),
      entities,
      operations: spec.operations.flatMap((operation) => operationAccessView(spec, operation) ?? []),
      lapsed: lapsedMembership(spec, entities),
      imports: [...rowImports(spec), ...(bodies.length > 0 ? [`from tests.factories import ${bodies.join(', ')}`] : [])],
    };
  },
});

import { bodyFactory } from './tests/body-factory';
import type { ArtifactRole } from './artifact-role';
import { entityNamed, hasEnums, paths } from './python/spec-lookup';
import { entityTestView } from './tests/entity-test-view';
import { factoryView } from './tests/factory-view';
import { rowImports, testNeeds, testPaths } from './tests/test-paths';

/** `tests/test_{entity}.py` for every entity with a route. */
export const testEntityRole: ArtifactRole = {
  role: 'test-entity',
  phase: 'tests',
  artifacts: (spec) =>
    spec.entities
      .filter(({ access }) => Object.keys(access).length > 0)
      .map((entity) => ({
        path: testPaths.entity(entity),
        phase: 'tests',
        role: 'test-entity',
        template: 'tests/test_[entity].py.jinja',
        entity: entity.name,
        provides: [],
        needs: [...testNeeds(spec), ...(hasEnums(spec) ? [paths.enums] : [])].sort(),
      })),
  view: (spec, artifact) => {
    const entity = entityNamed(spec, artifact.entity ?? '');
    const user = spec.auth && entityNamed(spec, spec.auth.user);
    const imports = [
      ...rowImports(spec),
      ...(factoryView(spec, entity).body ? [`from tests.factories import ${bodyFactory(entity.module)}`] : []),
    ];
    return {
      entityTests: entityTestView(spec, entity),
      imports,
      softDelete: entity.softDelete,
      ...(user && { userName: user.name, userModule: user.module }),
    };
  },
};

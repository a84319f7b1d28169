import type { EntitySpec, OperationSpec, ServiceSpec } from '../../spec/service-spec';
import { hasLinks, manyToMany, paths } from '../python/spec-lookup';
import { webPaths } from '../web/web-paths';

export const testPaths = {
  package: 'tests/__init__.py',
  support: 'tests/support.py',
  conftest: 'tests/conftest.py',
  factories: 'tests/factories.py',
  entity: (entity: EntitySpec): string => `tests/test_${reserved.has(entity.module) ? `${entity.module}_entity` : entity.module}.py`,
  operation: (operation: OperationSpec): string => `tests/test_operation_${operation.name}.py`,
} as const;

/** Names of the test files that every service has. */
const reserved = new Set(['access', 'auth', 'contract', 'migrations', 'rate_limit', 'seed', 'telemetry', 'traps']);

/** What any test may import. */
export function testNeeds(spec: ServiceSpec): readonly string[] {
  return [
    paths.config,
    paths.database,
    paths.errors,
    webPaths.main,
    testPaths.package,
    testPaths.support,
    testPaths.factories,
    ...spec.entities.map((entity) => paths.model(entity)),
    ...(hasLinks(spec) ? [paths.links] : []),
    ...(spec.auth ? [paths.security] : []),
  ];
}

/** `from app.models.book import Book` for every entity, for templates; the formatter drops what a file does not use. */
export function modelImports(spec: ServiceSpec): readonly string[] {
  return spec.entities.map(({ module, name }) => `from app.models.${module} import ${name}`);
}

/** Imports that tests of rows may need, models and factories of every entity. */
export function rowImports(spec: ServiceSpec): readonly string[] {
  const enums = [...spec.enums.map(({ name }) => name), ...(spec.auth?.roles.length ? ['Role'] : [])];
  return [
    ...(enums.length > 0 ? [`from app.models.enums import ${enums.join(', ')}`] : []),
    ...modelImports(spec),
    ...spec.entities
      .flatMap(manyToMany)
      .flatMap(({ linkTable, declared }) => (declared ? [`from app.models._links import ${linkTable}`] : [])),
    `from tests.factories import ${spec.entities.map(({ module }) => `make_${module}`).join(', ')}`,
    `from tests.support import ${['assert_matches', ...(spec.auth ? ['sign_in'] : [])].join(', ')}`,
  ];
}

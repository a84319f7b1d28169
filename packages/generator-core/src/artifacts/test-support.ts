import { bodyFactory } from './tests/body-factory';
import { entityNamed, hasEnums, paths } from './python/spec-lookup';
import { factoryView, hiddenHelpers } from './tests/factory-view';
import { modelImports, testPaths } from './tests/test-paths';
import { hasRateLimits } from './web/has-rate-limits';
import { singleFileRole } from './web/single-file-role';
import { webPaths } from './web/web-paths';

export const testPackageRole = singleFileRole({ role: 'test-package', phase: 'tests', path: testPaths.package });

export const testSupportRole = singleFileRole({
  role: 'test-support',
  phase: 'tests',
  path: testPaths.support,
  provides: (spec) => [
    'temporary_database',
    'configured',
    'migrate',
    'alembic_config',
    ...(spec.operations.some(({ examples }) => examples.length > 0) ? ['assert_matches'] : []),
    ...(spec.auth ? ['sign_in'] : []),
  ],
  needs: (spec) => [paths.config, paths.database, ...(spec.auth ? [paths.security, paths.model(entityNamed(spec, spec.auth.user))] : [])],
  view: (spec) => ({
    hasExamples: spec.operations.some(({ examples }) => examples.length > 0),
    ...(spec.auth && { user: entityNamed(spec, spec.auth.user) }),
  }),
});

export const testConftestRole = singleFileRole({
  role: 'test-conftest',
  phase: 'tests',
  path: testPaths.conftest,
  needs: (spec) => [
    paths.database,
    webPaths.main,
    testPaths.package,
    testPaths.support,
    ...(hasRateLimits(spec) ? [webPaths.rateLimit] : []),
    ...(spec.auth ? [paths.security] : []),
  ],
  view: (spec) => ({ limits: hasRateLimits(spec) }),
});

export const testFactoriesRole = singleFileRole({
  role: 'test-factories',
  phase: 'tests',
  path: testPaths.factories,
  provides: (spec) =>
    spec.entities.flatMap((entity) => [`make_${entity.module}`, ...(factoryView(spec, entity).body ? [bodyFactory(entity.module)] : [])]),
  needs: (spec) => [
    paths.database,
    testPaths.package,
    ...(hasEnums(spec) ? [paths.enums] : []),
    ...spec.entities.map((entity) => paths.model(entity)),
  ],
  view: (spec) => {
    const factories = spec.entities.map((entity) => factoryView(spec, entity));
    return {
      factories,
      imports: modelImports(spec),
      enums: [...spec.enums.map(({ name }) => name), ...(spec.auth?.roles.length ? ['Role'] : [])],
      aliases: hiddenHelpers(spec).filter((name) =>
        factories.some((factory) =>
          [...factory.values, ...(factory.numbered ? [factory.next] : [])].some((source) => source.includes(`${name}_`)),
        ),
      ),
      fitting: factories.some(({ values, body }) => [...values, ...(body?.entries ?? [])].some((source) => /\bfitting_?\(/.test(source))),
      userName: spec.auth?.user,
    };
  },
});

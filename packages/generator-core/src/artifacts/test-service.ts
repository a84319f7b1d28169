import type { EntitySpec, ServiceSpec } from '../spec/service-spec';
import { bodyFactory } from './tests/body-factory';
import { seedVariables } from './project-files';
import { hasEnums, paths } from './python/spec-lookup';
import { missingIdOf } from './tests/missing-id-of';
import { contestedRow, countedCreated, exactDecimal, publicRoutes, simplestCreated, simplestReferring } from './tests/service-test-view';
import { rowImports, testNeeds, testPaths } from './tests/test-paths';
import { hasStaticSiblings } from './web/static-siblings';
import { singleFileRole } from './web/single-file-role';
import { userEntity } from './web/user-view';
import { webPaths } from './web/web-paths';

export const testContractRole = singleFileRole({
  role: 'test-contract',
  phase: 'tests',
  path: 'tests/test_contract.py',
  needs: () => [paths.schemaBase, testPaths.package, testPaths.support],
  view: (spec) => ({
    publicRoutes: publicRoutes(spec),
    numbersInPaths: hasNumbersInPaths(spec),
    ...(spec.auth && { anyId: missingIdOf(uuidInPaths(spec) ?? userEntity(spec)).replace(/["_]/g, '') }),
  }),
});

/** Whether some path takes whole numbers only: what is none is 404 there, whoever asks. */
function hasNumbersInPaths(spec: ServiceSpec): boolean {
  return spec.entities.some((entity) => entity.id === 'int' && hasStaticSiblings(spec, entity));
}

/** An entity whose path takes UUIDs only; undefined where there is none. */
function uuidInPaths(spec: ServiceSpec): EntitySpec | undefined {
  return spec.entities.find((entity) => entity.id !== 'int' && hasStaticSiblings(spec, entity));
}

export const testMigrationsRole = singleFileRole({
  role: 'test-migrations',
  phase: 'tests',
  path: 'tests/test_migrations.py',
  needs: () => [paths.database, testPaths.package, testPaths.support, testPaths.factories],
  view: (spec) => ({ makers: spec.entities.map(({ module }) => `make_${module}`) }),
});

export const testTrapsRole = singleFileRole({
  role: 'test-traps',
  phase: 'tests',
  path: 'tests/test_traps.py',
  needs: (spec) => [...testNeeds(spec), webPaths.logs, ...(hasEnums(spec) ? [paths.enums] : [])],
  view: (spec) => {
    const created = simplestCreated(spec);
    const counted = countedCreated(spec);
    const contested = contestedRow(spec);
    const timed = spec.entities.find(({ timestamps }) => timestamps);
    const exact = exactDecimal(spec);
    const referring = simplestReferring(spec);
    const bodyPath = spec.auth ? '/api/v1/auth/refresh' : created?.path;
    return {
      ...(created && { created }),
      ...(counted && { counted }),
      ...(contested && { contested }),
      ownDatabase: (created ?? contested ?? spec.auth) !== undefined,
      ...(timed && { timed: { name: timed.name, module: timed.module } }),
      ...(exact && { exact }),
      ...(referring && { referring }),
      ...(bodyPath && { bodyPath }),
      ...(spec.auth && { userModule: userEntity(spec).module, login: spec.auth.login }),
      imports: [
        ...rowImports(spec),
        ...[created, counted].flatMap((view) => (view ? [`from tests.factories import ${bodyFactory(view.module)}`] : [])),
      ],
    };
  },
});

export const testTelemetryRole = singleFileRole({
  role: 'test-telemetry',
  phase: 'tests',
  path: 'tests/test_telemetry.py',
  exists: (spec) => spec.telemetry,
  needs: () => [paths.database, webPaths.telemetry, webPaths.main, testPaths.package, testPaths.support],
});

export const testSeedRole = singleFileRole({
  role: 'test-seed',
  phase: 'tests',
  path: 'tests/test_seed.py',
  exists: (spec) => spec.seed.length > 0,
  needs: (spec) => ['app/seed.py', ...seededEntities(spec).map((entity) => paths.model(entity))],
  view: (spec) => ({
    variables: seedVariables(spec).map((name) => ({
      name,
      value: passwordVariables(spec).includes(name) ? 'Correct-Horse-42' : '123456789012',
    })),
    passwordVariable: passwordVariables(spec)[0],
    onlyNew: passwordVariables(spec),
    rows: seededEntities(spec).map(({ name }) => `${name}: ${spec.seed.filter((row) => row.entity === name).length}`),
    imports: seededEntities(spec).map(({ module, name }) => `from app.models.${module} import ${name}`),
  }),
});

/** Names of the variables that are passwords of users. */
function passwordVariables(spec: ServiceSpec): readonly string[] {
  return seedVariables({
    ...spec,
    seed: spec.seed.map((row) => ({
      ...row,
      values: Object.fromEntries(Object.entries(row.values).filter(([name]) => name === 'password')),
    })),
  });
}

function seededEntities(spec: ServiceSpec): readonly EntitySpec[] {
  return spec.entities.filter(({ name }) => spec.seed.some((row) => row.entity === name));
}

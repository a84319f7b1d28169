import type { ServiceSpec } from '../spec/service-spec';
import { seedVariables } from './project-files';
import { testPaths } from './tests/test-paths';
import { hasRateLimits } from './web/has-rate-limits';
import { singleFileRole } from './web/single-file-role';

/** `README.md`: what the service is, how to run and test it, where to put what. */
export const readmeRole = singleFileRole({
  role: 'readme',
  phase: 'project',
  path: 'README.md',
  view: (spec) => ({
    seedVariables: seedVariables(spec),
    routes: spec.entities
      .filter(({ access }) => Object.keys(access).length > 0)
      .map(({ path, access, description, label }) => ({ path, verbs: Object.keys(access).join(', '), description: description ?? label })),
    operations: operationsOf(spec),
    limits: hasRateLimits(spec),
  }),
});

function operationsOf(spec: ServiceSpec) {
  return spec.operations.map((operation) => ({
    name: operation.name,
    route: `${operation.method} /api/v1${operation.path}`,
    service: `app/services/${operation.name}.py`,
    examples: operation.examples.length,
    test: operation.examples.length > 0 ? testPaths.operation(operation) : undefined,
  }));
}

import type { OperationSpec, ServiceSpec } from '../spec/service-spec';
import type { ArtifactRole } from './artifact-role';
import { pythonString } from './python/python-text';
import { hasRoles, paths } from './python/spec-lookup';
import { operationNamed } from './web/operation-named';
import { operationRouteImports, operationRouteNeeds, operationRouteView } from './web/operation-view';
import { webPaths } from './web/web-paths';

/** `app/routers/{operation}.py`: the route of an operation that stands below no entity's path. */
export const operationRouterRole: ArtifactRole = {
  role: 'operation-router',
  phase: 'routers',
  artifacts: (spec) =>
    operationsWithoutEntity(spec).map((operation) => ({
      path: webPaths.router(operation.name),
      phase: 'routers',
      role: 'operation-router',
      template: 'app/routers/[operation].py.jinja',
      operation: operation.name,
      provides: ['router'],
      needs: [...new Set(routerNeeds(spec, operation))].sort(),
    })),
  view: (spec, artifact) => {
    const operation = operationNamed(spec, artifact.operation);
    return {
      tag: pythonString(firstSegment(operation)),
      imports: operationRouteImports(spec, operation),
      operation: operationRouteView({ spec, operation, prefix: '' }),
    };
  },
};

export function operationsWithoutEntity(spec: ServiceSpec): readonly OperationSpec[] {
  return spec.operations.filter((operation) => operation.entity === undefined);
}

function routerNeeds(spec: ServiceSpec, operation: OperationSpec): readonly string[] {
  return [
    paths.database,
    paths.errors,
    webPaths.openapi,
    ...(spec.auth === undefined ? [] : [paths.security]),
    ...(hasRoles(spec) ? [paths.enums] : []),
    ...operationRouteNeeds(spec, operation),
  ];
}

function firstSegment(operation: OperationSpec): string {
  return operation.path.split('/').find((segment) => segment !== '' && !segment.startsWith('{')) ?? operation.name;
}

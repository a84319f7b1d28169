import type { OperationSpec, ServiceSpec } from '../spec/service-spec';
import type { ArtifactRole } from './artifact-role';
import { hasEnums, paths } from './python/spec-lookup';
import { exampleView, type ExampleView } from './tests/example-view';
import { rowImports, testNeeds, testPaths } from './tests/test-paths';
import { operationServicePath } from './web/operation-view';
import { webPaths } from './web/web-paths';

/** `tests/test_operation_{operation}.py`: the examples of the spec, which judge whoever implements the operation. */
export const testOperationRole: ArtifactRole = {
  role: 'test-operation',
  phase: 'tests',
  artifacts: (spec) =>
    spec.operations
      .filter(({ examples }) => examples.length > 0)
      .map((operation) => ({
        path: testPaths.operation(operation),
        phase: 'tests',
        role: 'test-operation',
        template: 'tests/test_operation_[operation].py.jinja',
        operation: operation.name,
        provides: [],
        needs: [
          ...testNeeds(spec),
          webPaths.unimplemented,
          operationServicePath(operation),
          ...(hasEnums(spec) ? [paths.enums] : []),
        ].sort(),
      })),
  view: (spec, artifact) => {
    const operation = spec.operations.find(({ name }) => name === artifact.operation);
    if (operation === undefined)
      throw new Error(`The spec has no operation ${artifact.operation}. This is a fault of @org/generator-core; please report it.`);
    const examples = exampleViews(spec, operation);
    return {
      operation: {
        name: operation.name,
        method: operation.method,
        // pytest takes every function for a test that is called like one.
        callable: operation.name.startsWith('test') ? 'operation' : operation.name,
      },
      examples,
      someNeedBody: examples.some(({ needsBody }) => needsBody),
      someSettled: examples.some(({ needsBody }) => !needsBody),
      imports: rowImports(spec),
    };
  },
};

/** Names of the tests are told apart where titles read alike. */
function exampleViews(spec: ServiceSpec, operation: OperationSpec): readonly ExampleView[] {
  const taken = new Set<string>();
  return operation.examples.map((example) => {
    const view = exampleView(spec, operation, example, taken);
    taken.add(view.function);
    return view;
  });
}

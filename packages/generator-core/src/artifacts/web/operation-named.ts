import type { OperationSpec, ServiceSpec } from '../../spec/service-spec';

/** The plan names operations of its own spec only: a missing one is our own fault. */
export function operationNamed(spec: ServiceSpec, name: string | undefined): OperationSpec {
  const operation = spec.operations.find((candidate) => candidate.name === name);
  if (operation === undefined)
    throw new Error(
      `The spec of ${spec.service} has no operation ${name ?? ''}. This is a fault of @org/generator-core; please report it.`,
    );
  return operation;
}

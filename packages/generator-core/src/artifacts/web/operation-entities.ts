import type { EntitySpec, OperationSpec, ServiceSpec } from '../../spec/service-spec';
import { entityNamed } from '../python/spec-lookup';
import { operationSubjects } from './operation-view';
import { entitiesIn } from './entities-in';

/**
 * Entities whoever writes an operation has to do with: those of its path and its output, those its examples set up,
 * and those one relation away. Sorted by name.
 */
export function operationEntities(spec: ServiceSpec, operation: OperationSpec): readonly EntitySpec[] {
  const named = new Set([
    ...operationSubjects(spec, operation).map(({ entity }) => entity.name),
    ...entitiesIn(operation.output),
    ...operation.examples.flatMap(({ given }) => given.map(({ entity }) => entity)),
  ]);
  const near = [...named].flatMap((name) => entityNamed(spec, name).relations.map(({ target }) => target));
  return [...new Set([...named, ...near])].sort().map((name) => entityNamed(spec, name));
}

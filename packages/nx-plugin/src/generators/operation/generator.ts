import type { GeneratorCallback, Tree } from '@nx/devkit';
import { addOperation, splitEntries } from '@org/generator-core';
import { addToService } from '../addition/add-to-service';
import type { OperationGeneratorSchema } from './schema';

/** One more operation in the spec of a service, and the service brought up to date. */
export async function operationGenerator(tree: Tree, schema: OperationGeneratorSchema): Promise<GeneratorCallback> {
  const {
    name,
    project,
    describe,
    route,
    entity,
    method,
    access,
    input = '',
    _: more = [],
    output,
    status,
    errors,
    example = true,
    ...options
  } = schema;
  const inputs = [input, ...more].flatMap((text) => splitEntries(String(text)));
  return addToService(tree, {
    project,
    edit: (specText) =>
      addOperation(specText, { name, describe, route, entity, method, access, input: inputs, output, status, errors, example }),
    options,
  });
}

export default operationGenerator;

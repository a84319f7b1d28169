import type { GeneratorCallback, Tree } from '@nx/devkit';
import { addEntity, splitEntries } from '@org/generator-core';
import { addToService } from '../addition/add-to-service';
import type { EntityGeneratorSchema } from './schema';

/** One more entity in the spec of a service, and the service brought up to date. */
export async function entityGenerator(tree: Tree, schema: EntityGeneratorSchema): Promise<GeneratorCallback> {
  const { name, project, fields = '', _: more = [], access, owner, tenant, unique, description, ...options } = schema;
  const written = [fields, ...more].flatMap((text) => splitEntries(String(text)));
  return addToService(tree, {
    project,
    edit: (specText) => addEntity(specText, { name, fields: written, access, owner, tenant, unique, description }),
    options,
  });
}

export default entityGenerator;

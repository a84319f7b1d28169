import { ConsumedParameters } from './consumed-parameters';
import type { DefinitionIndex } from './definition-index';
import type { Route, ServiceModel } from './service-model';

/**
 * The names that dependencies around a route take from the request: those in `dependencies=[…]` of the route, of its router,
 * of the applications and routers above, and of the inclusions between them.
 */
export function namesAskedAround({ path, call, owner }: Route, model: ServiceModel, index: DefinitionIndex): ReadonlySet<string> {
  const consumed = new ConsumedParameters(index);
  consumed.addDependencyList(path, call);
  const owners = new Set(owner === undefined ? [] : [owner]);
  for (const id of owners) {
    const found = model.owners.get(id);
    if (found !== undefined) consumed.addDependencyList(found.path, found.call);
    for (const { parent, child, path: file, call: inclusion } of model.inclusions) {
      if (child !== id) continue;
      consumed.addDependencyList(file, inclusion);
      if (parent !== undefined) owners.add(parent);
    }
  }
  return consumed.finish().names;
}

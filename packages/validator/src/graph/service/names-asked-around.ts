import { stageKey } from '../../algorithms/read-memo';
import { ConsumedParameters } from './consumed-parameters';
import type { DefinitionIndex } from './definition-index';
import { ownersWithRoutes } from './owners-with-routes';
import { intoKey, ownerKey } from './service-keys';
import type { Route, ServiceModel } from './service-model';

const STAGE = 'names asked around';

/**
 * The names that dependencies around a route take from the request: those in `dependencies=[…]` of the route, of its router,
 * of the applications and routers above, and of the inclusions between them. Sorted.
 */
export function namesAskedAround(model: ServiceModel, index: DefinitionIndex): (route: Route) => readonly string[] {
  const read = (owner: string): readonly string[] => askedAbove(owner, model, index);
  index.memo.computeAll(STAGE, ownersWithRoutes(model, index), read);
  return ({ path, call, owner }) => {
    const consumed = new ConsumedParameters(index);
    consumed.addDependencyList(path, call);
    const above = owner === undefined ? [] : index.memo.compute(stageKey(STAGE, owner), () => read(owner));
    return [...new Set([...consumed.finish().names, ...above])].sort();
  };
}

function askedAbove(start: string, model: ServiceModel, index: DefinitionIndex): readonly string[] {
  const consumed = new ConsumedParameters(index);
  const owners = new Set([start]);
  for (const id of owners) {
    index.memo.note(ownerKey(id));
    index.memo.note(intoKey(id));
    const found = model.owners.get(id);
    if (found !== undefined) consumed.addDependencyList(found.path, found.call);
    for (const { parent, path, call } of model.inclusionsInto.get(id) ?? []) {
      consumed.addDependencyList(path, call);
      if (parent !== undefined) owners.add(parent);
    }
  }
  return [...consumed.finish().names].sort();
}

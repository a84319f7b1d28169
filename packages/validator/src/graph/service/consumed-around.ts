import { stageKey } from '../../algorithms/read-memo';
import type { ComposedService } from './composed-service';
import { ConsumedParameters, type Consumed } from './consumed-parameters';
import type { DefinitionIndex } from './definition-index';
import { ownersWithRoutes } from './owners-with-routes';
import { ownerKey, reachKey } from './service-keys';
import type { ServiceModel } from './service-model';

const STAGE = 'consumed around';

/** What the dependencies around the routes of an owner may take from the path: its own, and those of all that includes it. */
export function consumedAround(
  model: ServiceModel,
  { reachesTo }: ComposedService,
  index: DefinitionIndex,
): (owner: string | undefined) => Consumed {
  const read = (owner: string): Consumed => {
    index.memo.note(reachKey(owner));
    const reaches = reachesTo.get(owner) ?? [];
    const inclusions = new Set(reaches.flatMap((reach) => reach.inclusions));
    const ids = new Set([owner, ...reaches.map(({ root }) => root.id), ...[...inclusions].map(({ child }) => child)]);
    for (const id of ids) if (id !== undefined) index.memo.note(ownerKey(id));
    const owners = [...ids].map((id) => (id === undefined ? undefined : model.owners.get(id))).filter((each) => each !== undefined);
    const consumed = new ConsumedParameters(index);
    for (const { path, call } of [...inclusions, ...owners]) consumed.addDependencyList(path, call);
    return consumed.finish();
  };
  index.memo.computeAll(STAGE, ownersWithRoutes(model, index), read);
  return (owner) => (owner === undefined ? NOTHING : index.memo.compute(stageKey(STAGE, owner), () => read(owner)));
}

const NOTHING: Consumed = { names: new Set(), isComplete: true };

import type { EntitySpec, ServiceSpec } from '../../spec/service-spec';
import { writableLinks } from '../python/entity-requests';
import { entityNamed, linkIdsName } from '../python/spec-lookup';
import { missingIdOf } from './missing-id-of';

/** More ids than a request may hold. */
export function endlessLists(spec: ServiceSpec, entity: EntitySpec): readonly string[] {
  return writableLinks(entity).map(
    (relation) => `{"${linkIdsName(spec, relation)}": [${missingIdOf(entityNamed(spec, relation.target))}] * 10_000}`,
  );
}

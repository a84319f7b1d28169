import type { EntitySpec, ServiceSpec } from '../../spec/service-spec';
import { writableLinks } from '../python/entity-requests';
import { linkIdsName } from '../python/spec-lookup';
import { isTenant } from '../python/tenancy';

/** A list of ids in requests that links rows of the entity with one another. */
export interface SelfLinkTest {
  readonly relation: string;
  readonly member: string;
  readonly table: string;
  readonly local: string;
  readonly remote: string;
  /** Whether a row may be linked to itself. */
  readonly reflexive: boolean;
  /** Whether the rows are tenants, which refer to nothing outside of themselves. */
  readonly isBound: boolean;
}

export function selfLinkTests(spec: ServiceSpec, entity: EntitySpec): readonly SelfLinkTest[] {
  return writableLinks(entity)
    .filter(({ target }) => target === entity.name)
    .map((relation) => ({
      relation: relation.name,
      member: linkIdsName(spec, relation),
      table: relation.linkTable,
      local: relation.localColumn,
      remote: relation.remoteColumn,
      reflexive: relation.reflexive,
      isBound: isTenant(spec, entity),
    }));
}

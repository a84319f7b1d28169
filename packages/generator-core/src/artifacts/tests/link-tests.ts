import type { EntitySpec, ServiceSpec } from '../../spec/service-spec';
import { writableLinks } from '../python/entity-requests';
import { linkIdsName } from '../python/spec-lookup';
import { referableId } from './factory-view';

/** A list of ids in requests that links a row with those of another entity. */
export interface LinkTest {
  readonly relation: string;
  readonly member: string;
  readonly table: string;
  readonly local: string;
  readonly remote: string;
  /** JSON of the id of a row that the actor may refer to. */
  readonly linked: string;
}

export function linkTests(spec: ServiceSpec, entity: EntitySpec): readonly LinkTest[] {
  return writableLinks(entity)
    .filter(({ target }) => target !== entity.name)
    .map((relation) => ({
      relation: relation.name,
      member: linkIdsName(spec, relation),
      table: relation.linkTable,
      local: relation.localColumn,
      remote: relation.remoteColumn,
      linked: referableId(spec, entity, relation, 'actor'),
    }));
}

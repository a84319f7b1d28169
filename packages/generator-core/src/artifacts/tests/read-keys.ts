import type { EntitySpec, ServiceSpec } from '../../spec/service-spec';
import { closingReadMembers, embedMembers, embedTree, plainReadMembers, visibilityLevels } from '../python/read-members';
import { isPermitted, type Viewer } from './viewers';

export function readKeys(spec: ServiceSpec, entity: EntitySpec, viewer?: Viewer): readonly string[] {
  const levels = visibilityLevels(spec, entity).flatMap(({ rule, members }) =>
    viewer === undefined || isPermitted(spec, rule, viewer, entity) ? members : [],
  );
  const embeds = embedMembers(embedTree(spec, entity), entity.name).members;
  return [...plainReadMembers(spec, entity), ...embeds, ...closingReadMembers(entity), ...levels].map(({ name }) => name);
}

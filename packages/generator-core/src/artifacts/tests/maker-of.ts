import type { EntitySpec, ServiceSpec } from '../../spec/service-spec';
import { isTenant } from '../python/tenancy';
import type { Viewer } from './viewers';

/** Who has made a row to that row: its owner, but of a user somebody else, and of a tenant what the spec makes of them. */
export function makerOf(spec: ServiceSpec, entity: EntitySpec, viewer: Viewer): Viewer {
  if (viewer.kind === 'anonymous') return viewer;
  const kind = entity.owner ? 'owner' : 'stranger';
  if (!isTenant(spec, entity)) return { ...viewer, kind };
  const { role } = viewer;
  const tenantRole = spec.tenancy?.creator;
  return { kind, ...(role !== undefined && { role }), ...(tenantRole !== undefined && { tenantRole }) };
}

import type { EntitySpec, ServiceSpec } from '../../spec/service-spec';
import { needsOwner } from './factory-view';
import { bodyTenantArgument } from './tenant-arguments';

export function bodyArguments(spec: ServiceSpec, entity: EntitySpec, tenant?: string): string {
  return `${needsOwner(spec, entity) ? ', owner=actor' : ''}${bodyTenantArgument(spec, entity, tenant)}`;
}

import type { EntitySpec, ServiceSpec } from '../../spec/service-spec';
import { changeRule } from '../python/spec-lookup';

/** Whether a route gives users another login: its 409 tells which ones are taken, so it is limited as sign-up is. */
export function changesLogin(spec: ServiceSpec, entity: EntitySpec): boolean {
  if (!entity.isUser || changeRule(entity) === undefined) return false;
  return entity.fields.some(({ name, readonly, immutable }) => name === spec.auth?.login && !readonly && !immutable);
}

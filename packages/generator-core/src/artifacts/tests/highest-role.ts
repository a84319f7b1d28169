import type { ServiceSpec } from '../../spec/service-spec';
import { roleMember } from '../python/python-value';

/** Keyword arguments that make a user whom every role rule lets in. */
export function highestRole(spec: ServiceSpec): string {
  const role = spec.auth?.roles.at(-1);
  return role === undefined ? '' : `, role=${roleMember(role)}`;
}

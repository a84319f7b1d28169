import type { EntitySpec, ServiceSpec } from '../../spec/service-spec';
import { entityNamed } from '../python/spec-lookup';

/** The entity that people log in as; the roles that ask for it exist with `auth:` only. */
export function userEntity(spec: ServiceSpec): EntitySpec {
  if (spec.auth === undefined)
    throw new Error(
      `The spec of ${spec.service} has no auth, but a file for it was asked for. This is a fault of @org/generator-core; please report it.`,
    );
  return entityNamed(spec, spec.auth.user);
}

/** Whether users sign in with an e-mail address. */
export function hasEmailLogin(spec: ServiceSpec): boolean {
  return spec.auth !== undefined && userEntity(spec).fields.some(({ name, type }) => name === spec.auth?.login && type.kind === 'email');
}

export function hasAuth(spec: ServiceSpec): boolean {
  return spec.auth !== undefined;
}

import type { ServiceSpec } from '../../spec/service-spec';

/** Whether anything of the service may be asked for only so often. */
export function hasRateLimits(spec: ServiceSpec): boolean {
  return spec.auth !== undefined || spec.operations.some(({ rate }) => rate !== undefined);
}

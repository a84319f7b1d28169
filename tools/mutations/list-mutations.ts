import type { ServiceSpec } from '../../packages/generator-core/src/spec/service-spec';
import { accessMutations } from './access-mutations';
import { authMutations } from './auth-mutations';
import type { Mutation } from './mutation';
import { requestMutations } from './request-mutations';
import { serviceMutations } from './service-mutations';
import { softDeleteMutations } from './soft-delete-mutations';

/** Every protection that the service of the spec has, taken out by itself. `texts` are its files as the templates write them. */
export function listMutations(spec: ServiceSpec, texts: ReadonlyMap<string, string>): readonly Mutation[] {
  return [
    ...accessMutations(spec, texts),
    ...requestMutations(spec, texts),
    ...authMutations(spec),
    ...serviceMutations(spec, texts),
    ...softDeleteMutations(spec, texts),
  ];
}

import type { EntitySpec, FieldSpec, ServiceSpec } from '../../spec/service-spec';
import { entityNamed, relationNamed } from '../python/spec-lookup';

export function targetField(spec: ServiceSpec, entity: EntitySpec, relation: string, field: string | undefined): FieldSpec | undefined {
  return entityNamed(spec, relationNamed(entity, relation).target).fields.find(({ name }) => name === field);
}

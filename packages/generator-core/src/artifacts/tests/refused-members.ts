import type { EntitySpec, ServiceSpec } from '../../spec/service-spec';
import { entityNamed } from '../python/spec-lookup';
import { missingIdOf } from './missing-id-of';
import { pythonJson, sampleValue } from './test-values';

/** Members that neither body may hold: the key, what the service sets itself, and what no one has heard of. */
export function refusedMembers(spec: ServiceSpec, entity: EntitySpec): readonly string[] {
  const readonlyFields = entity.fields.filter((field) => field.readonly || field.type.kind === 'slug' || field.type.kind === 'sequence');
  return [
    `{"id": ${missingIdOf(entity)}}`,
    ...readonlyFields.map((field) => `{"${field.name}": ${pythonJson(sampleValue(spec, field, 0) ?? null)}}`),
    ...(entity.owner ? [`{"${entity.owner.column}": ${missingIdOf(entityNamed(spec, spec.auth?.user ?? entity.name))}}`] : []),
    ...(entity.version ? ['{"version": 1}'] : []),
    ...(entity.timestamps ? ['{"created_at": "2026-01-15T12:00:00Z"}'] : []),
    ...(entity.isUser
      ? [...(spec.auth?.roles.length ? [`{"role": "${spec.auth.roles.at(-1)}"}`] : []), '{"is_active": True}', '{"hashed_password": "x"}']
      : []),
    '{"no_such_member": 1}',
  ];
}

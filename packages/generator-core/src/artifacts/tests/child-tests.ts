import type { EntitySpec, ServiceSpec } from '../../spec/service-spec';
import { belongsTo } from '../python/spec-lookup';
import { isMember } from '../python/tenancy';
import { sampleValue } from './test-values';

export interface ChildTest {
  readonly module: string;
  readonly name: string;
  readonly relation: string;
  readonly column: string;
  readonly onDelete: 'cascade' | 'restrict' | 'set_null';
  readonly softDelete: boolean;
}

/** Rows of others that refer to one that is deleted. */
export function childTests(spec: ServiceSpec, entity: EntitySpec): readonly ChildTest[] {
  return spec.entities.flatMap((other) =>
    belongsTo(other)
      .filter(({ target, name }) => target === entity.name && !isRulersSeat(spec, other, name))
      .map(({ name, column, onDelete }) => ({
        module: other.module,
        name: other.name,
        relation: name,
        column,
        onDelete,
        softDelete: other.softDelete,
      })),
  );
}

/** The last one with the role of a creator, or a later one, is not deleted; test_access.py tries it. */
function isRulersSeat(spec: ServiceSpec, entity: EntitySpec, relation: string): boolean {
  if (!isMember(spec, entity) || spec.tenancy?.creator === undefined || relation !== spec.tenancy.userRelation) return false;
  const role = entity.fields.find(({ name }) => name === 'role');
  const given = role?.default ?? (role && sampleValue(spec, role, 0));
  return spec.tenancy.roles.indexOf(String(given)) >= spec.tenancy.roles.indexOf(spec.tenancy.creator);
}

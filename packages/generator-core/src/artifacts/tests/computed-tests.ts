import type { EntitySpec, ServiceSpec } from '../../spec/service-spec';
import { entityNamed, relationNamed } from '../python/spec-lookup';
import { isTenant } from '../python/tenancy';
import { isOneForEach } from './is-one-for-each';
import { targetField } from './target-field';
import { tenantArgument } from './tenant-arguments';
import { pythonRowValue, sampleValue } from './test-values';

/** A value over the rows of a collection: two rows with different values, and what comes of those. */
export interface ComputedTest {
  readonly name: string;
  readonly lines: readonly string[];
  readonly expected: number;
}

export function computedTests(spec: ServiceSpec, entity: EntitySpec): readonly ComputedTest[] {
  // Tenants and users come with rows around them.
  if (isTenant(spec, entity) || entity.isUser) return [];
  return entity.computed.flatMap(({ name, aggregate, relation: relationName, field: fieldName, type }) => {
    const relation = relationNamed(entity, relationName);
    const target = entityNamed(spec, relation.target);
    const field = targetField(spec, entity, relationName, fieldName);
    if (relation.kind !== 'has_many' || field === undefined || aggregate === 'count' || target.checks.length > 0) return [];
    if (!['int', 'bigint', 'float', 'decimal'].includes(field.type.kind) || isOneForEach(target, relation.via)) return [];
    const [low, high] = [Number(sampleValue(spec, field, 0)), Number(sampleValue(spec, field, 1))];
    const expected = { avg: (low + high) / 2, sum: low + high, min: low, max: high }[aggregate];
    const isExact =
      type.kind === 'float' || Math.abs(Number(expected.toFixed(type.kind === 'decimal' ? type.scale : 0)) - expected) < 1e-12;
    if (Number.isNaN(expected) || !isExact) return [];
    const isFree = entity.tenant === undefined || target.tenant === undefined || target.tenant[0] === relation.via;
    const around = `${isFree ? '' : tenantArgument(spec, target)}, ${relation.via}=row`;
    const values = [low, high].map((value) =>
      pythonRowValue(spec, field.type, field.type.kind === 'decimal' ? value.toFixed(field.type.scale) : value),
    );
    return [{ name, expected, lines: values.map((value) => `await make_${target.module}(session${around}, ${field.name}=${value})`) }];
  });
}

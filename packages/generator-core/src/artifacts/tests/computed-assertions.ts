import type { EntitySpec, ServiceSpec } from '../../spec/service-spec';
import { entityNamed, relationNamed } from '../python/spec-lookup';
import { isMember, isTenant } from '../python/tenancy';
import { requiredBy } from './required-by';
import { targetField } from './target-field';

export function computedAssertions({
  spec,
  entity,
  computed,
  made,
}: {
  readonly spec: ServiceSpec;
  readonly entity: EntitySpec;
  readonly computed: EntitySpec['computed'];
  /** All lines that make rows. */
  readonly made: readonly string[];
}): readonly string[] {
  return (
    computed
      // Rows that a test makes leave empty what may be empty.
      .filter(({ relation, field }) => !targetField(spec, entity, relation, field)?.nullable)
      .map(({ name, aggregate, relation }) =>
        aggregate === 'count' && isCounted(spec, entity, relation)
          ? `body["${name}"] == ${rowsLinked(spec, entity, relation, made) + rulers(spec, entity, relation)}`
          : `body["${name}"] is not None`,
      )
  );
}

/** How many rows the lines put into a relation of the row: what stands in it may hold the row again, and more of its own. */
function rowsLinked(spec: ServiceSpec, entity: EntitySpec, name: string, lines: readonly string[]): number {
  const relation = relationNamed(entity, name);
  const makes = `make_${entityNamed(spec, relation.target).module}(`;
  const linked = (argument: string): number =>
    lines.filter((line) => line.includes(makes) && [',', ')'].some((end) => line.includes(`, ${argument}${end}`))).length;
  if (relation.kind === 'many_to_many') return 1 + linked(`${relation.inverse}=[row]`);
  return relation.kind === 'has_many' ? linked(`${relation.via}=row`) : 1;
}

/** Whether no other row that a test puts into a tenant brings a row of this relation along, as what refers to a member does. */
function isCounted(spec: ServiceSpec, entity: EntitySpec, relation: string): boolean {
  if (!isTenant(spec, entity)) return true;
  const counted = relationNamed(entity, relation).target;
  const others = entity.relations.filter(({ name, kind }) => name !== relation && (kind === 'has_many' || kind === 'has_one'));
  return others.every(({ target }) => !requiredBy(spec, entityNamed(spec, target)).includes(counted));
}

/** A tenant of a test has its ruler as a member already. */
function rulers(spec: ServiceSpec, entity: EntitySpec, relation: string): number {
  return isTenant(spec, entity) && isMember(spec, entityNamed(spec, relationNamed(entity, relation).target)) ? 1 : 0;
}

import type { EntitySpec, ServiceSpec } from '../../spec/service-spec';
import { belongsTo, entityNamed, linkIdName, manyToMany } from '../python/spec-lookup';
import { isOrdered } from './is-ordered';
import type { Sampling } from './sampling';
import { besideArgument } from './tenant-arguments';
import { pythonJson } from './test-values';

export interface FilterTest {
  readonly name: string;
  /** Arguments of the wanted row in place of the usual ones, where the filter is by the tenant itself. */
  readonly owned?: string;
  /** Lines before: parents of a filter by relation. */
  readonly given: readonly string[];
  readonly wanted: string;
  readonly other: string;
  /** Query strings that find `wanted` and not `other`: `{"stock_min": 2}`. */
  readonly queries: readonly string[];
  /** Query strings that find `other` and not `wanted`: `{"stock_max": 1}`. */
  readonly opposites: readonly string[];
}

export function filterTests(spec: ServiceSpec, entity: EntitySpec, sampled: Sampling): readonly FilterTest[] {
  return [...fieldFilters(entity, sampled), ...relationFilters(spec, entity)];
}

function fieldFilters(entity: EntitySpec, { samples, keyword }: Sampling): readonly FilterTest[] {
  return entity.fields
    .filter(({ filter, hidden }) => filter && !hidden)
    .flatMap((field): readonly FilterTest[] => {
      const values = samples(field);
      if (values === undefined) return [];
      const [low, high] = values;
      const queries = [
        `{"${field.name}": ${pythonJson(high)}}`,
        ...(isOrdered(field.type) ? [`{"${field.name}_min": ${pythonJson(high)}}`] : []),
      ];
      const opposites = isOrdered(field.type) ? [`{"${field.name}_max": ${pythonJson(low)}}`] : [];
      return [{ opposites, name: field.name, given: [], wanted: keyword(field, high), other: keyword(field, low), queries }];
    });
}

function relationFilters(spec: ServiceSpec, entity: EntitySpec): readonly FilterTest[] {
  const one = belongsTo(entity).filter(({ filter, name }) => filter && name !== entity.owner?.relation);
  const many = manyToMany(entity).filter(({ filter }) => filter);
  return [
    ...one.map(({ name, column, target }) => ({
      name,
      given: [
        `parent = await make_${entityNamed(spec, target).module}(session${besideArgument(spec, entity, entityNamed(spec, target), { ruler: 'actor' })})`,
      ],
      ...(entity.tenant?.length === 1 && entity.tenant[0] === name && { owned: entity.owner ? `, ${entity.owner.relation}=actor` : '' }),
      wanted: `, ${name}=parent`,
      other: '',
      opposites: [],
      queries: [`{"${column}": str(parent.id)}`],
    })),
    ...many.map((relation) => ({
      name: relation.name,
      given: [
        `linked = await make_${entityNamed(spec, relation.target).module}(session${besideArgument(spec, entity, entityNamed(spec, relation.target))})`,
      ],
      wanted: `, ${relation.name}=[linked]`,
      other: '',
      opposites: [],
      queries: [`{"${linkIdName(spec, relation)}": str(linked.id)}`],
    })),
  ];
}

import type { AccessRule, EntitySpec, ServiceSpec } from '../../spec/service-spec';
import { isMember, memberColumns } from '../python/tenancy';
import { filterTests, type FilterTest } from './filter-tests';
import { isOneForEachOwner } from './is-one-for-each-owner';
import { missingIdOf } from './missing-id-of';
import { orderTests, type OrderTests } from './order-tests';
import { rowsBefore } from './rows-made';
import { sampling } from './sampling';
import { searchTest, type SearchTest } from './search-test';
import { tieTests, type TieTests } from './tie-tests';

export interface ListTests extends OrderTests, TieTests {
  readonly maxPage: number;
  /** Whether a page holds all rows of a test unless the request says how many. */
  readonly whole: boolean;
  /** Whether it holds those, too, that come with what a filter refers to. */
  readonly wide: boolean;
  /** Rows that are there before a test makes any, with the actor: how many, and a statement that gives the ids of all rows. */
  readonly present: number;
  readonly all?: string;
  /** Condition that keeps what the actor cannot be without, and their own row, without which nothing is shown to them: `, User.id != actor.id`. */
  readonly staying: string;
  /** Whether the list shows more than one row at all. */
  readonly many: boolean;
  readonly filters: readonly FilterTest[];
  readonly keyset: boolean;
  /** JSON of an id: `"018f…"`. */
  readonly anyId: string;
  /** Values of `?sort=`: none, each by itself both ways, all at once. */
  readonly orders: string;
  readonly sorts: readonly { readonly name: string; readonly low: string; readonly high: string }[];
  readonly search?: SearchTest;
  readonly badFilters: readonly string[];
}

export function listTests(spec: ServiceSpec, entity: EntitySpec, rule: AccessRule): ListTests {
  const fields = entity.fields.filter(({ hidden }) => !hidden);
  const sampled = sampling(spec);
  const { samples, keyword } = sampled;
  const sorts = fields
    .filter(({ sort }) => sort)
    .flatMap((field) => {
      const values = samples(field);
      return values === undefined ? [] : [{ name: field.name, low: keyword(field, values[0]), high: keyword(field, values[1]) }];
    });
  const search = searchTest(fields, sampled);
  const present = rowsBefore(spec, entity, rule);
  const most = 3 + Math.max(present, 1);
  return {
    ...orderTests(entity, sampled),
    ...tieTests(spec, entity, sampled),
    maxPage: entity.maxPage,
    whole: entity.page >= most && (entity.pagination !== 'keyset' || entity.maxPage >= most + 2 * sorts.length),
    wide: entity.page >= most + 6,
    keyset: entity.pagination === 'keyset',
    anyId: missingIdOf(entity).replaceAll('_', ''),
    orders: orderParameters(sorts.map(({ name }) => name)),
    present,
    ...(present > 0 && !entity.isUser && { all: `await session.scalars(select(${entity.name}.id))` }),
    staying: entity.isUser
      ? `, ${entity.name}.id != actor.id`
      : isMember(spec, entity)
        ? `, ${entity.name}.${memberColumns(spec).user} != actor.id`
        : present > 0
          ? `, ${entity.name}.id.in_(row.id for row in made)`
          : '',
    many: !isOneForEachOwner(entity) && (!entity.isUser || rule.some(({ kind }) => kind !== 'self' && kind !== 'owner')),
    filters: filterTests(spec, entity, sampled),
    sorts,
    ...(search && { search }),
    badFilters: fields
      .filter(({ filter, type }) => filter && !['string', 'text', 'url', 'slug'].includes(type.kind))
      .map(({ name }) => `{"${name}": "?"}`),
  };
}

function orderParameters(sorts: readonly string[]): string {
  const each = sorts.flatMap((name) => [[name], [`-${name}`]]);
  const all = sorts.map((name, index) => (index % 2 === 0 ? `-${name}` : name));
  return JSON.stringify([[], ...each, ...(all.length > 1 ? [all] : [])]);
}

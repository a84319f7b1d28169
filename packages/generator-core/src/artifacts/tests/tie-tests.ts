import type { EntitySpec, ServiceSpec } from '../../spec/service-spec';
import { isTenant } from '../python/tenancy';
import { isSortedPlainly } from './is-sorted-plainly';
import { mayRepeat } from './may-repeat';
import type { Sampling } from './sampling';

export interface TieTests {
  /** Rows that agree in everything that these orders look at. */
  readonly ties?: { readonly arguments: string; /** Values of `?sort=`; undefined where nothing sorts. */ readonly orders?: string };
}

/** Ids are taken for these rows, so that nothing may refer to them yet. */
export function tieTests(spec: ServiceSpec, entity: EntitySpec, { samples, keyword }: Sampling): TieTests {
  const isDescending = entity.order.some(({ column, descending }) => column === 'id' && descending);
  if (entity.id === 'int' || isTenant(spec, entity) || isDescending) return {};
  const agreed = entity.fields.filter((field) => isSortedPlainly(field.type) && mayRepeat(entity, field) && samples(field) !== undefined);
  const isAgreed = (name: string): boolean => agreed.some((field) => field.name === name);
  const sorts = entity.fields.filter(({ sort, hidden, name }) => sort && !hidden && isAgreed(name)).map(({ name }) => name);
  const order = entity.order.filter(({ column }) => column !== 'id');
  const isPlain = order.every(({ column }) => isAgreed(column));
  const orders = [...(isPlain ? [[]] : []), ...sorts.flatMap((name) => [[name], [`-${name}`]])];
  if (orders.length === 0) return {};
  const named = agreed.filter(({ name }) => sorts.includes(name) || (isPlain && order.some(({ column }) => column === name)));
  return {
    ties: {
      arguments: named.map((field) => keyword(field, samples(field)?.[0] ?? null)).join(''),
      ...(sorts.length > 0 && { orders: JSON.stringify(orders) }),
    },
  };
}

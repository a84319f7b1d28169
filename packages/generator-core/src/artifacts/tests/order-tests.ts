import type { EntitySpec } from '../../spec/service-spec';
import { isSortedPlainly } from './is-sorted-plainly';
import { mayRepeat } from './may-repeat';
import type { Sampling } from './sampling';

export interface OrderTests {
  /** Arguments of rows in the order that lists have by themselves, the first one last; undefined where it is that of the ids, or of what tests cannot set. */
  readonly ordered?: readonly string[];
}

/** Of the columns of the default order the first ones that tests can set: rows that differ in the last of them, in the one before, and so on. */
export function orderTests(entity: EntitySpec, { samples, keyword }: Sampling): OrderTests {
  const columns: { readonly before: string; readonly after: string }[] = [];
  for (const { column, descending } of entity.order) {
    const field = entity.fields.find(({ name }) => name === column);
    const values = field && isSortedPlainly(field.type) ? samples(field) : undefined;
    if (field === undefined || values === undefined || (columns.length > 0 && !mayRepeat(entity, field))) break;
    const [low, high] = values.map((value) => keyword(field, value));
    columns.push({ before: (descending ? high : low) ?? '', after: (descending ? low : high) ?? '' });
    // A page holds three rows of a test at least.
    if (!mayRepeat(entity, field) || columns.length === 2) break;
  }
  if (columns.length === 0) return {};
  const row = (changed: number): string => columns.map(({ before, after }, index) => (index === changed ? after : before)).join('');
  return { ordered: [...columns.map((_column, index) => row(index)), row(-1)] };
}

import type { EntitySpec, ServiceSpec } from '../../spec/service-spec';
import { embedTree, type Embed } from '../python/read-members';
import { relationNamed } from '../python/spec-lookup';
import { computedAssertions } from './computed-assertions';
import { embedAssertions } from './embed-assertions';
import { requiredBy } from './required-by';
import { rowLines } from './row-lines';
import { collectionsOf } from './statement-counts';

export interface FullRowTests {
  /** Statements that make the row, in the variable `row`. */
  readonly lines: readonly string[];
  /** The same for rows of a list, where nothing needs the name. */
  readonly listed: readonly string[];
  /** `body["category"]["id"] == body["category_id"]` */
  readonly assertions: readonly string[];
  /** Whether every collection that is loaded has a row: an empty one loads nothing of what is in its rows. */
  readonly isFilled: boolean;
  /** Entities all of whose rows can be deleted, and what the answer then holds; undefined where nothing of it is deleted softly. */
  readonly emptied?: { readonly entities: readonly string[]; readonly assertions: readonly string[] };
}

/** One row with everything that its reads embed and count, and what the answer then holds. */
export function fullRowTests(spec: ServiceSpec, entity: EntitySpec, owned: string): FullRowTests {
  const embeds = embedTree(spec, entity);
  const counted = entity.computed
    .filter(({ relation }) => !embeds.some((embed) => embed.relation === relation))
    .map(({ relation }) => relation);
  const all: readonly Embed[] = [
    ...embeds,
    ...embedTree(
      spec,
      entity,
      [...new Set(counted)].map((relation) => [relation]),
    ),
  ];
  const lines = rowLines({ spec, entity, embeds: all, variable: 'row', given: owned });
  // The user who asks is there already, so that only rows that refer to them can be added.
  const isAddable = (name: string): boolean => !entity.isUser || ['has_many', 'has_one'].includes(relationNamed(entity, name).kind);
  const addable = all.filter(({ relation }) => isAddable(relation));
  const read = entity.isUser ? rowLines({ spec, entity, embeds: addable, variable: 'row', given: owned }) : lines;
  return {
    listed: lines.some((line) => /=row\b/.test(line)) ? lines : lines.map((line) => line.replace(/^row = /, '')),
    isFilled: embeds.every(({ relation, embeds: inside }) => isAddable(relation) || collectionsOf(inside) === 0),
    lines: entity.isUser ? read.map((line) => (line.startsWith('row = ') ? 'row = actor' : line)) : lines,
    assertions: [
      ...embeds
        .filter(({ relation }) => isAddable(relation))
        .flatMap((embed) => embedAssertions({ spec, entity, embed, container: 'body', given: owned, made: lines })),
      ...computedAssertions({ spec, entity, computed: entity.computed.filter(({ relation }) => isAddable(relation)), made: read }),
    ],
    ...emptiedTests(spec, entity, all),
  };
}

/** Without what the row itself lies in, and without who may ask. */
function emptiedTests(spec: ServiceSpec, entity: EntitySpec, embeds: readonly Embed[]): Pick<FullRowTests, 'emptied'> {
  const kept = new Set([
    ...requiredBy(spec, entity),
    ...(spec.auth ? [spec.auth.user] : []),
    ...(spec.tenancy ? [spec.tenancy.member] : []),
  ]);
  const emptied = embeds.filter(({ target }) => target.softDelete && !kept.has(target.name));
  const isEmptied = (relation: string): boolean => emptied.some((embed) => embed.relation === relation);
  const shown = embedTree(spec, entity).filter(({ relation }) => isEmptied(relation));
  const assertions = [
    ...shown.map(({ relation, many }) => `body["${relation}"] ${many ? '== []' : 'is None'}`),
    ...entity.computed
      .filter(({ relation }) => isEmptied(relation))
      .map(({ name, nullable }) => (nullable ? `body["${name}"] is None` : `float(body["${name}"]) == 0`)),
  ];
  const entities = [...new Set(emptied.map(({ target }) => target.name))];
  return assertions.length === 0 ? {} : { emptied: { entities, assertions } };
}

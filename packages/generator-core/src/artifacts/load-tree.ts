import type { EntitySpec } from '../spec/service-spec';
import type { Embed } from './python/read-members';

/**
 * What is loaded for answers that show these embeds, as a tree like theirs. It is the same tree unless an entity stands in it twice: then
 * the same row may, and whoever loads it last, or in another column of the same statement, decides what it has besides its columns.
 * So each place of an entity loads what any place of it shows. Source: `_populate_full` and `LazyLoader.create_row_processor` of SQLAlchemy 2.1.
 *
 * A collection is not loaded again inside of itself: it is set once its rows are there. Single rows of a statement are loaded once in it.
 */
export function loadTree(root: EntitySpec, embeds: readonly Embed[]): readonly Embed[] {
  return expand(root.name, embeds, { shown: shownOf(root, embeds), above: [] });
}

/** For each entity by its name, the embeds of all its places, by relation. */
type Shown = ReadonlyMap<string, ReadonlyMap<string, Embed>>;

interface Place {
  readonly shown: Shown;
  /** From the root to here. */
  readonly above: readonly Edge[];
}

interface Edge {
  readonly source: string;
  readonly relation: string;
  readonly many: boolean;
}

function shownOf(root: EntitySpec, embeds: readonly Embed[]): Shown {
  const shown = new Map<string, Map<string, Embed>>();
  const add = (entity: string, inner: readonly Embed[]): void => {
    const known = shown.get(entity) ?? new Map<string, Embed>();
    shown.set(entity, known);
    for (const embed of inner) {
      if (!known.has(embed.relation)) known.set(embed.relation, embed);
      add(embed.target.name, embed.embeds);
    }
  };
  add(root.name, embeds);
  return shown;
}

function expand(entity: string, own: readonly Embed[], place: Place): readonly Embed[] {
  const relations = new Set(own.map(({ relation }) => relation));
  // Rows of a relation to the entity itself are others than the row around.
  const isSelf = place.above.at(-1)?.source === entity;
  const others = isSelf ? [] : [...(place.shown.get(entity)?.values() ?? [])].filter(({ relation }) => !relations.has(relation));
  const added = others.filter(({ relation, many }) => !isLoading({ source: entity, relation, many }, place.above));
  return [...own, ...added].map((embed) => {
    const above = [...place.above, { source: entity, relation: embed.relation, many: embed.many }];
    const inner = own.includes(embed) ? embed.embeds : [];
    return { ...embed, embeds: expand(embed.target.name, inner, { ...place, above }) };
  });
}

function isLoading({ source, relation, many }: Edge, above: readonly Edge[]): boolean {
  const statement = many ? above : above.slice(above.findLastIndex((edge) => edge.many) + 1);
  return statement.some((edge) => edge.source === source && edge.relation === relation);
}

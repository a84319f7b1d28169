import type { EntitySpec } from '../spec/service-spec';
import type { Embed } from './python/read-members';

/**
 * What is loaded for answers that show these embeds, as a tree like theirs. It is the same tree unless an entity stands twice in what one
 * statement reads: then both may be the same row, which has what the place shows that comes first in a row of the result, and nothing else.
 * So each place of an entity in a statement loads what any place of it there shows. Source: `_populate_full` of SQLAlchemy 2.1, which
 * treats the second place as seen already. Statements after that one fill in what is not loaded yet.
 */
export function loadTree(root: EntitySpec, embeds: readonly Embed[]): readonly Embed[] {
  return expand(root.name, embeds, { shown: shownOf(root, embeds), above: [] });
}

/** For each entity by its name, the embeds of all its places in a statement, by relation. */
type Shown = ReadonlyMap<string, ReadonlyMap<string, Embed>>;

interface Place {
  readonly shown: Shown;
  /** From the root of the statement to here. */
  readonly above: readonly Edge[];
}

interface Edge {
  readonly source: string;
  readonly relation: string;
}

function shownOf(root: EntitySpec, embeds: readonly Embed[]): Shown {
  const shown = new Map<string, Map<string, Embed>>();
  const add = (entity: string, inner: readonly Embed[]): void => {
    const known = shown.get(entity) ?? new Map<string, Embed>();
    shown.set(entity, known);
    for (const embed of inner) {
      if (!known.has(embed.relation)) known.set(embed.relation, embed);
      if (!embed.many) add(embed.target.name, embed.embeds);
    }
  };
  add(root.name, embeds);
  return shown;
}

function expand(entity: string, own: readonly Embed[], { shown, above }: Place): readonly Embed[] {
  const relations = new Set(own.map(({ relation }) => relation));
  // Rows of a relation to the entity itself are others than the row around.
  const isSelf = above.at(-1)?.source === entity;
  const isRead = ({ relation }: Embed): boolean => above.some((edge) => edge.source === entity && edge.relation === relation);
  const others = isSelf ? [] : [...(shown.get(entity)?.values() ?? [])];
  const added = others.filter((embed) => !relations.has(embed.relation) && !isRead(embed));
  return [...own, ...added].map((embed) => ({
    ...embed,
    // A collection has a statement of its own.
    embeds: embed.many
      ? loadTree(embed.target, embed.embeds)
      : expand(embed.target.name, own.includes(embed) ? embed.embeds : [], {
          shown,
          above: [...above, { source: entity, relation: embed.relation }],
        }),
  }));
}

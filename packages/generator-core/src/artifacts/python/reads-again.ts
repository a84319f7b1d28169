import type { EntitySpec } from '../../spec/service-spec';
import type { Embed } from './read-members';
import { relationNamed } from './spec-lookup';

/**
 * Whether a row may stand in an answer once more behind relations of its entity to itself: in a collection of its own, or as what a row of that
 * refers to. The statement that reads the collection overwrites the row, and takes away what only its first place shows.
 */
export function readsAgain(entity: EntitySpec, embeds: readonly Embed[]): boolean {
  return (
    embeds.some((embed) => embed.target.name === entity.name && isReadAgain(entity, embeds, [], embed)) ||
    embeds.some((embed) => readsAgain(embed.target, embed.embeds))
  );
}

/** `above`: what leads from the row's first place to the embed, all of it rows of the same entity. */
function isReadAgain(entity: EntitySpec, first: readonly Embed[], above: readonly Embed[], embed: Embed): boolean {
  const way = [...above, embed];
  const isLater = way.some(({ many }) => many);
  const isOwn = above.length > 0 || mayHoldItself(entity, embed);
  return (
    (isLater &&
      isOwn &&
      first.some((shown) => !embed.embeds.some(({ relation }) => relation === shown.relation) && !isFilledAfter(shown, way))) ||
    embed.embeds.some((inner) => inner.target.name === entity.name && isReadAgain(entity, first, way, inner))
  );
}

/** A row is in no collection of its own that the database keeps it out of. */
function mayHoldItself(entity: EntitySpec, { relation }: Embed): boolean {
  const own = relationNamed(entity, relation);
  return own.kind !== 'many_to_many' || own.reflexive;
}

/** A collection is filled once its rows are there. */
function isFilledAfter(shown: Embed, way: readonly Embed[]): boolean {
  return shown.many && way[0]?.relation === shown.relation;
}

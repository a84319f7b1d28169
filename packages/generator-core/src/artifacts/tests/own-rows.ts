import type { Embed } from '../python/read-members';
import { belongsTo, relationNamed } from '../python/spec-lookup';

/** Collections of a row that is there already: more rows may be put into those, whatever is in them. */
export function ownRows(embed: Embed): readonly Embed[] {
  return embed.embeds.filter((inner) => {
    const relation = relationNamed(embed.target, inner.relation);
    const isOpen = relation.kind === 'has_many' && !belongsTo(inner.target).some(({ name, unique }) => name === relation.via && unique);
    return relation.kind === 'many_to_many' || isOpen;
  });
}

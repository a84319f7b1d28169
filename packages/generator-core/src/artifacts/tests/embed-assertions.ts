import type { EntitySpec, RelationSpec, ServiceSpec } from '../../spec/service-spec';
import { summaryMembers, type Embed } from '../python/read-members';
import { relationNamed } from '../python/spec-lookup';
import { ownRows } from './own-rows';
import { pythonSet } from './python-set';
import { besideArgument } from './tenant-arguments';

interface EmbedAssertion {
  readonly spec: ServiceSpec;
  readonly entity: EntitySpec;
  readonly embed: Embed;
  readonly container: string;
  /** Arguments that the row around is made with. */
  readonly given: string;
  /** Whether the row around was there before. */
  readonly isKnown?: boolean;
  /** All lines that make rows. */
  readonly made: readonly string[];
  /** The relation that leads to the row around: its other end holds more than the test puts into it. */
  readonly from?: RelationSpec;
}

export function embedAssertions({ spec, entity, embed, container, given, isKnown = false, made, from }: EmbedAssertion): readonly string[] {
  const relation = relationNamed(entity, embed.relation);
  const member = `${container}["${embed.relation}"]`;
  const one = embed.many ? `${member}[0]` : member;
  const keys = [...summaryMembers(spec, embed.target).map(({ name }) => name), ...embed.embeds.map((inner) => inner.relation)];
  const leadsBack = from?.kind === 'many_to_many' && from.inverse === embed.relation;
  const link =
    relation.kind === 'belongs_to'
      ? `${member}["id"] == ${container}["${relation.column}"]`
      : relation.kind === 'many_to_many'
        ? isKnown || leadsBack || made.some((line) => line.includes(`, ${relation.inverse}=[row]`))
          ? member
          : `len(${member}) == 1`
        : `${one}["${relation.viaColumn}"] == ${container}["id"]`;
  const isGiven = given.includes(`, ${embed.relation}=`);
  const inside = relation.kind === 'has_many' || relation.kind === 'has_one' ? `, ${relation.via}=` : '';
  return [
    link,
    `set(${one}) == ${pythonSet(keys)}`,
    ...(isGiven ? ownRows(embed) : embed.embeds).flatMap((inner) =>
      embedAssertions({
        spec,
        entity: embed.target,
        embed: inner,
        container: one,
        given: `${inside}${besideArgument(spec, entity, embed.target)}`,
        isKnown: isGiven,
        made,
        from: relation,
      }),
    ),
  ];
}

import type { EntitySpec, ServiceSpec } from '../../spec/service-spec';
import type { Embed } from '../python/read-members';
import { relationNamed } from '../python/spec-lookup';
import { hasTenant, isTenant } from '../python/tenancy';
import { isOneForEach } from './is-one-for-each';
import { ownRows } from './own-rows';
import { besideArgument, tenantArgument } from './tenant-arguments';

export function rowLines({
  spec,
  entity,
  embeds,
  variable,
  given,
  tenant: tenantAround,
  isReferredTo = false,
}: {
  readonly spec: ServiceSpec;
  readonly entity: EntitySpec;
  readonly embeds: readonly Embed[];
  readonly variable: string;
  readonly given: string;
  /** The variable of the tenant that the rows lie in, where it is not the test's fixture. */
  readonly tenant?: string | undefined;
  /** Whether a row that is made later refers to this one. */
  readonly isReferredTo?: boolean;
}): readonly string[] {
  const tenant = isTenant(spec, entity) ? variable : tenantAround;
  const before: string[] = [];
  const after: string[] = [];
  let keywords = given;
  for (const embed of embeds) {
    const relation = relationNamed(entity, embed.relation);
    const name = `${variable}_${embed.relation}`;
    if (relation.kind === 'has_many' || relation.kind === 'has_one') {
      const isFree = !hasTenant(spec, entity) || embed.target.tenant === undefined || embed.target.tenant[0] === relation.via;
      const within = isFree ? '' : tenantArgument(spec, embed.target, tenant);
      after.push(
        ...rowLines({
          spec,
          entity: embed.target,
          embeds: embed.embeds,
          variable: name,
          given: `${within}, ${relation.via}=${variable}`,
          tenant,
        }),
      );
    } else if (!given.includes(`, ${embed.relation}=`)) {
      before.push(
        ...rowLines({
          spec,
          entity: embed.target,
          // The row itself is in the collection already, and may be the only one there.
          embeds: isOneForEach(entity, embed.relation) ? embed.embeds.filter((inner) => !leadsBack(entity, embed, inner)) : embed.embeds,
          variable: name,
          given: besideArgument(spec, entity, embed.target, { tenant }),
          tenant,
          isReferredTo: true,
        }),
      );
      keywords += `, ${embed.relation}=${relation.kind === 'many_to_many' ? `[${name}]` : name}`;
    } else after.push(...linesOfGiven({ spec, entity, embed, variable: givenVariable(given, embed.relation), tenant }));
  }
  const made = `await make_${entity.module}(session${keywords})`;
  const isUsed =
    variable === 'row' || isReferredTo || after.some((line) => line.includes(`=${variable})`) || line.includes(`=${variable},`));
  return [...before, isUsed ? `${variable} = ${made}` : made, ...after];
}

/** Rows that refer to one that is there already, as far as its own embeds show them. */
function linesOfGiven({
  spec,
  entity,
  embed,
  variable,
  tenant,
}: {
  readonly spec: ServiceSpec;
  readonly entity: EntitySpec;
  readonly embed: Embed;
  readonly variable: string;
  readonly tenant: string | undefined;
}): readonly string[] {
  return ownRows(embed).flatMap((inner) => {
    const relation = relationNamed(embed.target, inner.relation);
    const back =
      relation.kind === 'many_to_many'
        ? `${relation.inverse}=[${variable}]`
        : relation.kind === 'has_many'
          ? `${relation.via}=${variable}`
          : '';
    const isBeside = relation.kind === 'has_many' && inner.target.tenant?.[0] === relation.via;
    const beside = isBeside ? '' : besideArgument(spec, entity, inner.target, { tenant });
    return rowLines({
      spec,
      entity: inner.target,
      embeds: inner.embeds,
      variable: `${variable}_${inner.relation}`,
      given: `${beside}, ${back}`,
      tenant,
    });
  });
}

/** Whether `inner` holds the rows of the entity whose relation the embed is. */
function leadsBack(entity: EntitySpec, embed: Embed, inner: Embed): boolean {
  const relation = relationNamed(embed.target, inner.relation);
  return (
    inner.target.name === entity.name && (relation.kind === 'has_many' || relation.kind === 'has_one') && relation.via === embed.relation
  );
}

/** `actor` in `, author=actor`. */
function givenVariable(given: string, relation: string): string {
  return new RegExp(`, ${relation}=(\\w+)`).exec(given)?.[1] ?? 'row';
}

import { snakeCase } from '../../src/spec/naming';
import { reservedFieldNames } from '../../src/spec/reserved-names';
import type { EntityDraft, SpecDraft, TenancyDraft } from './draft';
import { newEntity, type Defaults } from './new-entity';
import type { Random } from './random';
import { freeName, longestIdentifier } from './random-relations';
import { memberNames, tenantRoles } from './words.data';

/** Who shares rows with whom; undefined where nothing could be a tenant. */
export function randomTenancy(
  random: Random,
  entities: readonly EntityDraft[],
  auth: NonNullable<SpecDraft['auth']>,
): TenancyDraft | undefined {
  const tenant = entities.find(({ isUser }) => !isUser);
  const taken = new Set(entities.map(({ name }) => name));
  const member = random.pick(memberNames);
  // Links lead to earlier entities only.
  if (tenant === undefined || entities[0]?.isUser !== true || taken.has(member)) return undefined;
  const roles = random.shuffled(tenantRoles.filter((role) => !auth.roles.includes(role))).slice(0, 1 + random.below(4));
  return {
    entity: tenant.name,
    member,
    enum: `${member}Role`,
    roles,
    ...(random.chance(0.8) && { creator: random.pick(roles) }),
    tenantLink: random.chance(0.7) && !reservedFieldNames.has(snakeCase(tenant.name)) ? snakeCase(tenant.name) : 'place',
    userLink: random.chance(0.7) ? snakeCase(auth.user) : 'who',
  };
}

interface TenancyScope {
  readonly tenancy: TenancyDraft;
  readonly entities: readonly EntityDraft[];
  readonly defaults: Defaults;
}

/** The entities with the memberships, and with ways to the tenant from some of them. */
export function withTenancy(random: Random, { tenancy, entities, defaults }: TenancyScope): readonly EntityDraft[] {
  const [user, ...others] = entities;
  const [tenant, ...rest] = others;
  if (user === undefined || tenant === undefined) return entities;
  const inside: EntityDraft[] = [tenant];
  for (const entity of rest) {
    if (!random.chance(0.6)) continue;
    const parent = random.pick(inside);
    const names = [snakeCase(parent.name), 'place', 'home'].filter(
      (name) => `fk_${entity.table}_${name}_id_${parent.table}`.length <= longestIdentifier,
    );
    const name = freeName(random, entity, names);
    if (name === undefined) continue;
    entity.relations.push({
      kind: 'belongs_to',
      name,
      target: parent.name,
      nullable: false,
      onDelete: random.pick(['cascade', 'restrict']),
      flags: random.chance(0.4) ? ['filter'] : [],
    });
    entity.tenant = parent === tenant ? name : `${name}.${parent.tenant ?? ''}`;
    inside.push(entity);
  }
  return [user, tenant, membership(random, { tenancy, entities, defaults }), ...rest];
}

function membership(random: Random, { tenancy, entities, defaults }: TenancyScope): EntityDraft {
  const member = newEntity(random, tenancy.member, defaults);
  const user = entities.find(({ isUser }) => isUser)!;
  const links = [
    { name: tenancy.tenantLink, target: tenancy.entity },
    { name: tenancy.userLink, target: user.name },
  ];
  member.fields.push({
    name: 'role',
    kind: 'enum',
    type: tenancy.enum,
    nullable: false,
    flags: random.pick([[], ['filter'], ['filter', 'sort']]),
    values: tenancy.roles,
    ...(random.chance(0.4) && { default: tenancy.roles[0]! }),
  });
  for (const { name, target } of links) {
    for (const taken of [name, `${name}_id`, `${name}_ids`]) member.taken.add(taken);
    member.relations.push({
      kind: 'belongs_to',
      name,
      target,
      nullable: false,
      onDelete: 'cascade',
      flags: random.chance(0.3) ? ['filter'] : [],
    });
  }
  member.tenant = tenancy.tenantLink;
  member.other['unique'] = [links.map(({ name }) => name)];
  return member;
}

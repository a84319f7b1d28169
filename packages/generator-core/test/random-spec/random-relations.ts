import { pluralOf, snakeCase } from '../../src/spec/naming';
import type { EntityDraft, RelationDraft, TenancyDraft } from './draft';
import type { Random } from './random';
import { reservedFieldNames } from '../../src/spec/reserved-names';
import { collectionNames, manyNames, oneNames, relationNames, texts } from './words.data';

type Link = Extract<RelationDraft, { readonly kind: 'belongs_to' }>;

/** Links both ways between entities. Required links lead to earlier entities only, so that they make no ring. */
export function addRelations(
  random: Random,
  entities: readonly EntityDraft[],
  { user, tenancy }: { readonly user: string | undefined; readonly tenancy: TenancyDraft | undefined },
): void {
  for (const [index, entity] of entities.entries()) {
    // A membership is that of one user in one tenant, and nothing else.
    if (entity.name === tenancy?.member) continue;
    for (let count = random.below(4); count > 0; count -= 1) addLink(random, entity, entities, index);
    if (user !== undefined && random.chance(0.45)) addOwner(random, entity, entities, user);
  }
  const nesting = new Map<string, Set<string>>();
  for (const entity of entities) {
    for (const link of entity.relations) if (link.kind === 'belongs_to') addWayBack(random, entity, link, { entities, tenancy, nesting });
  }
  for (const entity of entities) if (random.chance(0.3)) addManyToMany(random, entity, entities);
}

/** PostgreSQL cuts longer names. */
export const longestIdentifier = 63;

/** A name that is free at the entity, together with what is made from it. */
export function freeName(random: Random, { taken }: EntityDraft, names: readonly string[]): string | undefined {
  const free = names.filter(
    (name) => !reservedFieldNames.has(name) && [name, `${name}_id`, `${name}_ids`].every((member) => !taken.has(member)),
  );
  if (free.length === 0) return undefined;
  const name = random.pick(free);
  for (const member of [name, `${name}_id`, `${name}_ids`]) taken.add(member);
  return name;
}

function addLink(random: Random, entity: EntityDraft, entities: readonly EntityDraft[], index: number): void {
  const isRequired = index > 0 && random.chance(0.5);
  const target = isRequired ? random.pick(entities.slice(0, index)) : random.chance(0.25) ? entity : random.pick(entities);
  const names = random.chance(0.5) ? [snakeCase(target.name)] : relationNames;
  const fitting = names.filter((name) => `fk_${entity.table}_${name}_id_${target.table}`.length <= longestIdentifier);
  const name = freeName(random, entity, fitting);
  if (name === undefined) return;
  const actions = ['cascade', 'restrict', ...(isRequired ? [] : ['set_null'])] as const;
  entity.relations.push({
    kind: 'belongs_to',
    name,
    target: target.name,
    nullable: !isRequired,
    ...(random.chance(0.6) && { onDelete: random.pick(actions) as Link['onDelete'] }),
    flags: (['filter', 'unique', 'immutable'] as const).filter((flag) =>
      random.chance({ filter: 0.5, unique: 0.1, immutable: 0.12 }[flag]),
    ),
    ...(random.chance(0.1) && { description: random.pick(texts) }),
  } as Link);
}

function addOwner(random: Random, entity: EntityDraft, entities: readonly EntityDraft[], user: string): void {
  if (entity.name === user) return;
  const known = entity.relations.find((relation): relation is Link => relation.kind === 'belongs_to' && relation.target === user);
  if (known !== undefined) {
    entity.owner = known.name;
    return;
  }
  const name = freeName(random, entity, ['owner', 'author', 'made_by']);
  if (name === undefined) return;
  const position = (wanted: string): number => entities.findIndex((other) => other.name === wanted);
  const nullable = position(user) > position(entity.name);
  entity.relations.push({ kind: 'belongs_to', name, target: user, nullable, onDelete: random.pick(['cascade', 'restrict']), flags: [] });
  entity.owner = name;
}

interface WayBack {
  readonly entities: readonly EntityDraft[];
  readonly tenancy: TenancyDraft | undefined;
  readonly nesting: Map<string, Set<string>>;
}

/** Users need a password, and in a tenant that is only being made there is nothing to refer to. */
function mayNest({
  entity,
  link,
  target,
  tenancy,
}: {
  readonly entity: EntityDraft;
  readonly link: Link;
  readonly target: EntityDraft;
  readonly tenancy: TenancyDraft | undefined;
}): boolean {
  if (entity.isUser || (entity.tenant !== undefined && target.tenant === undefined && target.name !== tenancy?.entity)) return false;
  const isFree = entity.relations.every(({ kind, name }) => kind !== 'belongs_to' || name === link.name || name === entity.owner);
  return link.target !== tenancy?.entity || (isFree && entity.name !== tenancy.member);
}

/** The has_many or has_one at the other end; rows nest only where no ring of nesting comes of it. */
function addWayBack(random: Random, entity: EntityDraft, link: Link, { entities, tenancy, nesting }: WayBack): void {
  const target = entities.find(({ name }) => name === link.target)!;
  if (!random.chance(0.5)) return;
  const isOne = link.flags.includes('unique') && random.chance(0.7);
  const names = isOne ? oneNames : collectionNames;
  const name = freeName(random, target, random.chance(0.5) ? [isOne ? snakeCase(entity.name) : pluralOf(snakeCase(entity.name))] : names);
  if (name === undefined) return;
  const isNested = random.chance(0.3) && !reaches(nesting, entity.name, target.name) && mayNest({ entity, link, target, tenancy });
  if (isNested) nesting.set(target.name, new Set([...(nesting.get(target.name) ?? []), entity.name]));
  const mayCascade = link.onDelete === undefined || link.onDelete === 'cascade';
  target.relations.push({
    kind: isOne ? 'has_one' : 'has_many',
    name,
    target: entity.name,
    via: link.name,
    flags: [...(mayCascade && random.chance(0.5) ? (['cascade'] as const) : []), ...(isNested ? (['nested'] as const) : [])],
    ...(random.chance(0.1) && { description: random.pick(texts) }),
  });
}

function reaches(nesting: ReadonlyMap<string, ReadonlySet<string>>, from: string, goal: string): boolean {
  return from === goal || [...(nesting.get(from) ?? [])].some((next) => reaches(nesting, next, goal));
}

function addManyToMany(random: Random, entity: EntityDraft, entities: readonly EntityDraft[]): void {
  const target = random.pick(entities);
  // The table of the link is named after both, at whichever end comes first.
  if ([entity, target].some(({ name, table }) => name.length > 11 || table.length > 14)) return;
  const isLinked = (one: EntityDraft, other: EntityDraft): boolean =>
    one.relations.some((relation) => relation.kind === 'many_to_many' && relation.target === other.name);
  if (isLinked(entity, target) || isLinked(target, entity)) return;
  const local = snakeCase(entity.name);
  const names = (random.chance(0.5) ? [pluralOf(snakeCase(target.name))] : manyNames).filter((name) =>
    [entity, target].every((end) => `fk_${local}_${name}_${snakeCase(end.name)}_id_${end.table}`.length <= longestIdentifier),
  );
  const name = freeName(random, entity, names);
  if (name === undefined) return;
  const isItself = target === entity;
  const wayBack = isItself ? 'named' : random.pick(['implied', 'named', 'written'] as const);
  const back = freeName(random, target, wayBack === 'implied' ? [pluralOf(snakeCase(entity.name))] : manyNames);
  if (back === undefined) return;
  entity.relations.push({
    kind: 'many_to_many',
    name,
    target: target.name,
    ...(wayBack !== 'implied' && { inverse: back }),
    flags: [...(random.chance(0.5) ? (['filter'] as const) : []), ...(isItself && random.chance(0.5) ? (['reflexive'] as const) : [])],
    ...(random.chance(0.1) && { description: random.pick(texts) }),
  });
  if (wayBack === 'written')
    target.relations.push({
      kind: 'many_to_many',
      name: back,
      target: entity.name,
      inverse: name,
      flags: random.chance(0.5) ? ['filter'] : [],
    });
}

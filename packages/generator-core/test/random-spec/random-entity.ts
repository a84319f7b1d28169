import { pluralOf, snakeCase } from '../../src/spec/naming';
import type { EntityDraft, FieldDraft, RelationDraft, SpecDraft } from './draft';
import type { Random } from './random';
import { randomField } from './random-field';
import { viewerLists } from './random-access';
import { fieldNames, texts } from './words.data';

type Surroundings = Pick<SpecDraft, 'enums' | 'structs' | 'auth' | 'tenancy'>;

/** Columns of an entity whose links are known; the user entity has what people log in with already. */
export function addFields(random: Random, entity: EntityDraft, { enums, structs, auth, tenancy }: Surroundings): void {
  const viewers = viewerLists(random, { auth, tenancy, entity });
  for (let count = random.below(random.chance(0.2) ? 12 : 6) + 1; count > 0; count -= 1) {
    const name = random.pick(fieldNames);
    if (entity.taken.has(name)) continue;
    entity.taken.add(name);
    const field = randomField(random, name, {
      enums,
      structs: structs.map((struct) => struct.name),
      slugSources: entity.fields
        .filter(({ kind, nullable, flags }) => kind === 'string' && !nullable && !flags.includes('hidden'))
        .map((field) => field.name),
      isQuery: false,
      isColumn: true,
      viewers,
    });
    // Who makes a tenant becomes its member, with a role and nothing else.
    const isLeftOut = field.nullable || field.default !== undefined || field.kind === 'slug';
    if (entity.name !== tenancy?.member || isLeftOut) entity.fields.push(field);
  }
}

/** Numbers within a required parent; rows that are written inside of others count within those. */
export function addSequence(random: Random, entity: EntityDraft, entities: readonly EntityDraft[]): void {
  const links = entity.relations.filter((relation) => relation.kind === 'belongs_to' && !relation.nullable);
  const nested = entities.flatMap(({ relations }) =>
    relations.flatMap((relation) =>
      (relation.kind === 'has_many' || relation.kind === 'has_one') && relation.target === entity.name && relation.flags.includes('nested')
        ? [relation.via]
        : [],
    ),
  );
  const parents = links.filter(({ name }) => nested.every((via) => via === name));
  if (parents.length === 0 || entity.taken.has('number') || !random.chance(0.2)) return;
  const flags = (['filter', 'sort', 'readonly'] as const).filter(() => random.chance(0.5));
  entity.taken.add('number');
  entity.fields.push({
    name: 'number',
    kind: 'sequence',
    type: `sequence(${random.pick(parents).name})`,
    nullable: false,
    flags,
    values: [1],
  });
}

/** What speaks of several members: unique together, indexes, checks, computed values, and how the routes look. */
export function addRules(random: Random, entity: EntityDraft, { entities, tenancy }: SpecDraft): void {
  const links = entity.relations.filter((relation) => relation.kind === 'belongs_to');
  const keyed = entity.fields.filter(({ kind }) => !['json', 'bytes', 'text'].includes(kind));
  const columns = [...links.map(({ name }) => name), ...keyed.map(({ name }) => name)].filter((name) => name.length < 16);
  const [first, second] = random.shuffled(columns);
  if (first !== undefined && second !== undefined) {
    if (random.chance(0.2) && entity.other['unique'] === undefined) entity.other['unique'] = [[first, second]];
    if (random.chance(0.2)) entity.other['indexes'] = [random.chance(0.5) ? [first, `-${second}`] : [second]];
  }
  addChecks(random, entity, links);
  addComputed(random, entity, entities);
  addApi(random, entity, { entities, tenancy }, columns);
  if (random.chance(0.15)) entity.other['description'] = random.pick(texts);
}

/** Conditions that every row meets, so that factories, which know nothing of them, can make rows. */
function addChecks(random: Random, entity: EntityDraft, links: readonly RelationDraft[]): void {
  const checks: Record<string, string> = {};
  const isWord = ({ name }: { readonly name: string }): boolean => name.length < 20 && !sqlWords.has(name);
  const itself = links.find((link) => link.target === entity.name);
  if (itself !== undefined && random.chance(0.4)) checks['not_itself'] = `${itself.name}_id <> id`;
  const text = entity.fields.find((field) => field.kind === 'string' && !field.nullable && isWord(field));
  if (text !== undefined && random.chance(0.2)) checks['no_ghosts'] = `${text.name} <> 'no, it''s bad: 100%'`;
  const number = entity.fields.find((field) => field.kind === 'int' && field.nullable && isWord(field));
  if (number !== undefined && Number(number.min ?? 0) > -2_000_000_000 && random.chance(0.4))
    checks['sound'] = `${number.name} is null or\n  ${number.name} > -2000000000`;
  if (Object.keys(checks).length > 0) entity.other['checks'] = checks;
}

/** Columns that a condition cannot name, since they are its own words. */
const sqlWords = new Set(['case', 'end']);

function addComputed(random: Random, entity: EntityDraft, entities: readonly EntityDraft[]): void {
  const computed: Record<string, unknown> = {};
  for (const relation of entity.relations) {
    if (relation.kind === 'belongs_to' || relation.kind === 'has_one' || !random.chance(0.5)) continue;
    const target = entities.find(({ name }) => name === relation.target)!;
    const fields = target.fields.filter(({ flags, visible }) => !flags.includes('hidden') && visible === undefined);
    const value = randomAggregate(random, relation.name, fields);
    const name = `${random.pick(['total', 'n', 'mean', 'top'])}_${relation.name}`;
    if (entity.taken.has(name)) continue;
    entity.taken.add(name);
    computed[name] = { ...value, ...(random.chance(0.2) && { describe: random.pick(texts) }) };
  }
  if (Object.keys(computed).length > 0) entity.other['computed'] = computed;
}

const numbers = ['int', 'bigint', 'float', 'decimal'];
const ordered = [...numbers, 'date', 'datetime', 'time'];

function randomAggregate(random: Random, relation: string, fields: readonly FieldDraft[]): { readonly type: string; readonly sql: string } {
  const aggregate = random.pick(['count', 'avg', 'sum', 'min', 'max']);
  const usable = fields.filter(({ kind }) => (aggregate === 'avg' || aggregate === 'sum' ? numbers : ordered).includes(kind));
  if (aggregate === 'count' || usable.length === 0) return { type: random.pick(['int', 'bigint']), sql: `count(${relation})` };
  const field = random.pick(usable);
  const sql = `${aggregate}(${relation}.${field.name})`;
  if (aggregate === 'avg') return { type: random.pick(['float?', 'decimal(12,4)?']), sql };
  if (aggregate === 'sum')
    return { type: `${field.kind === 'int' ? random.pick(['int', 'bigint']) : field.type}${random.pick(['', '?'])}`, sql };
  return { type: `${field.type}?`, sql };
}

type Neighbours = Pick<SpecDraft, 'entities' | 'tenancy'>;

function addApi(random: Random, entity: EntityDraft, neighbours: Neighbours, columns: readonly string[]): void {
  const api: Record<string, unknown> = {};
  const plural = pluralOf(snakeCase(entity.name)).replaceAll('_', '-');
  if (random.chance(0.12)) api['path'] = random.pick([`/my/${plural}`, `/${plural}.v1`, `/All-${plural}`]);
  if (random.chance(0.15)) api['expose'] = exposed(random, entity);
  const embed = randomEmbeds(random, entity, neighbours);
  if (embed.length > 0) api['embed'] = embed;
  const order = random.shuffled([...columns, 'id', ...(entity.timestamps ? ['created_at'] : [])]).slice(0, 1 + random.below(2));
  if (random.chance(0.3)) api['order'] = order.map((column) => (random.chance(0.5) ? `-${column}` : column));
  if (random.chance(0.2)) Object.assign(api, random.pick([{ page: 3, max_page: 5 }, { max_page: 1 }, { page: 2 }, { max_page: 1000 }]));
  if (random.chance(0.2) && fitsCursor(entity, (api['order'] ?? []) as readonly string[])) api['pagination'] = 'keyset';
  if (random.chance(0.1)) api['tag'] = random.pick(['Things', 'a "tag"', 'x/y']);
  if (Object.keys(api).length > 0) entity.other['api'] = api;
}

/** A cursor shows what its row was sorted by, so that must be short and for everybody to see. */
function fitsCursor({ fields }: EntityDraft, order: readonly string[]): boolean {
  const sorted = fields.filter(({ name, flags }) => flags.includes('sort') || order.some((column) => column.replace('-', '') === name));
  return sorted.every(
    ({ kind, type, flags, visible }) =>
      !['text', 'url', 'email'].includes(kind) && type !== 'string(10000)' && !flags.includes('hidden') && visible === undefined,
  );
}

/** The verbs that have an access line, some of them. */
function exposed(random: Random, { access }: EntityDraft): readonly string[] {
  const writes = access.write !== undefined;
  const verbs = [
    ...(access.read || access.list ? ['list'] : []),
    ...(access.read ? ['read'] : []),
    ...(access.create || writes ? ['create'] : []),
    ...(access.update || writes ? ['update', 'replace'] : []),
    ...(access.delete || writes ? ['delete'] : []),
  ];
  return verbs.filter(() => random.chance(0.6));
}

/** Paths of one to three relations; rows outside of tenants cannot show rows of tenants. */
function randomEmbeds(random: Random, entity: EntityDraft, { entities, tenancy }: Neighbours): readonly string[] {
  const paths = new Set<string>();
  const isInside = ({ name, tenant }: EntityDraft): boolean => tenant !== undefined || name === tenancy?.entity;
  const ends = (relations: EntityDraft['relations']) =>
    relations
      .map(({ name, target }) => ({ name, target: entities.find((other) => other.name === target)! }))
      .filter(({ target }) => isInside(entity) || !isInside(target));
  for (const first of ends(entity.relations)) {
    if (!random.chance(0.4)) continue;
    const steps = [first.name];
    let following = ends(first.target.relations);
    while (steps.length < 3 && following.length > 0 && random.chance(0.35)) {
      const next = random.pick(following);
      steps.push(next.name);
      following = ends(next.target.relations);
    }
    paths.add(steps.join('.'));
  }
  return [...paths];
}

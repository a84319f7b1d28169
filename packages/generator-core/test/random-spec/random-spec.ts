import { stringify } from 'yaml';
import { pluralOf, snakeCase } from '../../src/spec/naming';
import type { EntityDraft, SpecDraft } from './draft';
import { newEntity, type Defaults } from './new-entity';
import { randomFrom, type Random } from './random';
import { randomAccess } from './random-access';
import { addFields, addRules, addSequence } from './random-entity';
import { randomField } from './random-field';
import { randomOperations } from './random-operation';
import { addRelations } from './random-relations';
import { randomSeed } from './random-seed';
import { randomTenancy, withTenancy } from './random-tenancy';
import { entityNames, enumNames, enumValues, fieldNames, roleNames, structNames, texts, userNames } from './words.data';
import { writeField } from './write-field';
import { writeRelation } from './write-relation';

export type SpecSize = 'small' | 'any';

/** The document of a valid spec; the same seed gives the same document. */
export function randomDocument(seed: number, size: SpecSize = 'any'): Readonly<Record<string, unknown>> {
  const random = randomFrom(seed);
  // Choices of their own: a construct more must not make other specs of all seeds.
  const softly = randomSoftDelete(randomFrom(seed + 1_000_003));
  const defaults = { ...randomDefaults(random), ...(softly.isDefault && { soft_delete: true }) };
  const auth = random.chance(0.65) ? randomAuth(random) : undefined;
  const plainEnums = randomEnums(random);
  const structs = randomStructs(random, plainEnums);
  const plainEntities = randomEntities(random, { defaults, auth, size });
  const tenancy = auth && random.chance(0.45) ? randomTenancy(random, plainEntities, auth) : undefined;
  const enums = tenancy === undefined ? plainEnums : [...plainEnums, { name: tenancy.enum, values: tenancy.roles }];
  const entities = tenancy === undefined ? plainEntities : withTenancy(random, { tenancy, entities: plainEntities, defaults });
  const draft: SpecDraft = { enums, structs, ...(auth && { auth }), ...(tenancy && { tenancy }), entities };
  for (const entity of draft.entities) entity.softDelete = softly.next();
  addRelations(random, draft.entities, { user: auth?.user, tenancy });
  for (const entity of draft.entities) addFields(random, entity, draft);
  for (const entity of draft.entities) if (entity.name !== tenancy?.member) addSequence(random, entity, draft.entities);
  for (const entity of draft.entities) entity.access = randomAccess(random, { auth, tenancy, entity });
  for (const entity of draft.entities) addRules(random, entity, draft);
  const operations = random.chance(0.7) ? randomOperations(random, draft) : undefined;
  const seed_ = random.chance(0.4) ? randomSeed(random, draft) : undefined;
  return {
    service: random.pick([
      'shop',
      'my-shop',
      'x',
      'a_b-c',
      'sqlalchemy',
      'app',
      'tests',
      'a-very-long-name-of-a-service-that-does-things',
      'json',
    ]),
    ...(random.chance(0.3) && { version: random.pick(['1.0.0', '0.1', '2026.11']) }),
    ...(random.chance(0.5) && { description: random.pick(texts.filter((text) => !text.includes('\n'))) }),
    ...(Object.keys(defaults).length > 0 && { defaults }),
    ...(auth && { auth: writeAuth(random, needsRows(draft, auth.user) ? { ...auth, register: false } : auth) }),
    ...(tenancy && { tenancy: writeTenancy(random, tenancy) }),
    ...(random.chance(0.04) && { telemetry: true }),
    ...(enums.length > 0 && {
      enums: Object.fromEntries(enums.map(({ name, values, labels }) => [name, labels ? labelled(values, labels) : values])),
    }),
    ...(structs.length > 0 && {
      types: Object.fromEntries(
        structs.map(({ name, fields }) => [name, Object.fromEntries(fields.map((field) => [field.name, writeField(random, field)]))]),
      ),
    }),
    entities: Object.fromEntries(draft.entities.map((entity) => [entity.name, writeEntity(random, entity, defaults)])),
    ...(operations && { operations }),
    ...(seed_ && { seed: seed_ }),
  };
}

export function randomSpec(seed: number, size: SpecSize = 'any'): string {
  return writeSpec(randomDocument(seed, size));
}

export function writeSpec(document: unknown): string {
  return stringify(document, { lineWidth: 0 });
}

function randomDefaults(random: Random): Defaults {
  return {
    ...(random.chance(0.5) && { id: random.pick(['uuid7', 'uuid4', 'int']) }),
    ...(random.chance(0.3) && { timestamps: random.chance(0.4) }),
    ...(random.chance(0.3) && random.pick([{ page: 4, max_page: 6 }, { max_page: 10 }, { page: 50 }, { page: 200, max_page: 500 }])),
  };
}

/** In a third of the specs rows are deleted softly: of most entities, or of some. */
function randomSoftDelete(random: Random): { readonly isDefault: boolean; readonly next: () => boolean } {
  const share = random.chance(0.35) ? random.pick([0.3, 0.5, 0.8]) : 0;
  return { isDefault: share > 0.5, next: () => random.chance(share) };
}

function randomAuth(random: Random): NonNullable<SpecDraft['auth']> {
  const roles = random.chance(0.65) ? random.shuffled(roleNames).slice(0, 1 + random.below(3)) : [];
  const register = random.pick([undefined, true, true, false, ...roles]);
  return {
    user: random.pick(userNames),
    login: random.pick(['email', 'email', 'nick', 'login_name']),
    roles,
    ...(register !== undefined && { register }),
  };
}

/** Whoever signs up could not name such rows, or their nested ones could not, unless the public reads them. */
function needsRows({ entities }: SpecDraft, user: string): boolean {
  const relations = entities.find(({ name }) => name === user)?.relations ?? [];
  return relations.some((relation) =>
    relation.kind === 'belongs_to' ? !relation.nullable : 'flags' in relation && relation.flags.some((flag) => flag === 'nested'),
  );
}

function writeAuth(random: Random, { user, login, roles, register }: NonNullable<SpecDraft['auth']>): unknown {
  return {
    user,
    ...((login !== 'email' || random.chance(0.5)) && { login }),
    ...(roles.length > 0 && { roles }),
    ...(register !== undefined && { register }),
    ...(random.chance(0.3) && { tokens: random.pick([{ access: '10m' }, { refresh: '30d' }, { access: '90s', refresh: '2h' }]) }),
  };
}

function writeTenancy(random: Random, { entity, member, roles, creator }: NonNullable<SpecDraft['tenancy']>): unknown {
  return { entity, member, ...(random.chance(0.5) && { roles }), ...(creator !== undefined && { creator }) };
}

function randomEnums(random: Random): SpecDraft['enums'] {
  return random
    .shuffled(enumNames)
    .slice(0, random.below(4))
    .map((name) => {
      const values = random.shuffled(enumValues).slice(0, 1 + random.below(5));
      return { name, values, ...(random.chance(0.4) && { labels: values.map(() => random.pick(texts)) }) };
    });
}

function labelled(values: readonly string[], labels: readonly string[]): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(values.map((value, index) => [value, labels[index]]));
}

function randomStructs(random: Random, enums: SpecDraft['enums']): SpecDraft['structs'] {
  const names = random.shuffled(structNames).slice(0, random.below(4));
  return names.map((name, index) => ({
    name,
    fields: random
      .shuffled(fieldNames)
      .slice(0, 1 + random.below(4))
      .map((field) =>
        randomField(random, field, {
          enums,
          structs: names.slice(0, index),
          slugSources: [],
          isQuery: false,
          isColumn: false,
          viewers: [],
        }),
      ),
  }));
}

function randomEntities(
  random: Random,
  { defaults, auth, size }: { readonly defaults: Defaults; readonly auth: SpecDraft['auth']; readonly size: SpecSize },
): readonly EntityDraft[] {
  const count = size === 'small' ? 1 + random.below(3) : random.pick([1, 2, 3, 3, 4, 4, 5, 6, 7, 8, 10, 20]);
  const names = random.shuffled(entityNames.filter((name) => name !== auth?.user)).slice(0, count);
  const distinct = names.filter(
    (name, index) => names.findIndex((other) => pluralOf(snakeCase(other)) === pluralOf(snakeCase(name))) === index,
  );
  const others = distinct.map((name) => newEntity(random, name, defaults));
  if (auth === undefined) return others;
  const user = { ...newEntity(random, auth.user, defaults), isUser: true };
  user.taken.add(auth.login);
  user.fields.push({
    name: auth.login,
    ...(auth.login === 'email'
      ? { kind: 'email', type: 'email', values: ['ann@example.com', 'bob@example.com'] }
      : { kind: 'string', type: 'string(3..30)', values: ['ann', 'bob'] }),
    nullable: false,
    flags: random.pick([['unique'], ['unique', 'search'], ['unique', 'sort'], ['unique', 'filter'], ['unique', 'immutable']]),
  });
  return random.chance(0.8) ? [user, ...others] : [...others, user];
}

function writeEntity(random: Random, entity: EntityDraft, defaults: Defaults): unknown {
  const { description, ...other } = entity.other;
  const access = Object.entries(entity.access).map(([line, words]) => [line, words.length === 1 ? words[0] : words]);
  return {
    ...(description !== undefined && { description }),
    ...(entity.table !== pluralOf(snakeCase(entity.name)) && { table: entity.table }),
    ...(entity.id !== (defaults['id'] ?? 'uuid7') && { id: entity.id }),
    ...(entity.timestamps !== (defaults['timestamps'] ?? true) && { timestamps: entity.timestamps }),
    ...(entity.version && { version: true }),
    ...(entity.softDelete !== (defaults['soft_delete'] ?? false) && { soft_delete: entity.softDelete }),
    ...(entity.owner !== undefined && { owner: entity.owner }),
    ...(entity.tenant !== undefined && { tenant: entity.tenant }),
    fields: Object.fromEntries(entity.fields.map((field) => [field.name, writeField(random, field)])),
    ...(entity.relations.length > 0 && {
      relations: Object.fromEntries(entity.relations.map((relation) => [relation.name, writeRelation(random, relation)])),
    }),
    ...other,
    ...(access.length > 0 && { access: Object.fromEntries(access) }),
  };
}

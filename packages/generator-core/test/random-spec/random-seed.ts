import type { EntityDraft, FieldDraft, SpecDraft } from './draft';
import type { Random } from './random';

type Row = Readonly<Record<string, unknown>>;

/** Rows by values, of entities whose required links lead to rows that stand above and can be found. */
export function randomSeed(random: Random, { entities, auth }: SpecDraft): Readonly<Record<string, readonly Row[]>> | undefined {
  const seeded = new Map<string, readonly Row[]>();
  for (const entity of entities) {
    const rows = seedRows(random, entity, { entities, seeded, auth });
    if (rows !== undefined) seeded.set(entity.name, rows);
  }
  return seeded.size === 0 ? undefined : Object.fromEntries(seeded);
}

interface SeedScope {
  readonly entities: readonly EntityDraft[];
  readonly seeded: ReadonlyMap<string, readonly Row[]>;
  readonly auth: SpecDraft['auth'];
}

function seedRows(random: Random, entity: EntityDraft, scope: SeedScope): readonly Row[] | undefined {
  const fields = entity.fields.filter(
    (field) => field.kind !== 'slug' && (isNeeded(field) || (field.values.length > 0 && random.chance(0.3))),
  );
  const links = entity.relations.filter((relation) => relation.kind === 'belongs_to' && !relation.nullable);
  if (fields.some(({ values }) => values.length === 0) || links.some(({ target }) => keyOf(target, scope) === undefined)) return undefined;
  const isPair =
    fields.length > 0 && entity.other['unique'] === undefined && fields.every(({ values }) => values.length > 1) && links.length === 0;
  return Array.from({ length: isPair ? 2 : 1 }, (_, index) => ({
    ...Object.fromEntries(fields.map(({ name, values }) => [name, values[index]])),
    ...Object.fromEntries(links.map(({ name, target }) => [name, keyOf(target, scope)])),
    ...(entity.isUser && { password: random.pick(['correct horse battery', '${SEED_PASSWORD}']) }),
    ...(entity.isUser && scope.auth!.roles.length > 0 && random.chance(0.5) && { role: scope.auth!.roles.at(-1) }),
  }));
}

function isNeeded({ nullable, default: value }: FieldDraft): boolean {
  return !nullable && value === undefined;
}

/** The value that finds the first seeded row of an entity. */
function keyOf(name: string, { entities, seeded }: SeedScope): Row | undefined {
  const row = seeded.get(name)?.[0];
  const key = entities
    .find((entity) => entity.name === name)
    ?.fields.find(
      (field) =>
        field.flags.includes('unique') && row?.[field.name] !== undefined && ['string', 'email', 'int', 'uuid'].includes(field.kind),
    );
  return row === undefined || key === undefined ? undefined : { [key.name]: row[key.name] };
}

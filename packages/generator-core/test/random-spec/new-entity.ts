import { pluralOf, snakeCase } from '../../src/spec/naming';
import type { EntityDraft } from './draft';
import type { Random } from './random';

/** `defaults:` of a spec. */
export type Defaults = Readonly<Record<string, unknown>>;

const generatedNames = ['id', 'created_at', 'updated_at', 'hashed_password', 'password', 'role', 'is_active'];

export function newEntity(random: Random, name: string, defaults: Defaults): EntityDraft {
  const version = random.chance(0.15);
  return {
    name,
    isUser: false,
    table: tableName(random, name),
    id: random.chance(0.2) ? random.pick(['uuid7', 'uuid4', 'int'] as const) : ((defaults['id'] ?? 'uuid7') as EntityDraft['id']),
    timestamps: random.chance(0.15) ? random.chance(0.5) : ((defaults['timestamps'] ?? true) as boolean),
    version,
    softDelete: false,
    taken: new Set([...generatedNames, ...(version ? ['version'] : [])]),
    fields: [],
    relations: [],
    access: {},
    other: {},
  };
}

function tableName(random: Random, name: string): string {
  const plural = pluralOf(snakeCase(name));
  if (plural.length > 16) return `long_${snakeCase(name).charAt(0)}`;
  return random.chance(0.1) ? random.pick([`t_${plural}`, `${plural}_x`]) : plural;
}

import type { FieldDraft, FieldFlag, FieldKind } from './draft';
import type { Random } from './random';
import { randomType, type TypeDraft, type TypeScope } from './random-type';
import { filterableNames, texts } from './words.data';

interface FieldScope extends Omit<TypeScope, 'isUnique'> {
  /** Who a field may be shown to; empty without sign-in. */
  readonly viewers: readonly (readonly string[])[];
}

/** What no query can speak of. */
const opaque = new Set<FieldKind>(['json', 'bytes']);

export function randomField(random: Random, name: string, scope: FieldScope): FieldDraft {
  const isUnique = scope.isColumn && random.chance(0.12);
  const type = randomType(random, { ...scope, isUnique });
  const chosen = scope.isColumn ? columnFlags(random, name, type, isUnique) : [];
  const nullable = type.kind !== 'slug' && (random.chance(0.3) || (opaque.has(type.kind) && chosen.includes('readonly')));
  const isShown = !['search', 'filter', 'sort'].some((flag) => chosen.includes(flag as FieldFlag));
  const isHidden = scope.isColumn && isShown && random.chance(0.06);
  const visible =
    scope.isColumn && isShown && !isHidden && scope.viewers.length > 0 && random.chance(0.2) ? random.pick(scope.viewers) : undefined;
  const value = randomDefault(random, type, { flags: chosen, nullable, isUnique });
  // No request could tell its rows apart.
  const isOnlyOne = isUnique && value !== 'now' && (value !== undefined || !nullable);
  const flags = isOnlyOne ? chosen.filter((flag) => flag !== 'readonly') : chosen;
  const example = random.chance(0.1) && type.values.length > 0 ? type.values[0] : undefined;
  return {
    name,
    ...type,
    nullable,
    flags: isHidden ? [...flags, 'hidden'] : flags,
    ...(visible && { visible }),
    ...(value !== undefined && { default: value }),
    ...(random.chance(0.15) && { description: random.pick(texts) }),
    ...(example !== undefined && { example }),
  };
}

function columnFlags(random: Random, name: string, { kind }: TypeDraft, isUnique: boolean): readonly FieldFlag[] {
  const isKeyed = !opaque.has(kind) && kind !== 'text';
  const flags: FieldFlag[] = isUnique ? ['unique'] : kind === 'slug' && random.chance(0.7) ? ['unique'] : [];
  if (isKeyed && random.chance(0.1)) flags.push('index');
  if (['string', 'text', 'email', 'url', 'slug'].includes(kind) && random.chance(0.3)) flags.push('search');
  if (!opaque.has(kind) && filterableNames.has(name) && random.chance(0.35)) flags.push('filter');
  if (!opaque.has(kind) && random.chance(0.35)) flags.push('sort');
  if (random.chance(0.08)) flags.push('readonly');
  if (random.chance(0.1)) flags.push('immutable');
  return flags;
}

/** A field that is never in a request needs one, unless it may be null or can be 0. */
function randomDefault(
  random: Random,
  { kind, min, max, values }: TypeDraft,
  { flags, nullable, isUnique }: { readonly flags: readonly FieldFlag[]; readonly nullable: boolean; readonly isUnique: boolean },
): FieldDraft['default'] {
  const isZero = ['int', 'bigint', 'float', 'decimal'].includes(kind) && Number(min ?? 0) <= 0 && Number(max ?? 0) >= 0;
  const isNeeded = flags.includes('readonly') && !nullable && !isZero && kind !== 'bool' && kind !== 'slug';
  if (opaque.has(kind) || kind === 'slug' || (!isNeeded && (isUnique || !random.chance(0.25)))) return undefined;
  if (kind === 'datetime' && random.chance(0.5)) return 'now';
  if (kind === 'date' && random.chance(0.5)) return 'today';
  return random.pick(values);
}

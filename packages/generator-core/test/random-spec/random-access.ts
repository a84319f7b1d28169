import type { AccessDraft, EntityDraft, SpecDraft } from './draft';
import type { Random } from './random';

interface AccessScope {
  readonly auth: SpecDraft['auth'];
  readonly tenancy?: SpecDraft['tenancy'];
  readonly entity?: Pick<EntityDraft, 'name' | 'isUser' | 'owner' | 'tenant'>;
}

/** The lists of access words that a line may have. */
export function accessLists(random: Random, { auth, tenancy, entity }: AccessScope): readonly (readonly string[])[] {
  if (auth === undefined) return [['public']];
  const words = [
    ...new Set([
      ...auth.roles,
      ...(entity?.isUser === true ? ['self'] : []),
      ...(entity?.owner === undefined ? [] : ['owner']),
      ...(hasTenant({ tenancy, entity }) ? (tenancy?.roles ?? []) : []),
    ]),
  ];
  const [first, second] = random.shuffled(words);
  return [
    ['public'],
    ['user'],
    ...words.map((word) => [word]),
    ...(first !== undefined && second !== undefined ? [[first, second]] : []),
    ...(first !== undefined && random.chance(0.2) ? [[first, 'user']] : []),
  ];
}

function hasTenant({ tenancy, entity }: Pick<AccessScope, 'tenancy' | 'entity'>): boolean {
  return tenancy !== undefined && entity !== undefined && (entity.tenant !== undefined || entity.name === tenancy.entity);
}

/** Who may see a field that not everybody sees. */
export function viewerLists(random: Random, scope: AccessScope): readonly (readonly string[])[] {
  return scope.auth === undefined ? [] : accessLists(random, scope).filter((list) => !list.includes('public'));
}

/** Access lines of an entity; some have none and so no routes. */
export function randomAccess(random: Random, scope: AccessScope & { readonly entity: EntityDraft }): AccessDraft {
  const lists = accessLists(random, scope);
  const line = (): readonly string[] => (random.chance(0.06) ? ['none'] : random.pick(lists));
  const { tenancy, entity } = scope;
  const makesTenant = entity.name === tenancy?.entity;
  const needsSomebody = entity.owner !== undefined || (makesTenant && tenancy?.creator !== undefined);
  const creators = lists.filter(
    (list) =>
      !list.includes('self') &&
      !(needsSomebody && list.includes('public')) &&
      // Nobody has a role in a tenant that is only being made.
      !(makesTenant && list.some((word) => tenancy?.roles.includes(word) === true)),
  );
  const create = (): readonly string[] => (creators.length === 0 ? ['none'] : random.pick(creators));
  const isWriteSound = random.chance(0.35);
  return {
    ...(random.chance(0.9) && { read: line() }),
    ...(random.chance(0.4) && { list: line() }),
    ...(isWriteSound ? { write: create() } : {}),
    ...(random.chance(isWriteSound ? 0.2 : 0.85) && { create: create() }),
    ...(random.chance(isWriteSound ? 0.2 : 0.8) && { update: line() }),
    ...(random.chance(isWriteSound ? 0.2 : 0.8) && { delete: line() }),
  };
}

import type { AccessDraft, EntityDraft, SpecDraft } from './draft';
import type { Random } from './random';

interface AccessScope {
  readonly auth: SpecDraft['auth'];
  readonly entity?: Pick<EntityDraft, 'isUser' | 'owner'>;
}

/** The lists of access words that a line may have. */
export function accessLists(random: Random, { auth, entity }: AccessScope): readonly (readonly string[])[] {
  if (auth === undefined) return [['public']];
  const words = [...auth.roles, ...(entity?.isUser === true ? ['self'] : []), ...(entity?.owner === undefined ? [] : ['owner'])];
  const [first, second] = random.shuffled(words);
  return [
    ['public'],
    ['user'],
    ...words.map((word) => [word]),
    ...(first !== undefined && second !== undefined ? [[first, second]] : []),
    ...(first !== undefined && random.chance(0.2) ? [[first, 'user']] : []),
  ];
}

/** Who may see a field that not everybody sees. */
export function viewerLists(random: Random, scope: AccessScope): readonly (readonly string[])[] {
  return scope.auth === undefined ? [] : accessLists(random, scope).filter((list) => !list.includes('public'));
}

/** Access lines of an entity; some have none and so no routes. */
export function randomAccess(random: Random, scope: AccessScope & { readonly entity: EntityDraft }): AccessDraft {
  const lists = accessLists(random, scope);
  const line = (): readonly string[] => (random.chance(0.06) ? ['none'] : random.pick(lists));
  const creators = lists.filter((list) => !list.includes('self') && !(scope.entity.owner !== undefined && list.includes('public')));
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

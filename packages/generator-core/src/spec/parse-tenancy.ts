import { checkRoleNames } from './check-role-names';
import { didYouMean } from './did-you-mean';
import type { EntitySpec, RelationSpec, TenancySpec } from './service-spec';
import { entityPath, type SpecContext } from './spec-context';
import type { SpecDocument } from './spec-document';

interface TenancyReading {
  readonly tenancy: NonNullable<SpecDocument['tenancy']>;
  readonly entities: readonly EntitySpec[];
  readonly context: SpecContext;
}

type BelongsTo = Extract<RelationSpec, { readonly kind: 'belongs_to' }>;

/** `tenancy:`; what the member entity says of users and tenants is read off its relations and its field `role`. */
export function parseTenancy({ entities, context }: Omit<TenancyReading, 'tenancy'>): TenancySpec | undefined {
  const { tenancy } = context.document;
  if (tenancy === undefined) return undefined;
  const reading = { tenancy, entities, context };
  checkEntities(reading);
  const tenantRelation = memberLink(reading, tenancy.entity);
  const userRelation = memberLink(reading, context.document.auth?.user);
  if (tenantRelation && userRelation) checkOneMembership(reading, [tenantRelation, userRelation]);
  const role = memberRole(reading);
  const roles = tenancy.roles ?? role?.values ?? [];
  checkRoles(reading, role?.values);
  checkCreator(reading, roles);
  if (tenantRelation && userRelation) checkBareMembership(reading, [tenantRelation, userRelation]);
  if (tenantRelation === undefined || userRelation === undefined || role === undefined) return undefined;
  return {
    entity: tenancy.entity,
    member: tenancy.member,
    roles,
    ...(tenancy.creator !== undefined && { creator: tenancy.creator }),
    tenantRelation: tenantRelation.name,
    userRelation: userRelation.name,
    roleEnum: role.enum,
  };
}

function checkEntities({ tenancy, context }: TenancyReading): void {
  for (const key of ['entity', 'member'] as const) {
    if (context.isWritten(['entities', tenancy[key]])) continue;
    context.report({
      at: ['tenancy', key],
      code: 'unknown-entity',
      message: `there is no entity "${tenancy[key]}".`,
      mend: didYouMean({ word: tenancy[key], candidates: context.entities, otherwise: 'add it under "entities"' }),
    });
  }
  if (!context.isWritten(['auth'])) {
    context.report({
      at: ['tenancy'],
      on: 'key',
      code: 'access-without-auth',
      message: 'tenants are told apart by who is logged in, but the spec has no "auth".',
      mend: 'add "auth: { user: User }"',
    });
  }
  const user = context.document.auth?.user;
  const key = tenancy.member === tenancy.entity || tenancy.member === user ? 'member' : 'entity';
  if (key === 'entity' && tenancy.entity !== user) return;
  context.report({
    at: ['tenancy', key],
    code: 'same-entity',
    message: `a tenant, a user and a membership are three kinds of rows, but ${tenancy[key]} stands for two of them.`,
    mend: 'name an entity of its own, like "Membership", with a belongs_to to the tenant and one to the user',
  });
}

/** The one relation of the member entity that leads there; undefined after a fault. */
function memberLink({ tenancy, entities, context }: TenancyReading, target: string | undefined): BelongsTo | undefined {
  const member = entities.find(({ name }) => name === tenancy.member);
  if (member === undefined || target === undefined || !context.entities.has(target)) return undefined;
  const links = member.relations.filter(
    (relation): relation is BelongsTo => relation.kind === 'belongs_to' && relation.target === target && !relation.implicit,
  );
  const [link, second] = links;
  if (link !== undefined && second === undefined && !link.nullable) return link;
  const says = `${tenancy.member} says who is in which tenant`;
  if (link === undefined) {
    context.report({
      at: ['tenancy', 'member'],
      code: 'member-without-link',
      message: `${says}, but it has no belongs_to ${target}.`,
      mend: `add a "belongs_to ${target}" to ${tenancy.member}`,
    });
  } else {
    context.report({
      at: entityPath(tenancy.member, 'relations', (second ?? link).name),
      code: 'member-with-unclear-link',
      message:
        second === undefined
          ? `${says}, so "${link.name}" cannot be missing.`
          : `${says}, but "${link.name}" and "${second.name}" both lead to ${target}.`,
      mend: second === undefined ? `write "belongs_to ${target}" without "?"` : 'keep one of the two',
    });
  }
  return undefined;
}

/** With two memberships in one tenant nobody could say which role holds. */
function checkOneMembership({ tenancy, entities, context }: TenancyReading, links: readonly BelongsTo[]): void {
  const columns = links.map(({ column }) => column);
  const member = entities.find(({ name }) => name === tenancy.member);
  const isUnique = member?.uniqueTogether.some((unique) => unique.length === 2 && columns.every((column) => unique.includes(column)));
  if (
    isUnique === true ||
    (isUnique === false && context.isWritten(entityPath(tenancy.member, 'unique')) && member?.uniqueTogether.length === 0)
  )
    return;
  context.report({
    at: ['tenancy', 'member'],
    code: 'member-not-unique',
    message: `a user could be in the same tenant twice, with different roles: ${tenancy.member} does not forbid it.`,
    mend: `add "unique: [[${links.map(({ name }) => name).join(', ')}]]" to ${tenancy.member}`,
  });
}

/** The enum of the member's field `role`; undefined after a fault. */
function memberRole({
  tenancy,
  entities,
  context,
}: TenancyReading): { readonly enum: string; readonly values: readonly string[] } | undefined {
  const member = entities.find(({ name }) => name === tenancy.member);
  if (member === undefined) return undefined;
  const field = member.fields.find(({ name }) => name === 'role');
  if (field === undefined && context.isWritten(entityPath(tenancy.member, 'fields', 'role'))) return undefined;
  if (field?.type.kind === 'enum' && !field.nullable) {
    const values = context.enums.get(field.type.enum)?.members.map(({ value }) => value);
    return values && { enum: field.type.enum, values };
  }
  context.report({
    at: field === undefined ? ['tenancy', 'member'] : entityPath(tenancy.member, 'fields', 'role'),
    code: 'member-without-role',
    message: `${tenancy.member} says what a user may do in a tenant, so it needs a field "role" that is a required enum.`,
    mend: `add an enum with the roles, least first, and "role: NameOfTheEnum" to ${tenancy.member}`,
  });
  return undefined;
}

/** `tenancy.roles` puts the values of the enum in order: the same words, and none of a service role. */
function checkRoles({ tenancy, context }: TenancyReading, values: readonly string[] | undefined): void {
  const roles = tenancy.roles ?? values ?? [];
  const at = (index: number) => (tenancy.roles === undefined ? ['tenancy'] : ['tenancy', 'roles', index]);
  if (tenancy.roles !== undefined)
    checkRoleNames({ roles, path: 'tenancy', words: ['public', 'user', 'self', 'none', 'anonymous'], context });
  for (const [index, role] of roles.entries()) {
    if (!context.roles.has(role)) continue;
    context.report({
      at: at(index),
      code: 'clashing-name',
      message: `"${role}" is a role of "auth", too, so an access line could mean either.`,
      mend: 'give one of the two another name',
    });
  }
  if (values === undefined || tenancy.roles === undefined) return;
  for (const [index, role] of roles.entries()) {
    if (values.includes(role)) continue;
    const mend = didYouMean({ word: role, candidates: values });
    context.report({ at: at(index), code: 'unknown-role', message: `"${role}" is no value of the enum of ${tenancy.member}.role.`, mend });
  }
  const left = values.find((value) => !roles.includes(value));
  if (left === undefined || roles.some((role) => !values.includes(role))) return;
  context.report({
    at: ['tenancy', 'roles'],
    code: 'missing-role',
    message: `${tenancy.member}.role can be "${left}", but its place among the roles is not said.`,
    mend: `add "${left}" to the roles, least first, or take it out of the enum`,
  });
}

/** Whoever makes a tenant becomes its member, of whom nothing else is known than the role. */
function checkBareMembership({ tenancy, entities, context }: TenancyReading, links: readonly BelongsTo[]): void {
  const member = entities.find(({ name }) => name === tenancy.member);
  if (member === undefined || tenancy.creator === undefined) return;
  const fields = member.fields.filter(
    ({ name, nullable, default: value, type }) => name !== 'role' && !nullable && value === undefined && type.kind !== 'slug',
  );
  const others = member.relations.filter((relation) => relation.kind === 'belongs_to' && !relation.nullable && !links.includes(relation));
  const [needed] = [...fields.map(({ name }) => ({ name, at: 'fields' })), ...others.map(({ name }) => ({ name, at: 'relations' }))];
  if (needed === undefined) return;
  context.report({
    at: entityPath(tenancy.member, needed.at, needed.name),
    code: 'member-with-more',
    message: `who makes a tenant becomes its "${tenancy.creator}" by a ${tenancy.member} of which only the role is known, but "${needed.name}" is required.`,
    mend: 'let it be empty ("?"), give it a default, or remove "creator"',
  });
}

function checkCreator({ tenancy, context }: TenancyReading, roles: readonly string[]): void {
  if (tenancy.creator === undefined || roles.includes(tenancy.creator)) return;
  context.report({
    at: ['tenancy', 'creator'],
    code: 'unknown-role',
    message: `"${tenancy.creator}" is not a role of the tenancy.`,
    mend: didYouMean({ word: tenancy.creator, candidates: roles, otherwise: 'add it to "roles"' }),
  });
}

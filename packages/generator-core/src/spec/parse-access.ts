import { didYouMean } from './did-you-mean';
import type { AccessRule, AccessWord } from './service-spec';
import type { SpecContext } from './spec-context';
import type { AccessDocument } from './spec-document';
import type { SpecPath } from './spec-path';

/** What `owner` and `self` speak of at this place. */
export interface AccessSubject {
  readonly entity: string;
  readonly hasOwner: boolean;
  readonly isUser: boolean;
  /** Whether a row lies in a tenant, or is one: only then roles of the tenancy mean something. */
  readonly hasTenant: boolean;
}

export const accessWords = ['public', 'user', 'self', 'owner', 'none'] as const;

interface Place {
  readonly at: SpecPath;
  readonly offset?: number;
}

/** The words of one access line; undefined for `none` and for a line without a word that holds. */
export function parseAccess({
  written,
  at,
  offset = 0,
  subject,
  context,
}: {
  readonly written: AccessDocument;
  readonly at: SpecPath;
  readonly offset?: number;
  readonly subject: AccessSubject | undefined;
  readonly context: SpecContext;
}): AccessRule | undefined {
  const words = typeof written === 'string' ? [written] : written;
  const placeOf = (index: number): Place => (typeof written === 'string' ? { at, offset } : { at: [...at, index] });
  const alone = words.findIndex((word) => word === 'none' || word === 'public');
  if (alone >= 0 && words.length > 1) {
    const message =
      words[alone] === 'none'
        ? '"none" shuts everybody out, so it cannot stand beside other words.'
        : '"public" lets everybody in, so the other words would mean nothing.';
    context.report({
      ...placeOf(alone),
      code: 'contradicting-access',
      message,
      mend: `write "${String(words[alone])}" alone or remove it`,
    });
  }
  if (words.includes('none')) return undefined;
  const rule = words.flatMap((word, index) => accessWord({ word, place: placeOf(index), subject, context }) ?? []);
  const repeated = words.findIndex((word, index) => words.indexOf(word) !== index);
  if (repeated >= 0)
    context.report({
      ...placeOf(repeated),
      code: 'repeated-item',
      message: `"${String(words[repeated])}" stands twice in this list.`,
      mend: 'remove one of the two',
    });
  return rule.length === 0 ? undefined : rule;
}

interface WordReading {
  readonly word: string;
  readonly place: Place;
  readonly subject: AccessSubject | undefined;
  readonly context: SpecContext;
}

function accessWord({ word, place, subject, context }: WordReading): AccessWord | undefined {
  if (word === 'public') return { kind: 'public' };
  if (!context.isWritten(['auth'])) {
    const message = `"${word}" speaks of people who log in, but the spec has no "auth".`;
    context.report({ ...place, code: 'access-without-auth', message, mend: 'add "auth: { user: User }" or write "public"' });
    return undefined;
  }
  if (word === 'user') return { kind: 'user' };
  if (word === 'self') return selfWord({ word, place, subject, context });
  if (word === 'owner' && (subject?.hasOwner === true || !context.tenantRoles.has('owner')))
    return ownerWord({ word, place, subject, context });
  if (context.roles.has(word)) return { kind: 'role', role: word };
  if (context.tenantRoles.has(word)) return tenantWord({ word, place, subject, context });
  if (rolesAreFaulty(context)) return undefined;
  const mend = didYouMean({ word, candidates: [...accessWords, ...context.roles, ...context.tenantRoles] });
  context.report({ ...place, code: 'unknown-role', message: `"${word}" is neither an access word nor a role of this spec.`, mend });
  return undefined;
}

/** A role list that was taken out as a whole is a fault of its own; its roles are not. */
function rolesAreFaulty({ document, isWritten }: SpecContext): boolean {
  return (
    (isWritten(['auth', 'roles']) && document.auth?.roles === undefined) ||
    (isWritten(['tenancy', 'roles']) && document.tenancy?.roles === undefined)
  );
}

function tenantWord({ word, place, subject, context }: WordReading): AccessWord | undefined {
  if (subject?.hasTenant === true) return { kind: 'tenant', role: word };
  const tenant = context.document.tenancy?.entity ?? 'the tenant';
  const message =
    subject === undefined
      ? `"${word}" is a role within a ${tenant}, but no row of one is spoken of here.`
      : `"${word}" is a role within a ${tenant}, but ${subject.entity} has no "tenant:".`;
  const mend =
    subject === undefined
      ? `put the id of a row in the path that has a "tenant:", or use "user"`
      : `add "tenant:" to ${subject.entity} with the relations that lead to ${tenant}, or use "user"`;
  context.report({ ...place, code: 'role-without-tenant', message, mend });
  return undefined;
}

function selfWord({ place, subject, context }: WordReading): AccessWord | undefined {
  if (subject?.isUser === true) return { kind: 'self' };
  const user = context.document.auth?.user ?? 'the user entity';
  const message =
    subject === undefined
      ? '"self" has no row to speak of here.'
      : `"self" means the logged-in person's own row, but ${subject.entity} is not the user entity.`;
  context.report({ ...place, code: 'self-not-user', message, mend: `use "owner" with "owner:", or keep "self" for ${user}` });
  return undefined;
}

function ownerWord({ place, subject, context }: WordReading): AccessWord | undefined {
  if (subject?.hasOwner === true) return { kind: 'owner' };
  const message =
    subject === undefined
      ? '"owner" has no row to speak of here: the path names no entity.'
      : `"owner" needs to know who owns a row, but ${subject.entity} has no "owner:".`;
  const mend =
    subject === undefined
      ? 'put the id of an owned entity in the path, or use "user"'
      : `add "owner:" to ${subject.entity} with the relation that leads to the user, or use "user"`;
  context.report({ ...place, code: 'owner-without-owner', message, mend });
  return undefined;
}

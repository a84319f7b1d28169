import { checkRoleNames } from './check-role-names';
import { didYouMean } from './did-you-mean';
import type { AuthSpec, FieldSpec } from './service-spec';
import type { SpecContext } from './spec-context';
import { unitSeconds } from './unit-seconds';

const longestToken = 366 * 86_400;

interface AuthReading {
  readonly fieldsOf: (entity: string) => readonly FieldSpec[];
  readonly context: SpecContext;
}

/** `auth:` with its defaults: login by email, 15 minutes and 14 days, registration closed. */
export function parseAuth({ fieldsOf, context }: AuthReading): AuthSpec | undefined {
  const { auth } = context.document;
  if (auth === undefined) return undefined;
  const roles = auth.roles ?? [];
  checkRoleNames({ roles, path: 'auth', words: ['public', 'user', 'self', 'owner', 'none', 'anonymous'], context });
  checkUserEntity({ user: auth.user, context });
  const login = auth.login ?? 'email';
  checkLogin({ user: auth.user, login, fieldsOf, context });
  const defaultRole = registrationRole({ register: auth.register, roles, context });
  return {
    user: auth.user,
    login,
    roles,
    ...(defaultRole !== undefined && { defaultRole }),
    register: auth.register !== undefined && auth.register !== false,
    accessTokenSeconds: seconds({ written: auth.tokens?.access ?? '15m', key: 'access', context }),
    refreshTokenSeconds: seconds({ written: auth.tokens?.refresh ?? '14d', key: 'refresh', context }),
  };
}

function checkUserEntity({ user, context }: { readonly user: string; readonly context: SpecContext }): void {
  if (context.isWritten(['entities', user])) return;
  context.report({
    at: ['auth', 'user'],
    code: 'unknown-entity',
    message: `there is no entity "${user}".`,
    mend: didYouMean({ word: user, candidates: context.entities, otherwise: 'add it under "entities"' }),
  });
}

function checkLogin({
  user,
  login,
  fieldsOf,
  context,
}: {
  readonly user: string;
  readonly login: string;
  readonly fieldsOf: AuthReading['fieldsOf'];
  readonly context: SpecContext;
}): void {
  if (!context.entities.has(user)) return;
  const at = context.isWritten(['auth', 'login']) ? ['auth', 'login'] : ['auth'];
  const on = at.length === 1 ? 'key' : 'value';
  const fields = fieldsOf(user);
  const field = fields.find(({ name }) => name === login);
  if (field === undefined) {
    if (context.isWritten(['entities', user, 'fields', login])) return;
    const candidates = fields.filter(({ type }) => type.kind === 'email' || type.kind === 'string').map(({ name }) => name);
    context.report({
      at,
      on,
      code: 'unknown-field',
      message: `people log in with "${login}", but ${user} has no such field.`,
      mend: didYouMean({ word: login, candidates, otherwise: `add "${login}: email unique" to ${user}` }),
    });
    return;
  }
  const lacks =
    field.type.kind !== 'email' && field.type.kind !== 'string'
      ? 'a string or an email'
      : !field.unique
        ? 'unique'
        : field.nullable
          ? 'required'
          : field.readonly
            ? 'writable'
            : undefined;
  if (lacks === undefined) return;
  context.report({
    at: ['entities', user, 'fields', login],
    code: 'bad-login',
    message: `people log in with "${login}", so it must be ${lacks}.`,
    mend: `write "${login}: email unique"`,
  });
}

function registrationRole({
  register,
  roles,
  context,
}: {
  readonly register: boolean | string | undefined;
  readonly roles: readonly string[];
  readonly context: SpecContext;
}): string | undefined {
  if (typeof register !== 'string') return roles[0];
  if (roles.includes(register)) return register;
  const listIsFaulty = context.isWritten(['auth', 'roles']) && roles.length === 0;
  const yes = ['on', 'yes', 'off', 'no'].includes(register);
  const mend = yes
    ? `write "${register === 'on' || register === 'yes' ? 'true' : 'false'}"`
    : didYouMean({ word: register, candidates: roles, otherwise: 'add it to "roles", or write true' });
  if (!listIsFaulty || yes)
    context.report({ at: ['auth', 'register'], code: 'unknown-role', message: `"${register}" is not a role of this spec.`, mend });
  return roles[0];
}

function seconds({ written, key, context }: { readonly written: string; readonly key: string; readonly context: SpecContext }): number {
  const value = Number(written.slice(0, -1)) * (unitSeconds[written.slice(-1)] ?? 1);
  if (value < 1 || value > longestToken) {
    context.report({
      at: ['auth', 'tokens', key],
      code: 'out-of-range',
      message: `a token cannot live ${written}: it must be from 1s to 366d.`,
      mend: key === 'access' ? 'write 15m' : 'write 14d',
    });
  }
  return value;
}

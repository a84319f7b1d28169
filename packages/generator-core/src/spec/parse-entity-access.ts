import { parseAccess, type AccessSubject } from './parse-access';
import { verbs, type AccessRule, type EntitySpec, type Verb } from './service-spec';
import { entityPath, type SpecContext } from './spec-context';
import type { AccessDocument, EntityDocument } from './spec-document';
import type { SpecPath } from './spec-path';

type Access = EntitySpec['access'];
type AccessLine = 'read' | 'list' | 'write' | 'create' | 'update' | 'delete';

/** Lines that give a verb its rule, the first one that is written. */
const linesOfVerb: Readonly<Record<Verb, readonly AccessLine[]>> = {
  list: ['list', 'read'],
  read: ['read'],
  create: ['create', 'write'],
  update: ['update', 'write'],
  replace: ['update', 'write'],
  delete: ['delete', 'write'],
};

/**
 * The verbs that have a route. `replace` has one only where `api.expose` names it.
 * `owner` in create means whoever creates the row and so owns it: `user`.
 */
export function parseEntityAccess({
  subject,
  entity,
  context,
}: {
  readonly subject: AccessSubject;
  readonly entity: EntityDocument;
  readonly context: SpecContext;
}): Access {
  const at = entityPath(subject.entity, 'access');
  const rules = readLines({ entity, at, subject, context });
  const exposed = entity.api?.expose;
  const access: Partial<Record<Verb, AccessRule>> = {};
  for (const verb of verbs) {
    const line = linesOfVerb[verb].find((name) => entity.access?.[name] !== undefined);
    const rule = line === undefined ? undefined : rules.get(line);
    const isExposed = exposed === undefined ? verb !== 'replace' : exposed.includes(verb);
    if (isExposed && rule !== undefined) access[verb] = verb === 'create' ? forCreate(rule) : rule;
    if (exposed?.includes(verb) === true && line === undefined)
      reportExposed({ verb, entity: subject.entity, index: exposed.indexOf(verb), context });
  }
  reportCreation({ entity, subject, access, at, context });
  return access;
}

function readLines({
  entity,
  at,
  subject,
  context,
}: {
  readonly entity: EntityDocument;
  readonly at: SpecPath;
  readonly subject: AccessSubject;
  readonly context: SpecContext;
}): ReadonlyMap<AccessLine, AccessRule> {
  const rules = new Map<AccessLine, AccessRule>();
  for (const [line, written] of Object.entries(entity.access ?? {}) as [AccessLine, AccessDocument | undefined][]) {
    const rule = written === undefined ? undefined : parseAccess({ written, at: [...at, line], subject, context });
    if (rule !== undefined) rules.set(line, rule);
  }
  return rules;
}

function forCreate(rule: AccessRule): AccessRule {
  const words = rule.map((word) => (word.kind === 'owner' ? ({ kind: 'user' } as const) : word));
  return words.filter((word, index) => words.findIndex((other) => JSON.stringify(other) === JSON.stringify(word)) === index);
}

function reportExposed({
  verb,
  entity,
  index,
  context,
}: {
  readonly verb: Verb;
  readonly entity: string;
  readonly index: number;
  readonly context: SpecContext;
}): void {
  const line = linesOfVerb[verb][0] ?? verb;
  const message = `"${verb}" is exposed, but no access line says who may, so it would have no route.`;
  context.report({
    at: entityPath(entity, 'api', 'expose', index),
    code: 'exposed-without-access',
    message,
    mend: `add "${line}:" under "access" or take "${verb}" out of "expose"`,
  });
}

function reportCreation({
  entity,
  subject,
  access,
  at,
  context,
}: {
  readonly entity: EntityDocument;
  readonly subject: AccessSubject;
  readonly access: Access;
  readonly at: SpecPath;
  readonly context: SpecContext;
}): void {
  const line = entity.access?.create === undefined ? 'write' : 'create';
  if (access.create?.some(({ kind }) => kind === 'self') === true) {
    context.report({
      at: [...at, line],
      code: 'create-self',
      message: 'nobody can create the row of their own self: it does not exist yet.',
      mend: 'open registration with "auth.register", or name a role',
    });
  }
  if (subject.hasOwner && access.create?.some(({ kind }) => kind === 'public') === true) {
    context.report({
      at: [...at, line],
      code: 'create-without-owner',
      message: `rows of ${subject.entity} have an owner, but with "public" nobody is logged in to own them.`,
      mend: 'write "user" or remove "owner:"',
    });
  }
}

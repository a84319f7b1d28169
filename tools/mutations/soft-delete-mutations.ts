import type { EntitySpec, ServiceSpec } from '../../packages/generator-core/src/spec/service-spec';
import type { Mutation } from './mutation';

type Texts = ReadonlyMap<string, string>;

const database = 'app/core/database.py';
const base = 'app/repositories/base.py';

/** Deleted rows are out of sight, are not counted by unique indexes, and let nobody in. */
export function softDeleteMutations(spec: ServiceSpec, texts: Texts): readonly Mutation[] {
  const soft = spec.entities.filter(({ softDelete }) => softDelete);
  if (soft.length === 0) return [];
  return [
    {
      protection: 'deleted rows are out of sight',
      edits: [{ path: database, find: 'if state.is_orm_statement and not (', replace: 'if False and not (' }],
      tests: [],
    },
    ...soft.filter(isRecreated).map(uniqueMutation),
    ...deletionMutations(spec, texts),
    ...userMutations(spec),
    ...memberMutations(spec, texts),
  ];
}

/** Whether a request can make a row with the unique value of another. */
function isRecreated({ access, fields }: EntitySpec): boolean {
  return access.create !== undefined && uniqueField(fields) !== undefined;
}

function uniqueField(fields: EntitySpec['fields']) {
  return fields.find(({ unique, nullable, readonly, type }) => unique && !nullable && !readonly && type.kind !== 'slug');
}

/** In the migration: tests have the tables that it makes. */
function uniqueMutation({ table, module, fields, plural }: EntitySpec): Mutation {
  const { name } = uniqueField(fields)!;
  const where = 'sa\\.text\\("deleted_at IS NULL"\\)';
  return {
    protection: `deleted ${plural} do not count for the unique ${name}`,
    edits: [
      {
        path: 'alembic/versions/0001_initial.py',
        find: new RegExp(`(op\\.f\\("uq_${table}_${name}"\\)[^)]*?)postgresql_where=${where},\\s*sqlite_where=${where},?`),
        replace: '$1',
      },
    ],
    tests: [`tests/test_${module}.py`],
  };
}

/** What ON DELETE of the database would do. */
function deletionMutations({ entities }: ServiceSpec, texts: Texts): readonly Mutation[] {
  if (texts.get(base)?.includes('async def delete_softly(') !== true) return [];
  const isDeleted = (name: string): boolean => entities.some((entity) => entity.name === name && entity.softDelete && entity.access.delete);
  const keys = entities.flatMap(({ softDelete, relations }) =>
    relations.flatMap((relation) =>
      relation.kind === 'belongs_to' && isDeleted(relation.target) ? [{ softDelete, onDelete: relation.onDelete }] : [],
    ),
  );
  const mutation = (protection: string, find: string, replace: string): Mutation => ({
    protection,
    edits: [{ path: base, find, replace }],
    tests: entities.filter(({ name }) => isDeleted(name)).map(({ module }) => `tests/test_${module}.py`),
  });
  return [
    ...(keys.some(({ softDelete, onDelete }) => softDelete && onDelete === 'cascade')
      ? [
          mutation(
            'what depends on a hidden row is hidden with it',
            'await session.execute(update(table).where(or_(*going), live).values(deleted_at=moment))',
            'pass',
          ),
        ]
      : []),
    ...(keys.some(({ softDelete, onDelete }) => !softDelete && onDelete === 'cascade')
      ? [
          mutation(
            'what depends on a hidden row and cannot be hidden goes',
            'await session.execute(delete(table).where(or_(*going)))',
            'pass',
          ),
        ]
      : []),
    ...(keys.some(({ onDelete }) => onDelete === 'restrict')
      ? [mutation('a row that others need is not hidden', 'if staying:', 'if False:')]
      : []),
    ...(keys.some(({ onDelete }) => onDelete === 'set_null')
      ? [
          mutation(
            'references to a hidden row are emptied',
            'await session.execute(update(table).where(column.in_(ids)).values({column: None}))',
            'pass',
          ),
        ]
      : []),
  ];
}

function userMutations({ auth, entities }: ServiceSpec): readonly Mutation[] {
  const user = entities.find(({ name }) => name === auth?.user);
  if (user?.softDelete !== true) return [];
  const shown = 'execution_options={"include_deleted": True}';
  const inAuth = (protection: string, path: string, find: string, replace: string): Mutation => ({
    protection,
    edits: [{ path, find, replace }],
    tests: ['tests/test_auth.py'],
  });
  const get = (id: string): string => `session.get(${user.name}, ${id})`;
  const shownGet = (id: string): string => `session.get(${user.name}, ${id}, ${shown})`;
  return [
    inAuth(
      'a deleted user has no use of a token',
      'app/core/security.py',
      get('read_access_token(token)'),
      shownGet('read_access_token(token)'),
    ),
    inAuth('a deleted user gets no new tokens', 'app/services/auth.py', get('claimed.user_id'), shownGet('claimed.user_id')),
    inAuth(
      'a deleted user does not log in',
      `app/repositories/${user.module}.py`,
      '(await self.session.scalars(statement)).one_or_none()',
      `(await self.session.scalars(statement, ${shown})).one_or_none()`,
    ),
  ];
}

/** Where a column of the row is loaded by an expression, of which the session knows nothing. */
function memberMutations({ tenancy }: ServiceSpec, texts: Texts): readonly Mutation[] {
  const path = 'app/repositories/tenancy.py';
  const condition = new RegExp(`\\s*${tenancy?.member ?? ''}\\.deleted_at\\.is_\\(None\\),?`);
  if (tenancy === undefined || !condition.test(texts.get(path) ?? '')) return [];
  return [
    {
      protection: 'a deleted membership gives no role',
      edits: [{ path, find: condition, replace: '' }],
      tests: ['tests/test_access.py'],
    },
  ];
}

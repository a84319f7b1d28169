import { belongsTo, entityNamed, type BelongsTo } from '../../packages/generator-core/src/artifacts/python/spec-lookup';
import { repositoryView } from '../../packages/generator-core/src/artifacts/repository';
import type { ServiceSpec } from '../../packages/generator-core/src/spec/service-spec';
import type { Edit, Mutation } from './mutation';

type Texts = ReadonlyMap<string, string>;

/** What the service does for every request: settings, headers, errors, transactions, constraints, loading. */
export function serviceMutations(spec: ServiceSpec, texts: Texts): readonly Mutation[] {
  return [...settingsMutations(spec), ...webMutations(), ...databaseMutations(spec, texts), ...loadingMutations(texts)];
}

function inTraps(protection: string, ...edits: readonly Edit[]): Mutation {
  return { protection, edits, tests: ['tests/test_traps.py', 'tests/test_contract.py'] };
}

function settingsMutations(spec: ServiceSpec): readonly Mutation[] {
  const path = 'app/core/config.py';
  const anyService = [
    inTraps('production names its database', {
      path,
      find: 'if self.environment == "production" and "database_url" not in self.model_fields_set:',
      replace: 'if False:',
    }),
  ];
  if (spec.auth === undefined) return anyService;
  return [
    ...anyService,
    inTraps('production refuses the known key', { path, find: 'if key == DEVELOPMENT_KEY:', replace: 'if False:' }),
    inTraps('production refuses a short key', { path, find: 'if len(key.encode()) < SHORTEST_KEY:', replace: 'if False:' }),
    inTraps('production refuses any origin', { path, find: 'if "*" in self.cors_origins:', replace: 'if False:' }),
  ];
}

function webMutations(): readonly Mutation[] {
  const path = 'app/core/middleware.py';
  const main = 'app/main.py';
  const header = (name: string): Mutation =>
    inTraps(`answers have ${name}`, { path, find: new RegExp(`\\n *"${name}": "[^"]*",`), replace: '' });
  return [
    header('X-Content-Type-Options'),
    header('X-Frame-Options'),
    header('Referrer-Policy'),
    inTraps('production has HSTS', { path, find: 'if hsts:', replace: 'if False:' }),
    inTraps('announced bodies are limited', { path, find: /int\(announced\) > self\.max_body_bytes/, replace: 'False' }),
    inTraps('unannounced bodies are limited', { path, find: 'if received > self.max_body_bytes:', replace: 'if False:' }),
    inTraps('only sound request ids are taken over', { path, find: 'if REQUEST_ID_PATTERN.fullmatch(asked)', replace: 'if asked' }),
    inTraps('an unforeseen error tells nothing', {
      path,
      find: /except Exception:([\s\S]*?)status_problem\(HTTPStatus\.INTERNAL_SERVER_ERROR\)/,
      replace: 'except Exception as error:$1status_problem(HTTPStatus.INTERNAL_SERVER_ERROR, str(error))',
    }),
    inTraps('a database that does not answer is a 503', {
      path: 'app/core/errors.py',
      find: /\n *for kind in \(OperationalError.*\n.*/,
      replace: '',
    }),
    inTraps('a broken constraint is logged without the row', {
      path: 'app/core/errors.py',
      find: 'raise fault.with_traceback(error.__traceback__) from None',
      replace: 'raise error',
    }),
    inTraps('queries are not logged', {
      path,
      find: '"path": scope["path"],',
      replace: '"path": f"{scope[\'path\']}?{scope[\'query_string\']}",',
    }),
    inTraps('log lines have the id of the request', { path: 'app/core/logs.py', find: 'line["request_id"] = request_id', replace: 'pass' }),
    inTraps('log lines tell what went wrong', {
      path: 'app/core/logs.py',
      find: 'line["exception"] = self.formatException(record.exc_info)',
      replace: 'pass',
    }),
    inTraps('errors of the database name no values', {
      path: 'app/core/database.py',
      find: /(create_async_engine\(\s*url,\s*hide_parameters=)True(?!,\s*poolclass)/,
      replace: '$1False',
    }),
    inTraps('only listed origins are let in', { path: main, find: 'allow_origins=settings.cors_origins', replace: 'allow_origins=["*"]' }),
    inTraps('faults never repeat the value', {
      path: 'app/core/errors.py',
      find: 'message=printable(item["msg"])',
      replace: "message=printable(f\"{item['msg']}: {item.get('input')}\")",
    }),
  ];
}

function databaseMutations(spec: ServiceSpec, texts: Texts): readonly Mutation[] {
  const path = 'app/core/database.py';
  const base = 'app/repositories/base.py';
  const isCreated = spec.entities.some(({ access }) => access.create !== undefined);
  const hasTimes = texts.get(path)?.includes('class UTCDateTime') === true;
  const kind = (protection: string, kinds: RegExp): Mutation => ({
    protection,
    edits: [{ path: base, find: new RegExp(`if kind (?:in \\(${kinds.source}\\)|== ${kinds.source}):`), replace: 'if False:' }],
    tests: [],
  });
  return [
    ...(isCreated
      ? [
          inTraps('the commit is done before the answer', { path, find: 'Depends(get_db, scope="function")', replace: 'Depends(get_db)' }),
          inTraps('a failed request leaves nothing behind', {
            path,
            find: /( *)yield session\n *await session\.commit\(\)/,
            replace: '$1try:\n$1    yield session\n$1finally:\n$1    await session.commit()',
          }),
        ]
      : []),
    ...(hasTimes
      ? [
          inTraps('moments are in UTC', {
            path,
            find: /return value\.replace\(tzinfo=dt\.UTC\) if value\.tzinfo is None else value\.astimezone\(dt\.UTC\)/,
            replace: 'return value',
          }),
          inTraps('moments without an offset are refused', {
            path,
            find: 'if value.tzinfo is None:\n            raise',
            replace: 'if False:\n            raise',
          }),
        ]
      : []),
    ...(texts.get(path)?.includes('class ExactDecimal') === true
      ? [
          inTraps(
            'decimals are exact on SQLite',
            {
              path,
              find: 'return dialect.type_descriptor(BigInteger())',
              replace: 'return dialect.type_descriptor(Numeric(self.precision, self.scale))',
            },
            { path, find: 'return int(value.scaleb(self.scale).to_integral_value())', replace: 'return value' },
            {
              path,
              find: /exact = value if isinstance\(value, Decimal\) else Decimal\(value\)\.scaleb\(-self\.scale\)/,
              replace: 'exact = value if isinstance(value, Decimal) else Decimal(value)',
            },
          ),
        ]
      : []),
    ...(hasForeignKeys(spec)
      ? [
          {
            protection: 'SQLite keeps foreign keys',
            edits: [{ path, find: /PRAGMA foreign_keys=\{'ON' if foreign_keys else 'OFF'\}/, replace: 'PRAGMA foreign_keys=OFF' }],
            tests: [],
          },
        ]
      : []),
    ...(canBreakReferences(spec) ? [kind('broken references are conflicts', /"fk"/)] : []),
    ...(hasUniques(spec) ? [kind('taken values are conflicts', /"uq", "pk", "ix"/)] : []),
  ];
}

function hasForeignKeys({ entities }: ServiceSpec): boolean {
  return entities.some(({ relations }) => relations.some(({ kind }) => kind === 'belongs_to'));
}

/** Whether a request can name a row that is not there, or delete one that others need. */
function canBreakReferences(spec: ServiceSpec): boolean {
  return spec.entities.some((entity) => {
    const isAskedFor = ({ target }: BelongsTo) => repositoryView(spec, entity).references.some((reference) => reference.target === target);
    return belongsTo(entity).some((relation) => {
      const { access, softDelete } = entityNamed(spec, relation.target);
      const namesMissing = entity.access.create !== undefined && relation.name !== entity.owner?.relation && !isAskedFor(relation);
      return namesMissing || (relation.onDelete === 'restrict' && access.delete !== undefined && !softDelete);
    });
  });
}

function hasUniques({ entities, auth }: ServiceSpec): boolean {
  return (
    auth?.register === true ||
    entities.some(({ fields, access }) => access.create !== undefined && fields.some(({ unique, immutable }) => unique && !immutable))
  );
}

/** Rows of rows in a statement each: right, and slower with every row. */
function loadingMutations(texts: Texts): readonly Mutation[] {
  return [...texts].flatMap(([path, text]) => {
    if (!path.startsWith('app/repositories/')) return [];
    const module = /([^/]+)\.py$/.exec(path)?.[1] ?? '';
    const loaded = /^LOADED = \([\s\S]*?^\)|^LOADED = \(.*\)$/m.exec(text)?.[0] ?? '';
    const loads = [...loaded.matchAll(/(?:selectinload|joinedload)\((\w+\.\w+)/g)].map(([, relation = '']) => relation);
    return loads.map((relation): Mutation => ({
      protection: `${relation} is loaded for all rows at once in ${module}`,
      edits: [
        {
          path,
          find: new RegExp(
            `(^LOADED = [\\s\\S]*?)(?:selectinload|joinedload)\\(${relation.replace('.', '\\.')}\\b(?:, innerjoin=True)?\\)`,
            'm',
          ),
          replace: `$1immediateload(${relation})`,
        },
        { path, find: /^from sqlalchemy\.orm import /m, replace: 'from sqlalchemy.orm import immediateload\nfrom sqlalchemy.orm import ' },
      ],
      tests: [`tests/test_${module}.py`],
    }));
  });
}

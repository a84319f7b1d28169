import { constantName } from '../../packages/generator-core/src/artifacts/python/python-value';
import { embedTree, visibilityLevels, type Embed } from '../../packages/generator-core/src/artifacts/python/read-members';
import { changesLogin } from '../../packages/generator-core/src/artifacts/web/changes-login';
import { isCoveredBy } from '../../packages/generator-core/src/artifacts/web/access-view';
import { isShownToSome } from '../../packages/generator-core/src/artifacts/web/is-shown-to-some';
import type { AccessRule, EntitySpec, ServiceSpec, Verb } from '../../packages/generator-core/src/spec/service-spec';
import type { Edit, Mutation } from './mutation';

type Texts = ReadonlyMap<string, string>;

/** Who may see and change which rows: the scope of each statement, the owner, the role and the token of each route. */
export function accessMutations(spec: ServiceSpec, texts: Texts): readonly Mutation[] {
  if (spec.auth === undefined) return [];
  const routed = spec.entities.filter(({ access }) => Object.keys(access).length > 0);
  return [
    ...routed.flatMap((entity) => [
      ...scopeMutations(spec, entity, texts),
      ...ownerMutations(entity, texts),
      ...visibilityMutations(spec, entity, texts),
      ...answerMutations(spec, entity, texts),
      ...summaryMutations(spec, entity),
      ...tokenMutations(entity, texts),
      ...versionMutations(entity),
    ]),
    ...operationMutations(spec, texts),
    ...roleMutations(spec, texts),
    ...loginMutations(spec),
    ...sharedMutations(spec, texts),
  ];
}

const repository = ({ module }: EntitySpec): string => `app/repositories/${module}.py`;
const schema = ({ module }: EntitySpec): string => `app/schemas/${module}.py`;
const router = ({ module }: EntitySpec): string => `app/routers/${module}.py`;
const testsOf = ({ module }: EntitySpec): readonly string[] => ['tests/test_access.py', `tests/test_${module}.py`];

/** Rows differ for such a rule: the route lets the caller in, and only the scope tells whose rows they are. */
function isByRow(spec: ServiceSpec, rule: AccessRule | undefined): boolean {
  if (rule === undefined || rule.some((word) => word.kind === 'role' && word.role === everybodysRole(spec))) return false;
  return rule.some(({ kind }) => kind !== 'public' && kind !== 'user' && kind !== 'role');
}

/** Whoever signs in has at least this role: asking for it refuses nobody. */
function everybodysRole({ auth }: ServiceSpec): string | undefined {
  return auth?.roles[0];
}

function scopeMutations(spec: ServiceSpec, entity: EntitySpec, texts: Texts): readonly Mutation[] {
  const all = `${entity.name}.id.is_not(None)`;
  const path = repository(entity);
  const takesAction = texts.get(path)?.includes('self.scope(action)') === true;
  const inGet = (action: string): Edit =>
    takesAction ? { path, find: 'self.scope(action)', replace: `(${all} if action == "${action}" else self.scope(action))` } : own(action);
  const own = (action: string): Edit => ({ path, find: `self.scope("${action}")`, replace: all });
  const hasOwn = (action: string): boolean => texts.get(path)?.includes(`self.scope("${action}")`) === true;
  const inRows = new RegExp(`(select\\(${entity.name}\\)\\s*\\.where\\(|= \\[)self\\.scope\\("list"\\)`);
  const getsFirst = (action: string): boolean => new RegExp(`self\\.get\\(\\w+, "${action}"[,)]`).test(texts.get(path) ?? '');
  const written = (action: string): readonly Edit[] => [
    ...(getsFirst(action) || !hasOwn(action) ? [inGet(action)] : []),
    ...(hasOwn(action) ? [own(action)] : []),
  ];
  const cases: readonly (readonly [Verb, readonly Edit[]])[] = [
    ['list', [{ path, find: inRows, replace: `$1${all}` }]],
    ['read', [inGet('read')]],
    ['update', written('update')],
    ['delete', written('delete')],
  ];
  const scoped = cases
    .filter(([verb]) => isByRow(spec, entity.access[verb]))
    .map(([verb, edits]): Mutation => ({ protection: `${verb} of ${entity.plural} is scoped`, edits, tests: testsOf(entity) }));
  return isByRow(spec, entity.access.list) && entity.pagination === 'offset' ? [...scoped, totalMutation(entity)] : scoped;
}

/** How many rows others have is nobody's business, either. */
function totalMutation(entity: EntitySpec): Mutation {
  const find = new RegExp(
    `(func\\.count\\(\\)\\)\\s*\\.select_from\\(${entity.name}\\)\\s*)\\.where\\((?:\\*conditions|self\\.scope\\("list"\\))\\)`,
  );
  return {
    protection: `the total of ${entity.plural} is scoped`,
    edits: [{ path: repository(entity), find, replace: '$1' }],
    tests: testsOf(entity),
  };
}

function ownerMutations(entity: EntitySpec, texts: Texts): readonly Mutation[] {
  const column = entity.owner?.column;
  if (column === undefined || entity.access.create === undefined) return [];
  const path = repository(entity);
  if (texts.get(path)?.includes(`${column}=self.viewer.user_id`) !== true) return [];
  return [
    {
      protection: `create of ${entity.plural} sets the owner`,
      edits: [
        { path, find: `${column}=self.viewer.user_id`, replace: `${column}=data.${column} or self.viewer.user_id` },
        {
          path,
          find: /\*\*data\.model_dump\(\s*(?:exclude=\{([^}]*?),?\s*\},?\s*)?\)/,
          replace: `**data.model_dump(exclude={"${column}", $1})`,
        },
        member(schema(entity), `${entity.name}Create`, `${column}: UUID | None = None`),
        { path: schema(entity), find: /^("{3}[^"]*"{3}\n)/, replace: '$1\nfrom uuid import UUID\n' },
      ].map((edit) => (entity.id === 'int' ? { ...edit, replace: edit.replace.replaceAll('UUID | None', 'int | None') } : edit)),
      tests: testsOf(entity),
    },
  ];
}

/** A line more in a class of the schemas, first of all. */
export function member(path: string, className: string, line: string): Edit {
  return { path, find: new RegExp(`^(class ${className}\\(\\w+\\):\\n(?:    """[^"]*"""\\n\\n?)?)`, 'm'), replace: `$1    ${line}\n` };
}

function visibilityMutations(spec: ServiceSpec, entity: EntitySpec, texts: Texts): readonly Mutation[] {
  const isRead = texts.get(schema(entity))?.includes(`class ${entity.name}Read(`) === true;
  if (!isRead) return [];
  const restricted = entity.fields.some((field) => isShownToSome(spec, entity, field));
  const presenter: Mutation = {
    protection: `visible= of ${entity.plural} is heeded`,
    edits: [
      {
        path: schema(entity),
        find: new RegExp(`(def ${entity.module}_read\\([\\s\\S]*?\\n    )if [^\\n]+:\\n`),
        replace: '$1if True:\n',
      },
    ],
    tests: testsOf(entity),
  };
  const hidden = [...entity.fields.filter((field) => field.hidden).map(({ name }) => name), ...(entity.isUser ? ['hashed_password'] : [])];
  return [
    ...(restricted ? [presenter] : []),
    ...hidden.map((name): Mutation => ({
      protection: `${name} of ${entity.plural} is never shown`,
      edits: [member(schema(entity), `${entity.name}Read`, `${name}: object`)],
      tests: testsOf(entity),
    })),
  ];
}

/** Each answer by itself shows all that anybody may see. */
function answerMutations(spec: ServiceSpec, entity: EntitySpec, texts: Texts): readonly Mutation[] {
  const path = router(entity);
  const all = /^class (\w+ReadFor\w+)\(/m.exec(texts.get(schema(entity)) ?? '')?.[1];
  const levels = visibilityLevels(spec, entity);
  if (all === undefined || levels.length !== 1) return [];
  const parts = (texts.get(path) ?? '').split(/^(?=@router)/m);
  return (['list', 'create', 'update', 'replace'] as const).flatMap((verb) => {
    const rule = entity.access[verb];
    const isRestricted = rule !== undefined && levels.some((level) => !isCoveredBy({ spec, narrow: rule, wide: level.rule }));
    const name = verb === 'list' ? `list_${entity.plural}` : `${verb}_${entity.module}`;
    const call = new RegExp(`(def ${name}\\((?:(?!@router)[\\s\\S])*?)${entity.module}_read\\((\\w+), viewer\\)`);
    // Who makes a tenant, or a row of their own, may be shown all of it.
    if (verb === 'create' && (entity.name === spec.tenancy?.entity || entity.owner !== undefined)) return [];
    if (!isRestricted || !parts.some((part) => call.test(part))) return [];
    return [
      {
        protection: `visible= of ${entity.plural} is heeded by ${verb}`,
        edits: [
          { path, find: call, replace: `$1${all}.model_validate($2)` },
          {
            path,
            find: new RegExp(`^(from app\\.schemas\\.${entity.module} import)`, 'm'),
            replace: `from app.schemas.${entity.module} import ${all}\n$1`,
          },
        ],
        tests: testsOf(entity),
      },
    ];
  });
}

/** An operation on a row asks who the row's owner is, or what the viewer is in its tenant. */
function operationMutations(spec: ServiceSpec, texts: Texts): readonly Mutation[] {
  return spec.operations.flatMap(({ name, pathParameters, subject }) => {
    const subjects = pathParameters.filter(({ entity }) => entity !== undefined);
    const path = [...texts].find(([file, text]) => file.startsWith('app/routers/') && text.includes(`async def ${name}(`))?.[0];
    if (path === undefined || subject === undefined || subjects.length !== 1) return [];
    const text = (texts.get(path) ?? '').split(/(?=async def )/).find((part) => part.startsWith(`async def ${name}(`)) ?? '';
    const tests = ['tests/test_access.py'];
    const inRoute = (find: string): RegExp => new RegExp(`(async def ${name}\\((?:(?!async def )[\\s\\S])*?)${find}`);
    return [
      ...(/ != viewer\.user_id/.test(text)
        ? [
            {
              protection: `${name} asks for the owner`,
              edits: [{ path, find: inRoute('if [^\\n]* != viewer\\.user_id:'), replace: '$1if False:' }],
              tests,
            },
          ]
        : []),
      ...(/\.get\(\w+, "/.test(text)
        ? [{ protection: `${name} is scoped`, edits: [{ path, find: inRoute('(\\.get\\(\\w+), "\\w+"'), replace: '$1$2' }], tests }]
        : []),
    ];
  });
}

/** What not everybody sees of a row is not in others' answers, either. */
function summaryMutations(spec: ServiceSpec, entity: EntitySpec): readonly Mutation[] {
  const embedding = spec.entities.filter((other) => other.access.read !== undefined && embeds(embedTree(spec, other), entity));
  if (embedding.length === 0) return [];
  return entity.fields
    .filter(({ visible, hidden }) => visible !== undefined && !hidden)
    .map(({ name }) => ({
      protection: `${name} of ${entity.plural} is not shown inside other rows`,
      edits: [member('app/schemas/_summaries.py', `${entity.name}Summary`, `${name}: object`)],
      tests: embedding.map(({ module }) => `tests/test_${module}.py`),
    }));
}

function embeds(tree: readonly Embed[], entity: EntitySpec): boolean {
  return tree.some((embed) => embed.target.name === entity.name || embeds(embed.embeds, entity));
}

/** Changes that name no version, or an old one, go through. */
function versionMutations({ version, softDelete, name, plural, module, access }: EntitySpec): readonly Mutation[] {
  if (!version) return [];
  const path = `app/repositories/${module}.py`;
  const tests = [`tests/test_${module}.py`];
  const update: Edit = { path, find: /(async def update\([\s\S]*?)if_match\.check\(\w+\.version\)/, replace: '$1pass' };
  const remove: Edit = softDelete
    ? { path, find: 'if_match.check(version)', replace: 'pass' }
    : { path, find: `, if_match.condition(${name}.version)`, replace: '' };
  return [
    ...(access.update ? [{ protection: `update of ${plural} compares versions`, edits: [update], tests }] : []),
    ...(access.delete ? [{ protection: `delete of ${plural} compares versions`, edits: [remove], tests }] : []),
  ];
}

/** Routes that ask for a token take anybody instead. */
function tokenMutations(entity: EntitySpec, texts: Texts): readonly Mutation[] {
  const path = router(entity);
  const find = new RegExp(`(async def get_${entity.module}_repository\\([^)]*viewer: )CurrentViewer\\b`);
  // A route that names a role asks for a token by that.
  const isAsked = Object.values(entity.access).some((rule) => rule.some(({ kind }) => kind !== 'role' && kind !== 'public'));
  if (!isAsked || !find.test(texts.get(path) ?? '')) return [];
  const hasOptional = texts.get('app/core/security.py')?.includes('OptionalViewer = ') === true;
  const [anybody, line] = hasOptional
    ? ['AnyViewer', 'from app.core.security import OptionalViewer as AnyViewer']
    : ['Annotated[Viewer, Depends(lambda: ANONYMOUS)]', 'from app.core.viewer import ANONYMOUS, Viewer'];
  return [
    {
      protection: `routes of ${entity.plural} ask for a token`,
      edits: [
        { path, find, replace: `$1${anybody}` },
        { path, find: /^from app\.core\.security import /m, replace: `${line}\nfrom app.core.security import ` },
      ],
      tests: ['tests/test_contract.py'],
    },
  ];
}

/** The answer to a taken login tells that there is such an account. */
function loginMutations(spec: ServiceSpec): readonly Mutation[] {
  return spec.entities
    .filter((entity) => changesLogin(spec, entity) && entity.access.update !== undefined)
    .map((entity) => ({
      protection: `guesses at taken logins of ${entity.plural} are limited`,
      edits: [
        {
          path: router(entity),
          find: new RegExp(`Depends\\(limit_by_address\\)(?:, )?([^@]*?async def update_${entity.module}\\()`),
          replace: '$1',
        },
      ],
      tests: testsOf(entity),
    }));
}

/** Each route that names a role, in whichever router it stands. */
function roleMutations(spec: ServiceSpec, texts: Texts): readonly Mutation[] {
  return [...texts].flatMap(([path, text]) => {
    if (!path.startsWith('app/routers/')) return [];
    const routes = [...text.matchAll(/require_role\(Role\.(\w+)\)[^@]*?async def (\w+)\(/g)];
    const asked = routes.filter(([, role]) => role !== constantName(everybodysRole(spec) ?? ''));
    return asked.map(([, role = '', name = '']): Mutation => ({
      protection: `${name} needs the role ${role.toLowerCase()}`,
      edits: [
        {
          path,
          find: new RegExp(`Depends\\(require_role\\(Role\\.${role}\\)\\)(?:, )?([^@]*?async def ${name}\\()`),
          replace: '$1',
        },
      ],
      tests: ['tests/test_access.py', `tests/test_operation_${name}.py`],
    }));
  });
}

/** Whether a role is asked for that has another above it. */
function asksForLowerRoles(spec: ServiceSpec, texts: Texts): boolean {
  const highest = constantName(spec.auth?.roles.at(-1) ?? '');
  return [...texts].some(([path, text]) => {
    if (!path.startsWith('app/')) return false;
    return [...text.matchAll(/(?:require_role|has_role)\(Role\.(\w+)\)/g)].some(([, role]) => role !== highest);
  });
}

function sharedMutations(spec: ServiceSpec, texts: Texts): readonly Mutation[] {
  if (spec.auth === undefined || spec.auth.roles.length === 0) return [];
  return [
    {
      protection: 'a role does not include later ones',
      edits: [{ path: 'app/core/viewer.py', find: 'RANKS[self.role] >= RANKS[role]', replace: 'RANKS[self.role] >= 0' }],
      tests: ['tests/test_access.py'],
    },
    ...(asksForLowerRoles(spec, texts)
      ? [
          {
            protection: 'a role includes earlier ones',
            edits: [{ path: 'app/core/viewer.py', find: 'RANKS[self.role] >= RANKS[role]', replace: 'RANKS[self.role] == RANKS[role]' }],
            tests: ['tests/test_access.py'],
          },
        ]
      : []),
  ];
}

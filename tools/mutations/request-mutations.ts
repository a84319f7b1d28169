import type { EntitySpec, ServiceSpec } from '../../packages/generator-core/src/spec/service-spec';
import { member } from './access-mutations';
import type { Edit, Mutation } from './mutation';

type Texts = ReadonlyMap<string, string>;

/** What a request may hold: no unknown keys, no fields that are not the caller's to set, bounded pages and values. */
export function requestMutations(spec: ServiceSpec, texts: Texts): readonly Mutation[] {
  const routed = spec.entities.filter(({ access }) => Object.keys(access).length > 0);
  return [
    ...strictMutations(texts),
    ...routed.flatMap((entity) => [
      ...overPostMutations(spec, entity, texts),
      ...pageMutations(entity, texts),
      ...nestedMutations(entity, texts),
    ]),
    ...valueMutations(texts),
    ...searchMutations(texts),
  ];
}

/** Every class of requests by itself: each has a body that only its own routes take. */
function strictMutations(texts: Texts): readonly Mutation[] {
  return [...texts].flatMap(([path, text]) => {
    if (!path.startsWith('app/schemas/')) return [];
    const classes = [...text.matchAll(/^class (\w+)\(StrictModel\):/gm)].map(([, name = '']) => name);
    const module = /([^/]+)\.py$/.exec(path)?.[1] ?? '';
    return classes.map((name): Mutation => ({
      protection: `${name} takes no unknown keys`,
      edits: [member(path, name, 'model_config = {"extra": "ignore"}\n')],
      tests: [`tests/test_${module}.py`, `tests/test_operation_${module}.py`, 'tests/test_contract.py'],
    }));
  });
}

function overPostMutations(spec: ServiceSpec, entity: EntitySpec, texts: Texts): readonly Mutation[] {
  const computed = entity.fields.filter(({ readonly, type }) => readonly || type.kind === 'slug' || type.kind === 'sequence');
  const never = [
    'id',
    ...computed.map(({ name }) => name),
    ...(entity.owner ? [entity.owner.column] : []),
    ...(entity.isUser ? [...(spec.auth?.roles.length ? ['role'] : []), 'is_active', 'hashed_password'] : []),
  ];
  const immutable = [
    ...entity.fields.filter((field) => field.immutable && !computed.includes(field)).map(({ name }) => name),
    ...entity.relations.flatMap((relation) => (relation.kind === 'belongs_to' && relation.immutable ? [relation.column] : [])),
  ];
  const path = `app/schemas/${entity.module}.py`;
  const has = (className: string): boolean => texts.get(path)?.includes(`class ${className}(`) === true;
  const mutation = (className: string, name: string, extra: readonly Edit[] = []): Mutation => ({
    protection: `${name} is not in ${className}`,
    edits: [member(path, className, `${name}: object = None`), ...extra],
    tests: [`tests/test_${entity.module}.py`],
  });
  // What is not sent must not overwrite what the service sets.
  const sentOnly: Edit = {
    path: `app/repositories/${entity.module}.py`,
    find: /(async def create\([\s\S]*?\*\*data\.model_dump\()/,
    replace: '$1exclude_none=True, ',
  };
  return [
    ...(has(`${entity.name}Create`) && entity.access.create ? never.map((name) => mutation(`${entity.name}Create`, name, [sentOnly])) : []),
    ...(has(`${entity.name}Update`) && entity.access.update
      ? [...never, ...immutable].map((name) => mutation(`${entity.name}Update`, name))
      : []),
  ];
}

function pageMutations(entity: EntitySpec, texts: Texts): readonly Mutation[] {
  const path = `app/schemas/${entity.module}.py`;
  const text = texts.get(path);
  if (entity.access.list === undefined || text === undefined) return [];
  const bound = (protection: string, name: string, find: RegExp): Mutation => ({
    protection: `${protection} of ${entity.plural} is bounded`,
    edits: [{ path, find: new RegExp(`(    ${name}: Annotated\\[.*?)${find.source}`), replace: '$1' }],
    tests: [`tests/test_${entity.module}.py`],
  });
  return [
    bound('the page', 'limit', /, le=\d+/),
    ...(/^ {4}offset:/m.test(text) ? [bound('the offset', 'offset', /, le=[^)]+/)] : []),
    ...(/^ {4}cursor:/m.test(text) ? [bound('the cursor', 'cursor', /max_length=\d+, /)] : []),
    ...(/^ {4}sort: Annotated/m.test(text) ? [bound('the number of sorts', 'sort', /max_length=\d+/)] : []),
    ...(/^ {4}q: Annotated/m.test(text) ? [bound('the length of a search', 'q', /, max_length=\d+/)] : []),
  ];
}

/** Rows written together with their parent: how many at once. */
function nestedMutations(entity: EntitySpec, texts: Texts): readonly Mutation[] {
  const path = `app/schemas/${entity.module}.py`;
  const classes = (texts.get(path) ?? '').split(/^(?=class )/m).filter((text) => text.startsWith('class '));
  return classes.flatMap((text) => {
    const className = /^class (\w+)/.exec(text)?.[1] ?? '';
    const lists = [...text.matchAll(/^ {4}(\w+): Annotated\[\s*list\[\w+\],\s*Field\([^)]*max_length=\d+/gm)].map(([, name = '']) => name);
    return lists
      .filter((name) => name !== 'sort')
      .map((name): Mutation => ({
        protection: `the number of ${name} in ${className} is bounded`,
        edits: [
          {
            path,
            find: new RegExp(
              `(^class ${className}\\((?:(?!^class )[\\s\\S])*?^    ${name}: [\\s\\S]*?Field\\([^)]*?)(?:, )?max_length=\\d+`,
              'm',
            ),
            replace: '$1',
          },
        ],
        tests: [`tests/test_${entity.module}.py`],
      }));
  });
}

function valueMutations(texts: Texts): readonly Mutation[] {
  const path = 'app/schemas/_base.py';
  const text = texts.get(path) ?? '';
  const all: readonly Mutation[] = [
    {
      protection: 'unknown keys are refused everywhere',
      edits: [{ path, find: 'ConfigDict(extra="forbid")', replace: 'ConfigDict()' }],
      tests: [],
    },
    {
      protection: 'texts hold no NUL',
      edits: [{ path, find: /^(Text = Annotated\[str, Field\()pattern=.*\)\]$/m, replace: '$1)]' }],
      tests: [],
    },
    {
      protection: 'whole numbers fit their column',
      edits: [{ path, find: /^(Int32 = .*?strict=True), ge=.*\)\]$/m, replace: '$1)]' }],
      tests: [],
    },
    {
      protection: 'large numbers fit their column',
      edits: [{ path, find: /^(Int64 = .*?strict=True), ge=.*\)\]$/m, replace: '$1)]' }],
      tests: [],
    },
  ];
  // Where each field has bounds of its own, those of the type are not what keeps values in.
  const needed = all.filter(({ protection }) => protection !== 'whole numbers fit their column' || hasUnbounded(texts, path));
  return needed.filter(({ edits }) =>
    edits.every(({ find }) => (typeof find === 'string' ? text.includes(find) : find.test(text) || isNeeded(find, text))),
  );
}

function hasUnbounded(texts: Texts, base: string): boolean {
  return [...texts].some(
    ([path, text]) => path !== base && (/(?:: |list\[)Int32\b/.test(text) || /Annotated\[Int32, Field\((?!ge=[^,]+, le=)/.test(text)),
  );
}

/** A type that the file defines in other words than expected is an error, one that it has no use for is none. */
function isNeeded(find: RegExp, text: string): boolean {
  const name = /\^\((\w+) = /.exec(find.source)?.[1];
  return name !== undefined && new RegExp(`^${name} = `, 'm').test(text);
}

function searchMutations(texts: Texts): readonly Mutation[] {
  return [...texts].flatMap(([path, text]) => {
    if (!path.startsWith('app/repositories/') || path.endsWith('/base.py')) return [];
    const module = /([^/]+)\.py$/.exec(path)?.[1] ?? '';
    const columns = [...text.matchAll(/(\w+\.\w+)\.icontains\(query\.q, autoescape=True\)/g)].map(([, column = '']) => column);
    return columns.map((column): Mutation => ({
      protection: `a search in ${column} is literal`,
      edits: [{ path, find: `${column}.icontains(query.q, autoescape=True)`, replace: `${column}.icontains(query.q)` }],
      tests: [`tests/test_${module}.py`],
    }));
  });
}

import { pluralOf, snakeCase } from '../../src/spec/naming';
import { reservedOperationNames } from '../../src/spec/reserved-names';
import type { EntityDraft, FieldDraft, SpecDraft } from './draft';
import type { Random } from './random';
import { accessLists } from './random-access';
import { randomField } from './random-field';
import { fieldNames, texts } from './words.data';
import { writeField } from './write-field';

type Written = Readonly<Record<string, unknown>>;

const operationNames =
  'pay archive_all promote best_of sync_now import_rows search_all reset x get post put patch count_them a_rather_long_operation health_check query main item test_it list_them summary run status_of'
    .split(' ')
    .filter((name) => !reservedOperationNames.has(name));

/** Routes beyond create, read, update and delete; none of two the same. */
export function randomOperations(random: Random, draft: SpecDraft): Written | undefined {
  const modules = new Set(draft.entities.map(({ name }) => snakeCase(name)));
  const names = random.shuffled(operationNames.filter((name) => !modules.has(name))).slice(0, random.below(5));
  const operations = names.map((name) => [name, randomOperation(random, name, draft)] as const);
  return operations.length === 0 ? undefined : Object.fromEntries(operations);
}

function randomOperation(random: Random, name: string, draft: SpecDraft): Written {
  const { path, subject, parameters } = randomPath(random, name, draft.entities);
  const method = random.pick(['GET', 'POST', 'POST', 'PUT', 'PATCH', 'DELETE']);
  const isQuery = method === 'GET' || method === 'DELETE';
  const access = random.pick(accessLists(random, { auth: draft.auth, tenancy: draft.tenancy, ...(subject && { entity: subject }) }));
  const input = randomInput(random, draft, isQuery, parameters);
  const output = random.chance(0.25) ? null : randomShape(random, draft, 0);
  const status = random.chance(0.3) ? random.pick(output === null ? [204, 200] : [200, 201, 202]) : undefined;
  const examples = randomExamples(random, {
    draft,
    access,
    subject,
    parameters,
    input,
    isQuery,
    status: status ?? (output === null ? 204 : 200),
  });
  return {
    route: `${method} ${path}`,
    access: access.length === 1 && random.chance(0.7) ? access[0] : access,
    ...(input.length > 0 && { input: Object.fromEntries(input.map((field) => [field.name, writeField(random, field)])) }),
    ...(output === null && random.chance(0.5) ? {} : { output }),
    ...(status !== undefined && { status }),
    ...(random.chance(0.4) && {
      errors: random.pick([{ 409: random.pick(texts) }, { 404: 'None.', 409: 'Taken.' }, { 422: 'Wrong.' }, { 503: 'Later.' }]),
    }),
    ...(random.chance(0.15) && { rate: random.pick(['10/m', '1000/h', '100/s']) }),
    describe: random.pick(texts),
    ...(examples.length > 0 && { examples }),
  };
}

interface PathDraft {
  readonly path: string;
  readonly subject: EntityDraft | undefined;
  readonly parameters: readonly { readonly name: string; readonly entity?: EntityDraft }[];
}

function randomPath(random: Random, name: string, entities: readonly EntityDraft[]): PathDraft {
  const end = name.replaceAll('_', '-');
  const entity = random.pick(entities);
  const parameter = { name: `${snakeCase(entity.name)}_id`, entity };
  const base =
    (entity.other['api'] as { readonly path?: string } | undefined)?.path ?? `/${pluralOf(snakeCase(entity.name)).replaceAll('_', '-')}`;
  const other = random.pick(entities);
  switch (random.below(6)) {
    case 0:
      return { path: `/do-${end}`, subject: undefined, parameters: [] };
    case 1:
      return { path: `${base}/${end}`, subject: undefined, parameters: [] };
    case 2:
      return { path: `/by-code/{code}/${end}`, subject: undefined, parameters: [{ name: 'code' }] };
    case 3:
      return other === entity
        ? { path: `/of/{${parameter.name}}/${end}`, subject: entity, parameters: [parameter] }
        : {
            path: `${base}/{${parameter.name}}/with/{${snakeCase(other.name)}_id}/${end}`,
            subject: other,
            parameters: [parameter, { name: `${snakeCase(other.name)}_id`, entity: other }],
          };
    default:
      return { path: `${base}/{${parameter.name}}/${end}`, subject: entity, parameters: [parameter] };
  }
}

function randomInput(random: Random, draft: SpecDraft, isQuery: boolean, parameters: PathDraft['parameters']): readonly FieldDraft[] {
  const names = random
    .shuffled(fieldNames.filter((name) => !parameters.some((parameter) => parameter.name === name)))
    .slice(0, random.below(4));
  const structs = draft.structs.map(({ name }) => name);
  return names.map((name) =>
    randomField(random, name, { enums: draft.enums, structs, slugSources: [], isQuery, isColumn: false, viewers: [] }),
  );
}

/** An entity, a type, an enum, a scalar, a list or an object of them. */
export function randomShape(random: Random, draft: SpecDraft, depth: number): unknown {
  const leaf = (): string =>
    random.pick([
      ...draft.entities.map(({ name }) => name),
      ...draft.entities.map(({ name }) => name),
      ...draft.structs.map(({ name }) => name),
      ...draft.structs.map(({ name }) => name),
      ...draft.enums.map(({ name }) => name),
      ...[
        'int',
        'int?',
        'string',
        'string?',
        'decimal(10,2)',
        'float?',
        'bool',
        'date',
        'datetime?',
        'time',
        'uuid',
        'email',
        'url',
        'json',
      ],
    ]);
  if (depth >= 2 || random.chance(0.5)) return leaf();
  if (random.chance(0.5)) return [randomShape(random, draft, depth + 1)];
  const names = random.shuffled(fieldNames).slice(0, 1 + random.below(3));
  // Only inside of a list may the members of an object be more than names.
  return Object.fromEntries(names.map((name) => [name, randomShape(random, draft, depth === 0 ? 2 : depth + 1)]));
}

interface ExampleScope {
  readonly draft: SpecDraft;
  readonly access: readonly string[];
  readonly subject: EntityDraft | undefined;
  readonly parameters: PathDraft['parameters'];
  readonly input: readonly FieldDraft[];
  readonly isQuery: boolean;
  readonly status: number;
}

/** A call that succeeds, one without sign-in, one for a row that is not there. */
function randomExamples(random: Random, scope: ExampleScope): readonly unknown[] {
  const needed = scope.input.filter((field) => !field.nullable && field.default === undefined);
  if (needed.some(({ values }) => values.length === 0) || random.chance(0.4)) return [];
  const { draft, access, parameters, subject } = scope;
  const values = Object.fromEntries(needed.map((field) => [field.name, random.pick(field.values)]));
  const input = needed.length > 0 ? { [scope.isQuery ? 'query' : 'body']: values } : {};
  const caller = callerOf(scope);
  const owner = subject?.owner;
  const isOwn = caller === '$caller' && owner !== undefined && !letsEverybodyIn(scope);
  const isItself = caller === '$caller' && subject?.isUser === true && !letsEverybodyIn(scope);
  const given = Object.fromEntries(
    parameters.flatMap(({ entity }, index) =>
      entity === undefined
        ? []
        : [[`row_${index}`, { [entity.name]: isOwn && entity === subject && owner !== undefined ? { [owner]: '$caller' } : {} }]],
    ),
  );
  const nobodys = Object.fromEntries(Object.entries(given).map(([alias, row]) => [alias, { [Object.keys(row)[0]!]: {} }]));
  const path = (missing: boolean): Written =>
    parameters.length === 0
      ? {}
      : {
          path: Object.fromEntries(
            parameters.map(({ name, entity }, index) => [
              name,
              entity === undefined
                ? 'a-code'
                : missing && entity === subject
                  ? missingId(entity)
                  : isItself && entity === subject && !missing
                    ? '$caller.id'
                    : `$row_${index}.id`,
            ]),
          ),
        };
  const user = draft.auth?.user;
  const people = caller === '$caller' && user !== undefined ? { caller: { [user]: {} } } : {};
  const placed = caller === '$caller' ? withinTenant(given, draft) : given;
  const isOpen = access.includes('public');
  const name = random.pick(['works', "it's fine", 'says "yes"', 'geht – größer']);
  return [
    { name, given: { ...people, ...placed }, when: { as: caller, ...path(false), ...input }, then: { status: scope.status } },
    ...(isOpen
      ? []
      : [{ name: 'needs sign-in', given: nobodys, when: { as: 'anonymous', ...path(true), ...input }, then: { status: 401 } }]),
    ...(subject !== undefined
      ? [{ name: 'nothing there', given: { ...people, ...given }, when: { as: caller, ...path(true), ...input }, then: { status: 404 } }]
      : []),
  ];
}

type Given = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The rows in a tenant of which the caller is the mightiest member. */
function withinTenant(given: Given, { tenancy, entities }: SpecDraft): Given {
  const rows = Object.entries(given).map(([alias, row]) => ({
    alias,
    row,
    entity: entities.find(({ name }) => Object.hasOwn(row, name))!,
  }));
  const isInside = ({ tenant, name }: EntityDraft): boolean => tenant !== undefined || name === tenancy?.entity;
  if (tenancy === undefined || !rows.some(({ entity }) => isInside(entity))) return given;
  const own = rows.find(({ entity }) => entity.name === tenancy.entity);
  const space = own?.alias ?? 'space';
  return {
    [space]: own?.row ?? { [tenancy.entity]: {} },
    seat: { [tenancy.member]: { [tenancy.tenantLink]: `$${space}`, [tenancy.userLink]: '$caller', role: tenancy.roles.at(-1) } },
    ...Object.fromEntries(
      rows.filter((row) => row !== own).flatMap(({ alias, row, entity }) => rowOnItsWay({ alias, row, entity, entities, space })),
    ),
  };
}

interface PlacedRow {
  readonly alias: string;
  readonly row: Given[string];
  readonly entity: EntityDraft;
  readonly entities: readonly EntityDraft[];
  readonly space: string;
}

/** The rows that lead from the tenant to this one, and this one. */
function rowOnItsWay({ alias, row, entity, entities, space }: PlacedRow): readonly (readonly [string, Given[string]])[] {
  const [link, ...rest] = entity.tenant?.split('.') ?? [];
  if (link === undefined) return [[alias, row]];
  const placed = (around: string): Given[string] => ({ [entity.name]: { ...(row[entity.name] as Written), [link]: `$${around}` } });
  if (rest.length === 0) return [[alias, placed(space)]];
  const parent = entities.find(({ name }) => name === entity.relations.find((relation) => relation.name === link)?.target)!;
  const around = `${alias}_around`;
  return [...rowOnItsWay({ alias: around, row: { [parent.name]: {} }, entity: parent, entities, space }), [alias, placed(around)]];
}

/** Whether everybody who is signed in, or a member of the tenant, gets in: no row has to be the caller's own. */
function letsEverybodyIn({ access, draft, subject }: ExampleScope): boolean {
  const isInside = subject?.tenant !== undefined || subject?.name === draft.tenancy?.entity;
  const isRole = (word: string): boolean =>
    isInside && draft.tenancy?.roles.includes(word) === true && !(word === 'owner' && subject?.owner !== undefined);
  return access.some((word) => word === 'user' || isRole(word));
}

/** Somebody whom the access lets in. */
function callerOf({ access, draft }: ExampleScope): string {
  if (access.includes('public')) return 'anonymous';
  const role = access.find((word) => draft.auth?.roles.includes(word));
  return role ?? '$caller';
}

function missingId({ id }: EntityDraft): string | number {
  return id === 'int' ? 987_654 : '018f0000-0000-7000-8000-0000000000ff';
}

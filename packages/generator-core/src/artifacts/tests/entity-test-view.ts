import type { AccessRule, EntitySpec, FieldSpec, FieldType, RelationSpec, ServiceSpec, Verb } from '../../spec/service-spec';
import { creatableReferences, writableLinks } from '../python/entity-requests';
import { roleMember } from '../python/python-value';
import {
  closingReadMembers,
  embedMembers,
  embedTree,
  plainReadMembers,
  summaryMembers,
  visibilityLevels,
  type Embed,
} from '../python/read-members';
import {
  belongsTo,
  entityNamed,
  linkIdName,
  linkIdsName,
  manyToMany,
  nestedRelations,
  relationNamed,
  type BelongsTo,
  type HasMany,
} from '../python/spec-lookup';
import { hasTenant, isMember, isTenant, memberColumns, tenantEntity } from '../python/tenancy';
import { needsLoading } from '../web/entity-reads';
import { isShownToSome } from '../web/is-shown-to-some';
import { hasStaticSiblings } from '../web/static-siblings';
import { testRow } from './test-row';
import { rowsBefore } from './rows-made';
import { collectionsOf, statementCounts, type StatementCounts } from './statement-counts';
import { makerOf } from './maker-of';
import { isPermitted, type Viewer } from './viewers';
import { canRepeat, isCountedText } from './can-repeat';
import { createFields, createParents, needsOwner, referableId, toldApart, updateFields } from './factory-view';
import { besideArgument, bodyTenantArgument, ruledArgument, tenantArgument } from './tenant-arguments';
import { mayHold, numberedValue, pythonJson, pythonRowValue, refusedValues, sampleValue, type JsonValue } from './test-values';

/** What `tests/test_{entity}.py` tests; all strings are Python source. A verb without a route is undefined. */
export interface EntityTestView {
  readonly name: string;
  readonly module: string;
  /** Variable for one row. */
  readonly row: string;
  readonly path: string;
  /** `f"/api/v1/books/{book.id}"` */
  readonly rowUrl: string;
  /** HTTP methods of the routes of one row. */
  readonly rowMethods: readonly string[];
  /** Answer to a path with what is no id at all. */
  readonly malformedStatus: 404 | 422;
  readonly label: string;
  readonly labels: string;
  /** Arguments that make the user who may do all of it: `role=Role.ADMIN`. Undefined without auth. */
  readonly actor?: { readonly arguments: string; readonly owns?: string };
  readonly isUser: boolean;
  /** The tenant that rows lie in, which the actor rules: the name of the fixture and its call. */
  readonly tenant?: { readonly name: string; readonly model: string; readonly label: string; readonly call: string };
  /** `, author=actor` where rows have an owner, `, workspace=workspace` where they lie in a tenant. */
  readonly owned: string;
  readonly missingId: string;
  /** Turns an id of an answer into one of the database: `UUID`. */
  readonly idOfJson: string;
  readonly refused: readonly string[];
  /** Members of an answer to the actor. */
  readonly keys: string;
  /** The same for other users' rows, where they show less; undefined where they do not. */
  readonly othersKeys?: string;
  readonly verbs: readonly Verb[];
  readonly create?: CreateTests;
  readonly update?: UpdateTests;
  readonly replace?: ReplaceTests;
  readonly softReferences: readonly SoftReferenceTest[];
  readonly children: readonly ChildTest[];
  readonly list?: ListTests;
  readonly full: FullRowTests;
  readonly statements: StatementCounts;
  readonly computed: readonly ComputedTest[];
  /** Entities with a version: requests that change a row name it. */
  readonly version?: VersionTests;
}

/** A value over the rows of a collection: two rows with different values, and what comes of those. */
interface ComputedTest {
  readonly name: string;
  readonly lines: readonly string[];
  readonly expected: number;
}

interface VersionTests {
  /** Whether the tag speaks of more than the row: embedded rows, computed values. */
  readonly tagsAnswer: boolean;
  /** JSON of a change that raises the version: `{"title": "title b"}`; undefined where no request changes anything. */
  readonly change?: string;
}

interface CreateTests {
  /** Whether who makes a row may read it: a user who is made is somebody else, and who makes a tenant need not become a member. */
  readonly isReadable: boolean;
  /** Keyword arguments of the body: `owner=actor`. */
  readonly arguments: string;
  /** Members of the answer, a Python expression. */
  readonly keys: string;
  readonly echoed: readonly string[];
  readonly required: readonly string[];
  readonly refused: readonly string[];
  readonly unique: readonly UniqueTest[];
  readonly dangling: readonly string[];
  readonly nested: readonly NestedTest[];
  readonly slugs: readonly SlugTest[];
}

/** Rows that are written in the body of this one. */
interface NestedTest {
  readonly relation: string;
  /** The first of them in a body: `body["items"][0]`. */
  readonly first: string;
  /** What stands in place of what the factory fills in, and the row's attributes then. */
  readonly sent: readonly string[];
  readonly stored: readonly string[];
  readonly name: string;
  readonly column: string;
  readonly refused: readonly string[];
}

interface SlugTest {
  readonly name: string;
  readonly source: string;
  readonly unique: boolean;
  /** Whether it follows the source in an update. */
  readonly follows: boolean;
}

interface UniqueTest {
  /** `isbn`, `book_and_author` */
  readonly name: string;
  /** `isbn=first.isbn`; of updates `"isbn": first.isbn` */
  readonly changes: readonly string[];
}

interface UpdateTests {
  /** `("stock", 2)` */
  readonly changes: readonly string[];
  /** JSON of a change that makes no slug: `{"stock": 2}`. */
  readonly plainChange?: string;
  /** Members of the answer that change by themselves. */
  readonly volatile: readonly string[];
  readonly refused: readonly string[];
  readonly unique: readonly UniqueTest[];
  readonly nullable: readonly string[];
  readonly selfLinks: readonly SelfLinkTest[];
  readonly links: readonly LinkTest[];
}

interface ReplaceTests {
  /** A body without anything that may be left out. */
  readonly body: string;
  /** Whether the body holds ids of the row. */
  readonly namesRow: boolean;
  readonly required: readonly string[];
  /** Members of the answer that are sent, as they are sent. */
  readonly echoed: readonly string[];
  /** `"state": "open"`: what the rest of the answer becomes. */
  readonly defaults: readonly string[];
}

/** A list of ids in requests that links a row with those of another entity. */
interface LinkTest {
  readonly relation: string;
  readonly member: string;
  readonly table: string;
  readonly local: string;
  readonly remote: string;
  /** JSON of the id of a row that the actor may refer to. */
  readonly linked: string;
}

/** A list of ids in requests that links rows of the entity with one another. */
interface SelfLinkTest {
  readonly relation: string;
  readonly member: string;
  readonly table: string;
  readonly local: string;
  readonly remote: string;
  /** Whether a row may be linked to itself. */
  readonly reflexive: boolean;
  /** Whether the rows are tenants, which refer to nothing outside of themselves. */
  readonly isBound: boolean;
}

interface ChildTest {
  readonly module: string;
  readonly name: string;
  readonly relation: string;
  readonly column: string;
  readonly onDelete: 'cascade' | 'restrict' | 'set_null';
  readonly softDelete: boolean;
}

/** A reference in create requests to rows that are deleted softly. */
interface SoftReferenceTest {
  /** `category` */
  readonly name: string;
  readonly column: string;
  /** `make_category(session)` */
  readonly make: string;
  readonly missing: string;
}

interface ListTests {
  readonly maxPage: number;
  /** Whether a page holds all rows of a test unless the request says how many. */
  readonly whole: boolean;
  /** Whether it holds those, too, that come with what a filter refers to. */
  readonly wide: boolean;
  /** Rows that are there before a test makes any, with the actor: how many, and a statement that gives the ids of all rows. */
  readonly present: number;
  readonly all?: string;
  /** Condition that keeps what the actor cannot be without, and their own row, without which nothing is shown to them: `, User.id != actor.id`. */
  readonly staying: string;
  /** Whether the list shows more than one row at all. */
  readonly many: boolean;
  readonly filters: readonly FilterTest[];
  readonly keyset: boolean;
  /** JSON of an id: `"018f…"`. */
  readonly anyId: string;
  /** Values of `?sort=`: none, each by itself both ways, all at once. */
  readonly orders: string;
  readonly sorts: readonly { readonly name: string; readonly low: string; readonly high: string }[];
  readonly search?: {
    readonly wanted: string;
    readonly other: string;
    readonly words: string;
    /** Arguments that give a value to the other fields which are searched, where rows need none. */
    readonly filled: string;
    /** What SQL would read as more than itself, as far as rows of tests do not hold it. */
    readonly literal: readonly string[];
  };
  readonly badFilters: readonly string[];
  /** Arguments of rows in the order that lists have by themselves, the first one last; undefined where it is that of the ids, or of what tests cannot set. */
  readonly ordered?: readonly string[];
  /** Rows that agree in everything that these orders look at. */
  readonly ties?: { readonly arguments: string; readonly orders: string };
}

interface FilterTest {
  readonly name: string;
  /** Arguments of the wanted row in place of the usual ones, where the filter is by the tenant itself. */
  readonly owned?: string;
  /** Lines before: parents of a filter by relation. */
  readonly given: readonly string[];
  readonly wanted: string;
  readonly other: string;
  /** Query strings that find `wanted` and not `other`: `{"stock_min": 2}`. */
  readonly queries: readonly string[];
  /** Query strings that find `other` and not `wanted`: `{"stock_max": 1}`. */
  readonly opposites: readonly string[];
}

interface FullRowTests {
  /** Statements that make the row, in the variable `row`. */
  readonly lines: readonly string[];
  /** The same for rows of a list, where nothing needs the name. */
  readonly listed: readonly string[];
  /** `body["category"]["id"] == body["category_id"]` */
  readonly assertions: readonly string[];
  /** Whether every collection that is loaded has a row: an empty one loads nothing of what is in its rows. */
  readonly isFilled: boolean;
  /** Entities all of whose rows can be deleted, and what the answer then holds; undefined where nothing of it is deleted softly. */
  readonly emptied?: { readonly entities: readonly string[]; readonly assertions: readonly string[] };
}

const missingUuid = '018f0000-0000-7000-8000-000000000000';
export const missingIdOf = (entity: EntitySpec): string => (entity.id === 'int' ? '2_000_000_000' : `"${missingUuid}"`);

export function entityTestView(spec: ServiceSpec, entity: EntitySpec): EntityTestView {
  const { access } = entity;
  const owned = `${ruledArgument(spec, entity, 'actor')}${entity.owner ? `, ${entity.owner.relation}=actor` : ''}`;
  const shared = access.update === undefined ? [] : updateFields(entity);
  const highest = spec.auth?.roles.at(-1);
  const other = otherViewer(spec);
  const isReadable =
    access.read !== undefined &&
    (entity.isUser
      ? isPermitted(spec, access.read, other, entity)
      : !isTenant(spec, entity) || isPermitted(spec, access.read, makerOf(spec, entity, otherViewer(spec)), entity));
  const create = access.create === undefined ? undefined : { ...createTests(spec, entity, shared), isReadable };
  const update = access.update === undefined ? undefined : updateTests(spec, entity);
  const list = access.list === undefined ? undefined : listTests(spec, entity, access.list);
  const keys = readKeys(spec, entity);
  const othersKeys = readKeys(spec, entity, entity.isUser ? other : undefined);
  return {
    name: entity.name,
    module: entity.module,
    path: `/api/v1${entity.path}`,
    row: testRow(entity),
    rowUrl: `f"/api/v1${entity.path}/{${testRow(entity)}.id}"`,
    rowMethods: [
      ...(access.read ? ['GET'] : []),
      ...(access.update ? ['PATCH'] : []),
      ...(access.replace ? ['PUT'] : []),
      ...(access.delete ? ['DELETE'] : []),
    ],
    malformedStatus: hasStaticSiblings(spec, entity) ? 404 : 422,
    label: entity.label,
    labels: entity.plural.replaceAll('_', ' '),
    ...(spec.auth && {
      actor: {
        arguments: highest === undefined ? '' : `, role=${roleMember(highest)}`,
        ...(entity.owner && { owns: entity.owner.relation }),
      },
    }),
    isUser: entity.isUser,
    ...(entity.tenant && { tenant: tenantFixture(spec) }),
    owned,
    missingId: missingIdOf(entity),
    idOfJson: entity.id === 'int' ? 'int' : 'UUID',
    refused: shared.flatMap((field) => refusedChanges(spec, field)),
    keys: pythonSet(keys),
    ...(othersKeys.length < keys.length && { othersKeys: pythonSet(othersKeys) }),
    verbs: (['list', 'read', 'create', 'update', 'replace', 'delete'] as const).filter((verb) => access[verb] !== undefined),
    ...(create && { create }),
    ...(update && { update }),
    ...(access.replace && { replace: replaceTests(spec, entity) }),
    softReferences: access.create === undefined ? [] : softReferenceTests(spec, entity),
    children: access.delete === undefined ? [] : childTests(spec, entity),
    ...(list && { list }),
    statements: statementCounts(spec, entity),
    computed: access.read === undefined ? [] : computedTests(spec, entity),
    full: fullRowTests(spec, entity, owned),
    ...(entity.version && { version: { tagsAnswer: needsLoading(entity), ...(update && changeOf(spec, entity)) } }),
  };
}

/** Who is not the row's, with the greatest role. */
function otherViewer(spec: ServiceSpec): Viewer {
  const role = spec.auth?.roles.at(-1);
  return { kind: 'stranger', ...(role !== undefined && { role }) };
}

/** What a row's maker is told of it. Users are made by others, and a tenant's maker may not be a member of it. */
function createdKeys(spec: ServiceSpec, entity: EntitySpec): readonly string[] {
  if (entity.isUser) return readKeys(spec, entity, otherViewer(spec));
  return readKeys(spec, entity, isTenant(spec, entity) ? makerOf(spec, entity, otherViewer(spec)) : undefined);
}

/** A body that changes a row as the factory makes it: a value that is there already raises no version. */
function changeOf(spec: ServiceSpec, entity: EntitySpec): Pick<VersionTests, 'change'> {
  for (const field of updateFields({ ...entity, fields: toldApart(entity) }).filter(({ hidden }) => !hidden)) {
    if (mayHoldSample(spec, field)) continue;
    const value = sampleValue(spec, field, 1) ?? (field.nullable ? sampleValue(spec, field, 0) : undefined);
    if (value !== undefined && (value !== field.default || field.nullable)) return { change: `{"${field.name}": ${pythonJson(value)}}` };
  }
  return {};
}

/** Whether one of the values that the factory makes may happen to be a sample: counted letters, numbers and days. */
function mayHoldSample(spec: ServiceSpec, field: FieldSpec): boolean {
  const made = field.nullable ? 'None' : numberedValue(spec, field, 'row');
  return /\bunique\b/.test(made) && !made.startsWith('f"');
}

function tenantFixture(spec: ServiceSpec): NonNullable<EntityTestView['tenant']> {
  const tenant = tenantEntity(spec);
  const { module, name, label, owner } = tenant;
  const owned = owner ? `, ${owner.relation}=actor` : '';
  return {
    name: testRow(tenant),
    model: name,
    label,
    call: `make_${module}(session${ruledArgument(spec, tenantEntity(spec), 'actor')}${owned})`,
  };
}

function readKeys(spec: ServiceSpec, entity: EntitySpec, viewer?: Viewer): readonly string[] {
  const levels = visibilityLevels(spec, entity).flatMap(({ rule, members }) =>
    viewer === undefined || isPermitted(spec, rule, viewer, entity) ? members : [],
  );
  const embeds = embedMembers(embedTree(spec, entity), entity.name).members;
  return [...plainReadMembers(spec, entity), ...embeds, ...closingReadMembers(entity), ...levels].map(({ name }) => name);
}

function pythonSet(names: readonly string[]): string {
  return `{${[...new Set(names)].map((name) => `"${name}"`).join(', ')}}`;
}

function refusedChanges(spec: ServiceSpec, field: FieldSpec): readonly string[] {
  return refusedValues(spec, field).map((value) => `{"${field.name}": ${value}}`);
}

/** Members that neither body may hold: the key, what the service sets itself, and what no one has heard of. */
function refusedMembers(spec: ServiceSpec, entity: EntitySpec): readonly string[] {
  const readonlyFields = entity.fields.filter((field) => field.readonly || field.type.kind === 'slug' || field.type.kind === 'sequence');
  return [
    `{"id": ${missingIdOf(entity)}}`,
    ...readonlyFields.map((field) => `{"${field.name}": ${pythonJson(sampleValue(spec, field, 0) ?? null)}}`),
    ...(entity.owner ? [`{"${entity.owner.column}": ${missingIdOf(entityNamed(spec, spec.auth?.user ?? entity.name))}}`] : []),
    ...(entity.version ? ['{"version": 1}'] : []),
    ...(entity.timestamps ? ['{"created_at": "2026-01-15T12:00:00Z"}'] : []),
    ...(entity.isUser
      ? [...(spec.auth?.roles.length ? [`{"role": "${spec.auth.roles.at(-1)}"}`] : []), '{"is_active": True}', '{"hashed_password": "x"}']
      : []),
    '{"no_such_member": 1}',
  ];
}

/** More ids than a request may hold. */
function endlessLists(spec: ServiceSpec, entity: EntitySpec): readonly string[] {
  return writableLinks(entity).map(
    (relation) => `{"${linkIdsName(spec, relation)}": [${missingIdOf(entityNamed(spec, relation.target))}] * 10_000}`,
  );
}

function createTests(spec: ServiceSpec, entity: EntitySpec, shared: readonly FieldSpec[]): Omit<CreateTests, 'isReadable'> {
  const fields = createFields(entity);
  const keys = createdKeys(spec, entity);
  const isAll = keys.length === readKeys(spec, entity).length;
  const parents = createParents(spec, entity);
  return {
    arguments: `${needsOwner(spec, entity) ? ', owner=actor' : ''}${bodyTenantArgument(spec, entity)}`,
    keys: isAll ? 'KEYS' : entity.isUser ? 'OTHERS_KEYS' : pythonSet(keys),
    echoed: fields.map(({ name }) => name).filter((name) => keys.includes(name)),
    required: [
      ...fields.filter((field) => !field.nullable && (field.default === undefined || field.default === null)).map(({ name }) => name),
      ...parents.filter(({ nullable }) => !nullable).map(({ column }) => column),
      ...(entity.isUser ? ['password'] : []),
    ],
    refused: [
      ...fields.filter((field) => !shared.includes(field)).flatMap((field) => refusedChanges(spec, field)),
      ...endlessLists(spec, entity),
      ...nestedRelations(entity).flatMap(({ kind, name }) =>
        kind === 'has_many' ? [`{"${name}": []}`, `{"${name}": [{}] * 10_000}`] : [],
      ),
      ...refusedMembers(spec, entity),
    ],
    unique: uniqueTests(spec, entity, fields, parents),
    nested: nestedRelations(entity).map((relation) => nestedTest(spec, relation)),
    slugs: isOneForEachOwner(entity) ? [] : slugTests(spec, entity, keys),
    dangling: parents.map(({ column, target }) => `{"${column}": ${missingIdOf(entityNamed(spec, target))}}`),
  };
}

function nestedTest(spec: ServiceSpec, relation: HasMany): NestedTest {
  const target = entityNamed(spec, relation.target);
  const fields = createFields(target);
  const readonlyFields = target.fields.filter((field) => !fields.includes(field));
  // A value that is not the factory's; rules of their own may bind several fields together.
  const changed = target.checks.length > 0 ? [] : fields.filter(({ type }) => type.kind !== 'json');
  const samples = changed.flatMap((field) => {
    const value = sampleValue(spec, field, 1);
    return value === undefined ? [] : [{ field, value }];
  });
  return {
    relation: relation.name,
    first: `body["${relation.name}"]${relation.kind === 'has_many' ? '[0]' : ''}`,
    name: target.name,
    column: relation.viaColumn,
    sent: samples.map(({ field, value }) => `"${field.name}": ${pythonJson(value)}`),
    stored: samples.map(({ field, value }) => {
      const source = pythonRowValue(spec, field.type, value);
      return `row.${field.name} ${source === 'True' || source === 'False' ? 'is' : '=='} ${source}`;
    }),
    refused: [
      ...fields.flatMap((field) => refusedChanges(spec, field)),
      ...readonlyFields.map((field) => `{"${field.name}": ${pythonJson(sampleValue(spec, field, 0) ?? null)}}`),
      `{"${relation.viaColumn}": None}`,
      '{"no_such_member": 1}',
    ],
  };
}

/** Slugs that can be seen, of texts that can be chosen freely. */
function slugTests(spec: ServiceSpec, entity: EntitySpec, keys: readonly string[]): readonly SlugTest[] {
  return entity.fields.flatMap((field): readonly SlugTest[] => {
    const { type } = field;
    const source = type.kind === 'slug' ? createFields(entity).find(({ name }) => name === type.from) : undefined;
    if (source === undefined || field.hidden || !keys.includes(field.name)) return [];
    // `Déjà vu!` has to be a value of the source.
    const isText =
      source.type.kind === 'text' || (source.type.kind === 'string' && source.type.maxLength >= 11 && (source.type.minLength ?? 0) <= 8);
    if (
      !isText ||
      !canRepeat(entity, (field) => field !== source && isCountedText(field)) ||
      source.pattern !== undefined ||
      entity.uniqueTogether.some((columns) => columns.includes(field.name))
    )
      return [];
    const follows = entity.access.update !== undefined && !field.immutable && !source.immutable && !entity.isUser;
    return [{ name: field.name, source: source.name, unique: field.unique, follows: follows && !isShownToSome(spec, entity, field) }];
  });
}

/** Whether a second row of the same owner would break a constraint. */
export function isOneForEachOwner(entity: EntitySpec): boolean {
  const column = entity.owner?.column;
  return (
    column !== undefined &&
    (belongsTo(entity).some((relation) => relation.column === column && relation.unique) ||
      entity.uniqueTogether.some((columns) => columns.every((name) => name === column)))
  );
}

/** Whether a second row of the same parent would break a constraint, however tests tell rows apart. */
function isOneForEach(entity: EntitySpec, relation: string): boolean {
  const parent = belongsTo(entity).find(({ name }) => name === relation);
  const fields = toldApart(entity);
  const isSame = (column: string): boolean => {
    const field = fields.find(({ name }) => name === column);
    if (field === undefined || field.nullable || field.unique || field.type.kind === 'slug' || field.type.kind === 'sequence') return false;
    return field.default !== undefined || !['string', 'text', 'email', 'url'].includes(field.type.kind);
  };
  return (
    parent !== undefined &&
    (parent.unique ||
      entity.uniqueTogether.some(
        (columns) => columns.includes(parent.column) && columns.every((column) => column === parent.column || isSame(column)),
      ))
  );
}

/** Python source of the JSON of a row's attribute. */
function jsonOf(type: FieldType, attribute: string): string {
  switch (type.kind) {
    case 'decimal':
      // Python writes small ones with an exponent.
      return type.scale > 6 ? `f"{${attribute}:f}"` : `str(${attribute})`;
    case 'uuid':
      return `str(${attribute})`;
    case 'date':
    case 'datetime':
    case 'time':
      return `${attribute}.isoformat()`;
    default:
      return attribute;
  }
}

/** Constraints whose columns a request can all name; the owner is who asks, so the same one each time. */
function uniqueTests(
  spec: ServiceSpec,
  entity: EntitySpec,
  fields: readonly FieldSpec[],
  parents: readonly BelongsTo[],
): readonly UniqueTest[] {
  const changeOf = (column: string): string | undefined => {
    const field = fields.find(({ name }) => name === column);
    if (field) return field.nullable ? undefined : `${column}=${jsonOf(field.type, `first.${column}`)}`;
    const parent = parents.find((candidate) => candidate.column === column);
    if (parent === undefined || parent.nullable) return undefined;
    return entityNamed(spec, parent.target).id === 'int' ? `${column}=first.${column}` : `${column}=str(first.${column})`;
  };
  const single = [
    ...fields.filter(({ unique }) => unique).map(({ name }) => name),
    ...parents.filter(({ unique }) => unique).map(({ column }) => column),
  ];
  return [...single.map((name) => [name]), ...entity.uniqueTogether].flatMap((columns) => {
    const named = columns.filter((column) => column !== entity.owner?.column);
    const changes = named.map(changeOf).filter((change) => change !== undefined);
    return changes.length < named.length || named.length === 0
      ? []
      : [{ name: columns.map((column) => column.replace(/_id$/, '')).join('_and_'), changes }];
  });
}

function updateTests(spec: ServiceSpec, entity: EntitySpec): UpdateTests {
  const fields = updateFields(entity);
  const immutable = createFields(entity).filter((field) => field.immutable);
  const slugs = entity.fields.filter(({ type }) => type.kind === 'slug').map(({ name }) => name);
  const plain = fields.find(
    ({ name, hidden, nullable, default: value }) =>
      !hidden && (nullable || value !== undefined) && entity.fields.every(({ type }) => type.kind !== 'slug' || type.from !== name),
  );
  const plainValue =
    plain && [1, 0].map((index) => sampleValue(spec, plain, index)).find((sample) => sample !== undefined && sample !== plain.default);
  return {
    ...(plain && plainValue !== undefined && { plainChange: `{"${plain.name}": ${pythonJson(plainValue)}}` }),
    changes: fields
      .filter(({ hidden }) => !hidden)
      .flatMap((field) => {
        const value = [1, 0]
          .map((index) => sampleValue(spec, field, index))
          .find((sample) => sample !== undefined && sample !== field.default);
        return value === undefined ? [] : [`("${field.name}", ${pythonJson(value)})`];
      }),
    volatile: [...(entity.version ? ['version'] : []), ...(entity.timestamps ? ['updated_at'] : []), ...slugs, ...embedsBack(spec, entity)],
    refused: [
      ...endlessLists(spec, entity),
      ...belongsTo(entity)
        .filter((relation) => relation.immutable && relation.name !== entity.owner?.relation)
        .map(({ column, target }) => `{"${column}": ${missingIdOf(entityNamed(spec, target))}}`),
      ...immutable.map((field) => `{"${field.name}": ${pythonJson(sampleValue(spec, field, 1) ?? sampleValue(spec, field, 0) ?? null)}}`),
      ...refusedMembers(spec, entity),
    ],
    unique: isOneForEachOwner(entity)
      ? []
      : uniqueTests(spec, entity, fields, [])
          .filter(({ changes }) => changes.length === 1)
          .map(({ name, changes }) => ({ name, changes: changes.map((change) => change.replace(/^(\w+)=/, '"$1": ')) })),
    nullable: fields.filter(({ nullable, hidden }) => nullable && !hidden).map(({ name }) => name),
    selfLinks: isOneForEachOwner(entity) ? [] : selfLinkTests(spec, entity),
    // What a tenant may refer to lies in itself.
    links: isTenant(spec, entity) ? [] : linkTests(spec, entity),
  };
}

/** Python source of the least body that PUT takes for a row, in the variable of its module's name. */
export function replaceBody(spec: ServiceSpec, entity: EntitySpec): string {
  const fields = updateFields(entity).filter(isRequired);
  const parents = creatableReferences(entity).filter(({ immutable, nullable }) => !immutable && !nullable);
  const entries = [
    ...fields.map((field) => `"${field.name}": ${pythonJson(sampleValue(spec, field, 1) ?? sampleValue(spec, field, 0) ?? null)}`),
    ...parents.map(({ column }) => `"${column}": to_jsonable_python(${testRow(entity)}.${column})`),
  ];
  return `{${entries.join(', ')}}`;
}

function isRequired({ nullable, default: value }: FieldSpec): boolean {
  return !nullable && (value === undefined || value === null);
}

function replaceTests(spec: ServiceSpec, entity: EntitySpec): ReplaceTests {
  const shown = updateFields(entity).filter((field) => !field.hidden && !isShownToSome(spec, entity, field));
  const body = replaceBody(spec, entity);
  return {
    body,
    namesRow: body.includes(`(${testRow(entity)}.`),
    required: [
      ...updateFields(entity).filter(isRequired),
      ...creatableReferences(entity)
        .filter(({ immutable, nullable }) => !immutable && !nullable)
        .map(({ column }) => ({ name: column })),
    ].map(({ name }) => name),
    echoed: shown.filter(isRequired).map(({ name }) => name),
    defaults: shown
      .filter((field) => !isRequired(field) && field.default !== 'now' && field.default !== 'today' && field.type.kind !== 'json')
      .map((field) => `"${field.name}": ${field.default === undefined ? 'None' : pythonJson(asAnswered(field.type, field.default))}`),
  };
}

/** Answers write all digits of a decimal. */
function asAnswered(type: FieldType, value: JsonValue): JsonValue {
  if (type.kind !== 'decimal' || type.scale === 0) return value;
  const [whole, fraction = ''] = String(value).split('.');
  return `${whole}.${fraction.slice(0, type.scale).padEnd(type.scale, '0')}`;
}

function linkTests(spec: ServiceSpec, entity: EntitySpec): readonly LinkTest[] {
  return writableLinks(entity)
    .filter(({ target }) => target !== entity.name)
    .map((relation) => ({
      relation: relation.name,
      member: linkIdsName(spec, relation),
      table: relation.linkTable,
      local: relation.localColumn,
      remote: relation.remoteColumn,
      linked: referableId(spec, entity, relation, 'actor'),
    }));
}

function selfLinkTests(spec: ServiceSpec, entity: EntitySpec): readonly SelfLinkTest[] {
  return writableLinks(entity)
    .filter(({ target }) => target === entity.name)
    .map((relation) => ({
      relation: relation.name,
      member: linkIdsName(spec, relation),
      table: relation.linkTable,
      local: relation.localColumn,
      remote: relation.remoteColumn,
      reflexive: relation.reflexive,
      isBound: isTenant(spec, entity),
    }));
}

/** The last one with the role of a creator, or a later one, is not deleted; test_access.py tries it. */
function isRulersSeat(spec: ServiceSpec, entity: EntitySpec, relation: string): boolean {
  if (!isMember(spec, entity) || spec.tenancy?.creator === undefined || relation !== spec.tenancy.userRelation) return false;
  const role = entity.fields.find(({ name }) => name === 'role');
  const given = role?.default ?? (role && sampleValue(spec, role, 0));
  return spec.tenancy.roles.indexOf(String(given)) >= spec.tenancy.roles.indexOf(spec.tenancy.creator);
}

function softReferenceTests(spec: ServiceSpec, entity: EntitySpec): readonly SoftReferenceTest[] {
  return createParents(spec, entity).flatMap(({ name, column, target }) => {
    const parent = entityNamed(spec, target);
    const make = `make_${parent.module}(session${besideArgument(spec, entity, parent, { ruler: 'actor' })})`;
    return parent.softDelete ? [{ name, column, make, missing: missingIdOf(parent) }] : [];
  });
}

/** Rows of others that refer to one that is deleted. */
function childTests(spec: ServiceSpec, entity: EntitySpec): readonly ChildTest[] {
  return spec.entities.flatMap((other) =>
    belongsTo(other)
      .filter(({ target, name }) => target === entity.name && !isRulersSeat(spec, other, name))
      .map(({ name, column, onDelete }) => ({
        module: other.module,
        name: other.name,
        relation: name,
        column,
        onDelete,
        softDelete: other.softDelete,
      })),
  );
}

function listTests(spec: ServiceSpec, entity: EntitySpec, rule: AccessRule): ListTests {
  const fields = entity.fields.filter(({ hidden }) => !hidden);
  const keyword = (field: FieldSpec, value: JsonValue): string => `, ${field.name}=${pythonRowValue(spec, field.type, value)}`;
  const samples = (field: FieldSpec): readonly [JsonValue, JsonValue] | undefined => {
    const [low, high] = [sampleValue(spec, field, 0), sampleValue(spec, field, 1)];
    return low === undefined || high === undefined ? undefined : [low, high];
  };
  const fieldFilters = fields
    .filter(({ filter }) => filter)
    .flatMap((field): readonly FilterTest[] => {
      const values = samples(field);
      if (values === undefined) return [];
      const [low, high] = values;
      const queries = [
        `{"${field.name}": ${pythonJson(high)}}`,
        ...(isOrdered(field.type) ? [`{"${field.name}_min": ${pythonJson(high)}}`] : []),
      ];
      const opposites = isOrdered(field.type) ? [`{"${field.name}_max": ${pythonJson(low)}}`] : [];
      return [{ opposites, name: field.name, given: [], wanted: keyword(field, high), other: keyword(field, low), queries }];
    });
  const sorts = fields
    .filter(({ sort }) => sort)
    .flatMap((field) => {
      const values = samples(field);
      return values === undefined ? [] : [{ name: field.name, low: keyword(field, values[0]), high: keyword(field, values[1]) }];
    });
  const searched = fields.find(({ search }) => search);
  const words = searched && samples(searched);
  const filled = fields.flatMap((field) => {
    const value = field.search && field !== searched && field.nullable ? samples(field)?.[0] : undefined;
    return value === undefined ? [] : [{ field, value }];
  });
  const present = rowsBefore(spec, entity, rule);
  const most = 3 + Math.max(present, 1);
  return {
    ...orderTests(entity, { samples, keyword }),
    ...tieTests(spec, entity, { samples, keyword }),
    maxPage: entity.maxPage,
    whole: entity.page >= most && (entity.pagination !== 'keyset' || entity.maxPage >= most + 2 * sorts.length),
    wide: entity.page >= most + 6,
    keyset: entity.pagination === 'keyset',
    anyId: missingIdOf(entity).replaceAll('_', ''),
    orders: orderParameters(sorts.map(({ name }) => name)),
    present,
    ...(present > 0 && !entity.isUser && { all: `await session.scalars(select(${entity.name}.id))` }),
    staying: entity.isUser
      ? `, ${entity.name}.id != actor.id`
      : isMember(spec, entity)
        ? `, ${entity.name}.${memberColumns(spec).user} != actor.id`
        : present > 0
          ? `, ${entity.name}.id.in_(row.id for row in made)`
          : '',
    many: !isOneForEachOwner(entity) && (!entity.isUser || rule.some(({ kind }) => kind !== 'self' && kind !== 'owner')),
    filters: [...fieldFilters, ...relationFilters(spec, entity)],
    sorts,
    ...(searched &&
      words && {
        search: {
          wanted: keyword(searched, words[0]),
          other: keyword(searched, words[1]),
          words: pythonJson(words[0]),
          filled: filled.map(({ field, value }) => keyword(field, value)).join(''),
          literal: ['%', '_', '\\', "' OR 1=1--"]
            .filter((word) => !String(words[0]).includes(word))
            .filter((word) => !fields.some((field) => field.search && field !== searched && mayHold(field, word)))
            .filter((word) => !filled.some(({ value }) => String(value).includes(word)))
            .map(pythonJson),
        },
      }),
    badFilters: fields
      .filter(({ filter, type }) => filter && !['string', 'text', 'url', 'slug'].includes(type.kind))
      .map(({ name }) => `{"${name}": "?"}`),
  };
}

interface Sampling {
  readonly samples: (field: FieldSpec) => readonly [JsonValue, JsonValue] | undefined;
  readonly keyword: (field: FieldSpec, value: JsonValue) => string;
}

/** Types whose values are sorted as tests expect it, in every database. */
function isSortedPlainly(type: FieldType): boolean {
  return (isOrdered(type) && type.kind !== 'sequence') || ['string', 'text', 'email', 'url'].includes(type.kind);
}

function mayRepeat(entity: EntitySpec, { name, unique }: FieldSpec): boolean {
  return !unique && !entity.uniqueTogether.some((columns) => columns.includes(name));
}

/** Of the columns of the default order the first ones that tests can set: rows that differ in the last of them, in the one before, and so on. */
function orderTests(entity: EntitySpec, { samples, keyword }: Sampling): Pick<ListTests, 'ordered'> {
  const columns: { readonly before: string; readonly after: string }[] = [];
  for (const { column, descending } of entity.order) {
    const field = entity.fields.find(({ name }) => name === column);
    const values = field && isSortedPlainly(field.type) ? samples(field) : undefined;
    if (field === undefined || values === undefined || (columns.length > 0 && !mayRepeat(entity, field))) break;
    const [low, high] = values.map((value) => keyword(field, value));
    columns.push({ before: (descending ? high : low) ?? '', after: (descending ? low : high) ?? '' });
    // A page holds three rows of a test at least.
    if (!mayRepeat(entity, field) || columns.length === 2) break;
  }
  if (columns.length === 0) return {};
  const row = (changed: number): string => columns.map(({ before, after }, index) => (index === changed ? after : before)).join('');
  return { ordered: [...columns.map((_column, index) => row(index)), row(-1)] };
}

/** Ids are taken for these rows, so that nothing may refer to them yet. */
function tieTests(spec: ServiceSpec, entity: EntitySpec, { samples, keyword }: Sampling): Pick<ListTests, 'ties'> {
  const isDescending = entity.order.some(({ column, descending }) => column === 'id' && descending);
  if (entity.id === 'int' || isTenant(spec, entity) || isDescending) return {};
  const agreed = entity.fields.filter((field) => isSortedPlainly(field.type) && mayRepeat(entity, field) && samples(field) !== undefined);
  const isAgreed = (name: string): boolean => agreed.some((field) => field.name === name);
  const sorts = entity.fields.filter(({ sort, hidden, name }) => sort && !hidden && isAgreed(name)).map(({ name }) => name);
  const order = entity.order.filter(({ column }) => column !== 'id');
  const isPlain = order.every(({ column }) => isAgreed(column));
  const orders = [...(isPlain ? [[]] : []), ...sorts.flatMap((name) => [[name], [`-${name}`]])];
  if (orders.length === 0) return {};
  const named = agreed.filter(({ name }) => sorts.includes(name) || (isPlain && order.some(({ column }) => column === name)));
  return {
    ties: { arguments: named.map((field) => keyword(field, samples(field)?.[0] ?? null)).join(''), orders: JSON.stringify(orders) },
  };
}

function orderParameters(sorts: readonly string[]): string {
  const each = sorts.flatMap((name) => [[name], [`-${name}`]]);
  const all = sorts.map((name, index) => (index % 2 === 0 ? `-${name}` : name));
  return JSON.stringify([[], ...each, ...(all.length > 1 ? [all] : [])]);
}

/** Types whose filters have `_min` and `_max`. */
function isOrdered({ kind }: FieldType): boolean {
  return ['int', 'bigint', 'float', 'decimal', 'date', 'datetime', 'time', 'sequence'].includes(kind);
}

function relationFilters(spec: ServiceSpec, entity: EntitySpec): readonly FilterTest[] {
  const one = belongsTo(entity).filter(({ filter, name }) => filter && name !== entity.owner?.relation);
  const many = manyToMany(entity).filter(({ filter }) => filter);
  return [
    ...one.map(({ name, column, target }) => ({
      name,
      given: [
        `parent = await make_${entityNamed(spec, target).module}(session${besideArgument(spec, entity, entityNamed(spec, target), { ruler: 'actor' })})`,
      ],
      ...(entity.tenant?.length === 1 && entity.tenant[0] === name && { owned: entity.owner ? `, ${entity.owner.relation}=actor` : '' }),
      wanted: `, ${name}=parent`,
      other: '',
      opposites: [],
      queries: [`{"${column}": str(parent.id)}`],
    })),
    ...many.map((relation) => ({
      name: relation.name,
      given: [
        `linked = await make_${entityNamed(spec, relation.target).module}(session${besideArgument(spec, entity, entityNamed(spec, relation.target))})`,
      ],
      wanted: `, ${relation.name}=[linked]`,
      other: '',
      opposites: [],
      queries: [`{"${linkIdName(spec, relation)}": str(linked.id)}`],
    })),
  ];
}

/** One row with everything that its reads embed and count, and what the answer then holds. */
function fullRowTests(spec: ServiceSpec, entity: EntitySpec, owned: string): FullRowTests {
  const embeds = embedTree(spec, entity);
  const counted = entity.computed
    .filter(({ relation }) => !embeds.some((embed) => embed.relation === relation))
    .map(({ relation }) => relation);
  const all: readonly Embed[] = [
    ...embeds,
    ...embedTree(
      spec,
      entity,
      [...new Set(counted)].map((relation) => [relation]),
    ),
  ];
  const lines = rowLines({ spec, entity, embeds: all, variable: 'row', given: owned });
  // The user who asks is there already, so that only rows that refer to them can be added.
  const isAddable = (name: string): boolean => !entity.isUser || ['has_many', 'has_one'].includes(relationNamed(entity, name).kind);
  const addable = all.filter(({ relation }) => isAddable(relation));
  const read = entity.isUser ? rowLines({ spec, entity, embeds: addable, variable: 'row', given: owned }) : lines;
  return {
    listed: lines.some((line) => /=row\b/.test(line)) ? lines : lines.map((line) => line.replace(/^row = /, '')),
    isFilled: embeds.every(({ relation, embeds: inside }) => isAddable(relation) || collectionsOf(inside) === 0),
    lines: entity.isUser ? read.map((line) => (line.startsWith('row = ') ? 'row = actor' : line)) : lines,
    assertions: [
      ...embeds
        .filter(({ relation }) => isAddable(relation))
        .flatMap((embed) => embedAssertions({ spec, entity, embed, container: 'body', given: owned, made: lines })),
      ...entity.computed
        .filter(({ relation }) => isAddable(relation))
        // Rows that a test makes leave empty what may be empty.
        .filter(({ relation, field }) => !targetField(spec, entity, relation, field)?.nullable)
        .map(({ name, aggregate, relation }) =>
          aggregate === 'count' && isCounted(spec, entity, relation)
            ? `body["${name}"] == ${rowsLinked(spec, entity, relation, read) + rulers(spec, entity, relation)}`
            : `body["${name}"] is not None`,
        ),
    ],
    ...emptiedTests(spec, entity, all),
  };
}

function targetField(spec: ServiceSpec, entity: EntitySpec, relation: string, field: string | undefined): FieldSpec | undefined {
  return entityNamed(spec, relationNamed(entity, relation).target).fields.find(({ name }) => name === field);
}

/** Without what the row itself lies in, and without who may ask. */
function emptiedTests(spec: ServiceSpec, entity: EntitySpec, embeds: readonly Embed[]): Pick<FullRowTests, 'emptied'> {
  const kept = new Set([
    ...requiredBy(spec, entity),
    ...(spec.auth ? [spec.auth.user] : []),
    ...(spec.tenancy ? [spec.tenancy.member] : []),
  ]);
  const emptied = embeds.filter(({ target }) => target.softDelete && !kept.has(target.name));
  const isEmptied = (relation: string): boolean => emptied.some((embed) => embed.relation === relation);
  const shown = embedTree(spec, entity).filter(({ relation }) => isEmptied(relation));
  const assertions = [
    ...shown.map(({ relation, many }) => `body["${relation}"] ${many ? '== []' : 'is None'}`),
    ...entity.computed
      .filter(({ relation }) => isEmptied(relation))
      .map(({ name, nullable }) => (nullable ? `body["${name}"] is None` : `float(body["${name}"]) == 0`)),
  ];
  const entities = [...new Set(emptied.map(({ target }) => target.name))];
  return assertions.length === 0 ? {} : { emptied: { entities, assertions } };
}

function computedTests(spec: ServiceSpec, entity: EntitySpec): readonly ComputedTest[] {
  // Tenants and users come with rows around them.
  if (isTenant(spec, entity) || entity.isUser) return [];
  return entity.computed.flatMap(({ name, aggregate, relation: relationName, field: fieldName, type }) => {
    const relation = relationNamed(entity, relationName);
    const target = entityNamed(spec, relation.target);
    const field = targetField(spec, entity, relationName, fieldName);
    if (relation.kind !== 'has_many' || field === undefined || aggregate === 'count' || target.checks.length > 0) return [];
    if (!['int', 'bigint', 'float', 'decimal'].includes(field.type.kind) || isOneForEach(target, relation.via)) return [];
    const [low, high] = [Number(sampleValue(spec, field, 0)), Number(sampleValue(spec, field, 1))];
    const expected = { avg: (low + high) / 2, sum: low + high, min: low, max: high }[aggregate];
    const isExact =
      type.kind === 'float' || Math.abs(Number(expected.toFixed(type.kind === 'decimal' ? type.scale : 0)) - expected) < 1e-12;
    if (Number.isNaN(expected) || !isExact) return [];
    const isFree = entity.tenant === undefined || target.tenant === undefined || target.tenant[0] === relation.via;
    const around = `${isFree ? '' : tenantArgument(spec, target)}, ${relation.via}=row`;
    const values = [low, high].map((value) =>
      pythonRowValue(spec, field.type, field.type.kind === 'decimal' ? value.toFixed(field.type.scale) : value),
    );
    return [{ name, expected, lines: values.map((value) => `await make_${target.module}(session${around}, ${field.name}=${value})`) }];
  });
}

/** The entity, and those whose rows it cannot be without. */
function requiredBy(spec: ServiceSpec, entity: EntitySpec, above: readonly string[] = []): readonly string[] {
  if (above.includes(entity.name)) return [];
  const parents = belongsTo(entity).filter(({ nullable }) => !nullable);
  return [entity.name, ...parents.flatMap(({ target }) => requiredBy(spec, entityNamed(spec, target), [...above, entity.name]))];
}

/** How many rows the lines put into a relation of the row: what stands in it may hold the row again, and more of its own. */
function rowsLinked(spec: ServiceSpec, entity: EntitySpec, name: string, lines: readonly string[]): number {
  const relation = relationNamed(entity, name);
  const makes = `make_${entityNamed(spec, relation.target).module}(`;
  const linked = (argument: string): number =>
    lines.filter((line) => line.includes(makes) && [',', ')'].some((end) => line.includes(`, ${argument}${end}`))).length;
  if (relation.kind === 'many_to_many') return 1 + linked(`${relation.inverse}=[row]`);
  return relation.kind === 'has_many' ? linked(`${relation.via}=row`) : 1;
}

/** Whether no other row that a test puts into a tenant brings a row of this relation along, as what refers to a member does. */
function isCounted(spec: ServiceSpec, entity: EntitySpec, relation: string): boolean {
  if (!isTenant(spec, entity)) return true;
  const counted = relationNamed(entity, relation).target;
  const others = entity.relations.filter(({ name, kind }) => name !== relation && (kind === 'has_many' || kind === 'has_one'));
  return others.every(({ target }) => !requiredBy(spec, entityNamed(spec, target)).includes(counted));
}

/** A tenant of a test has its ruler as a member already. */
function rulers(spec: ServiceSpec, entity: EntitySpec, relation: string): number {
  return isTenant(spec, entity) && isMember(spec, entityNamed(spec, relationNamed(entity, relation).target)) ? 1 : 0;
}

function rowLines({
  spec,
  entity,
  embeds,
  variable,
  given,
  tenant: tenantAround,
  isReferredTo = false,
}: {
  readonly spec: ServiceSpec;
  readonly entity: EntitySpec;
  readonly embeds: readonly Embed[];
  readonly variable: string;
  readonly given: string;
  /** The variable of the tenant that the rows lie in, where it is not the test's fixture. */
  readonly tenant?: string | undefined;
  /** Whether a row that is made later refers to this one. */
  readonly isReferredTo?: boolean;
}): readonly string[] {
  const tenant = isTenant(spec, entity) ? variable : tenantAround;
  const before: string[] = [];
  const after: string[] = [];
  let keywords = given;
  for (const embed of embeds) {
    const relation = relationNamed(entity, embed.relation);
    const name = `${variable}_${embed.relation}`;
    if (relation.kind === 'has_many' || relation.kind === 'has_one') {
      const isFree = !hasTenant(spec, entity) || embed.target.tenant === undefined || embed.target.tenant[0] === relation.via;
      const within = isFree ? '' : tenantArgument(spec, embed.target, tenant);
      after.push(
        ...rowLines({
          spec,
          entity: embed.target,
          embeds: embed.embeds,
          variable: name,
          given: `${within}, ${relation.via}=${variable}`,
          tenant,
        }),
      );
    } else if (!given.includes(`, ${embed.relation}=`)) {
      before.push(
        ...rowLines({
          spec,
          entity: embed.target,
          // The row itself is in the collection already, and may be the only one there.
          embeds: isOneForEach(entity, embed.relation) ? embed.embeds.filter((inner) => !leadsBack(entity, embed, inner)) : embed.embeds,
          variable: name,
          given: besideArgument(spec, entity, embed.target, { tenant }),
          tenant,
          isReferredTo: true,
        }),
      );
      keywords += `, ${embed.relation}=${relation.kind === 'many_to_many' ? `[${name}]` : name}`;
    } else after.push(...linesOfGiven({ spec, entity, embed, variable: givenVariable(given, embed.relation), tenant }));
  }
  const made = `await make_${entity.module}(session${keywords})`;
  const isUsed =
    variable === 'row' || isReferredTo || after.some((line) => line.includes(`=${variable})`) || line.includes(`=${variable},`));
  return [...before, isUsed ? `${variable} = ${made}` : made, ...after];
}

/** Relations of the answer in which the row itself may stand again: what changes in it changes there, too. */
function embedsBack(spec: ServiceSpec, entity: EntitySpec): readonly string[] {
  const holds = ({ target, embeds }: Embed): boolean => target.name === entity.name || embeds.some(holds);
  return embedTree(spec, entity)
    .filter(({ embeds }) => embeds.some(holds))
    .map(({ relation }) => relation);
}

/** Whether `inner` holds the rows of the entity whose relation the embed is. */
function leadsBack(entity: EntitySpec, embed: Embed, inner: Embed): boolean {
  const relation = relationNamed(embed.target, inner.relation);
  return (
    inner.target.name === entity.name && (relation.kind === 'has_many' || relation.kind === 'has_one') && relation.via === embed.relation
  );
}

/** `actor` in `, author=actor`. */
function givenVariable(given: string, relation: string): string {
  return new RegExp(`, ${relation}=(\\w+)`).exec(given)?.[1] ?? 'row';
}

/** Rows that refer to one that is there already, as far as its own embeds show them. */
function linesOfGiven({
  spec,
  entity,
  embed,
  variable,
  tenant,
}: {
  readonly spec: ServiceSpec;
  readonly entity: EntitySpec;
  readonly embed: Embed;
  readonly variable: string;
  readonly tenant: string | undefined;
}): readonly string[] {
  return ownRows(embed).flatMap((inner) => {
    const relation = relationNamed(embed.target, inner.relation);
    const back =
      relation.kind === 'many_to_many'
        ? `${relation.inverse}=[${variable}]`
        : relation.kind === 'has_many'
          ? `${relation.via}=${variable}`
          : '';
    const isBeside = relation.kind === 'has_many' && inner.target.tenant?.[0] === relation.via;
    const beside = isBeside ? '' : besideArgument(spec, entity, inner.target, { tenant });
    return rowLines({
      spec,
      entity: inner.target,
      embeds: inner.embeds,
      variable: `${variable}_${inner.relation}`,
      given: `${beside}, ${back}`,
      tenant,
    });
  });
}

/** Collections of a row that is there already: more rows may be put into those, whatever is in them. */
function ownRows(embed: Embed): readonly Embed[] {
  return embed.embeds.filter((inner) => {
    const relation = relationNamed(embed.target, inner.relation);
    const isOpen = relation.kind === 'has_many' && !belongsTo(inner.target).some(({ name, unique }) => name === relation.via && unique);
    return relation.kind === 'many_to_many' || isOpen;
  });
}

interface EmbedAssertion {
  readonly spec: ServiceSpec;
  readonly entity: EntitySpec;
  readonly embed: Embed;
  readonly container: string;
  /** Arguments that the row around is made with. */
  readonly given: string;
  /** Whether the row around was there before. */
  readonly isKnown?: boolean;
  /** All lines that make rows. */
  readonly made: readonly string[];
  /** The relation that leads to the row around: its other end holds more than the test puts into it. */
  readonly from?: RelationSpec;
}

function embedAssertions({ spec, entity, embed, container, given, isKnown = false, made, from }: EmbedAssertion): readonly string[] {
  const relation = relationNamed(entity, embed.relation);
  const member = `${container}["${embed.relation}"]`;
  const one = embed.many ? `${member}[0]` : member;
  const keys = [...summaryMembers(spec, embed.target).map(({ name }) => name), ...embed.embeds.map((inner) => inner.relation)];
  const leadsBack = from?.kind === 'many_to_many' && from.inverse === embed.relation;
  const link =
    relation.kind === 'belongs_to'
      ? `${member}["id"] == ${container}["${relation.column}"]`
      : relation.kind === 'many_to_many'
        ? isKnown || leadsBack || made.some((line) => line.includes(`, ${relation.inverse}=[row]`))
          ? member
          : `len(${member}) == 1`
        : `${one}["${relation.viaColumn}"] == ${container}["id"]`;
  const isGiven = given.includes(`, ${embed.relation}=`);
  const inside = relation.kind === 'has_many' || relation.kind === 'has_one' ? `, ${relation.via}=` : '';
  return [
    link,
    `set(${one}) == ${pythonSet(keys)}`,
    ...(isGiven ? ownRows(embed) : embed.embeds).flatMap((inner) =>
      embedAssertions({
        spec,
        entity: embed.target,
        embed: inner,
        container: one,
        given: `${inside}${besideArgument(spec, entity, embed.target)}`,
        isKnown: isGiven,
        made,
        from: relation,
      }),
    ),
  ];
}

import { pythonComment } from '../python/python-text';
import type { EntitySpec, ExampleSpec, ExampleValue, FieldSpec, FieldType, OperationSpec, ServiceSpec } from '../../spec/service-spec';
import { roleMember } from '../python/python-value';
import { entityNamed, relationNamed } from '../python/spec-lookup';
import { tenantEntity } from '../python/tenancy';
import { exampleTenantRole, isLoose, sharedTenant } from './example-tenant';
import { tenantArgument } from './tenant-arguments';
import { isPermitted, type Viewer } from './viewers';
import { pythonJson, pythonRowValue, violatesInput, type JsonValue } from './test-values';

/** One example of an operation as a test; all strings are Python source. */
export interface ExampleView {
  /** `test_pays_a_pending_order` */
  readonly function: string;
  readonly title: string;
  /** Whether the answer is the service function's: while that is not written, the test is expected to fail. */
  readonly needsBody: boolean;
  /** `ann = await make_user(session)` */
  readonly given: readonly string[];
  readonly url: string;
  /** Keyword arguments of the request: `headers=…`, `params=…`, `json=…`. */
  readonly request: readonly string[];
  readonly status: number;
  readonly body?: string;
  /** Attributes to read again, then compare. */
  readonly database: readonly { readonly refresh: string; readonly assertion: string }[];
}

interface Rows {
  readonly spec: ServiceSpec;
  /** Alias → entity. */
  readonly entities: ReadonlyMap<string, EntitySpec>;
}

export function exampleView(spec: ServiceSpec, operation: OperationSpec, example: ExampleSpec, taken: ReadonlySet<string>): ExampleView {
  const rows: Rows = { spec, entities: new Map(example.given.map(({ alias, entity }) => [alias, entityNamed(spec, entity)])) };
  const { when, then } = example;
  const query = Object.entries(when.query);
  const body = Object.entries(when.body ?? {});
  return {
    function: functionName(example.name, taken),
    title: `${pythonComment(example.name).replaceAll('"', "'").replaceAll('\\', '/')}.`
      .replace(/^./, (first) => first.toUpperCase())
      .replace(/([.!?])\.$/, '$1'),
    needsBody: !isSettledBefore(spec, operation, example),
    given: givenLines(rows, example),
    url: callUrl(rows, operation, example),
    request: [
      ...callerHeaders(example),
      ...(query.length > 0 ? [`params=${objectSource(rows, query)}`] : []),
      ...(when.body !== undefined || (operation.inputIn === 'body' && operation.input.length > 0)
        ? [`json=${objectSource(rows, body)}`]
        : []),
    ],
    status: then.status,
    ...(then.body !== undefined && { body: jsonSource(rows, then.body) }),
    database: then.database.map((entry) => databaseCheck(rows, entry)),
  };
}

export function functionName(title: string, taken: ReadonlySet<string>): string {
  const words =
    title
      .toLowerCase()
      .replace(/'/g, '')
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '') || 'example';
  const name = `test_${words}`.slice(0, 90);
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${name}_${number}`;
    if (!taken.has(candidate)) return candidate;
  }
}

/**
 * Whether the answer is given before the service function is called, so that the example passes from the first day:
 * the access rule keeps the caller out (401, 403, 404), the path names a row that is not there (404), or the input is refused (422).
 */
export function isSettledBefore(spec: ServiceSpec, operation: OperationSpec, { given, when, then }: ExampleSpec): boolean {
  const viewer = callerOf(spec, operation, { given, when });
  const subject = operation.subject && entityNamed(spec, operation.subject.entity);
  if (!isPermitted(spec, operation.access, viewer, subject)) return true;
  const namesNoRow = operation.pathParameters.some(({ name, entity }) => entity !== undefined && when.path[name]?.kind !== 'reference');
  if (namesNoRow) return true;
  return then.status === 422 && violatesInput(spec, operation.input, (operation.inputIn === 'query' ? when.query : when.body) ?? {});
}

function callerOf(spec: ServiceSpec, operation: OperationSpec, { given, when }: Pick<ExampleSpec, 'given' | 'when'>): Viewer {
  if (when.as.kind === 'anonymous') return { kind: 'anonymous' };
  if (when.as.kind === 'role') return { kind: 'stranger', role: when.as.role };
  const { alias } = when.as;
  const written = given.find((row) => row.alias === alias)?.values['role'];
  const role = written?.kind === 'scalar' ? String(written.value) : (spec.auth?.defaultRole ?? spec.auth?.roles[0]);
  const tenantRole = exampleTenantRole(spec, operation, { given, when }, alias);
  return {
    kind: isOwner({ spec, operation, given, when }, alias) ? 'owner' : 'stranger',
    ...(role !== undefined && { role }),
    ...(tenantRole !== undefined && { tenantRole }),
  };
}

/** Whether the row that the operation is about belongs to the row of this alias, or is it. */
function isOwner(
  { spec, operation, given, when }: Pick<ExampleSpec, 'given' | 'when'> & { readonly spec: ServiceSpec; readonly operation: OperationSpec },
  alias: string,
): boolean {
  const reference = operation.subject && when.path[operation.subject.parameter];
  if (reference?.kind !== 'reference') return false;
  if (reference.alias === alias) return true;
  const row = given.find((candidate) => candidate.alias === reference.alias);
  const owner = row && entityNamed(spec, row.entity).owner?.relation;
  const value = owner === undefined ? undefined : row?.values[owner];
  return value?.kind === 'reference' && value.alias === alias;
}

function callerHeaders({ when }: ExampleSpec): readonly string[] {
  if (when.as.kind === 'anonymous') return [];
  return [`headers=sign_in(${when.as.kind === 'alias' ? when.as.alias : 'caller'})`];
}

function callUrl({ entities }: Rows, operation: OperationSpec, { when }: ExampleSpec): string {
  const path = operation.path.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = when.path[name];
    if (value?.kind === 'reference') return `{${value.alias}.${columnOf(entities.get(value.alias), value.field ?? 'id')}}`;
    return value?.kind === 'scalar' ? encodeURIComponent(String(value.value)) : '';
  });
  return `${/\{/.test(path) ? 'f' : ''}"/api/v1${path}"`;
}

/** The attribute of a model that holds a member of the spec: `customer` is kept as `customer_id`. */
function columnOf(entity: EntitySpec | undefined, name: string): string {
  const relation = entity?.relations.find((candidate) => candidate.name === name);
  return relation?.kind === 'belongs_to' ? relation.column : name;
}

function givenLines(rows: Rows, example: ExampleSpec): readonly string[] {
  const used = new Set(
    JSON.stringify([example.given.map(({ values }) => values), example.when, example.then]).match(/"alias":"[^"]+"/g) ?? [],
  );
  const tenant = sharedTenant(rows.spec, example.given);
  const lines = example.given.flatMap((row) => {
    const entity = entityNamed(rows.spec, row.entity);
    const within = tenant !== undefined && isLoose(rows.spec, entity, row.values) ? tenantArgument(rows.spec, entity, tenant) : '';
    const { line, nested } = makeLines(rows, entity, row.values, row.alias, within);
    return used.has(`"alias":${JSON.stringify(row.alias)}`) || nested.length > 0 ? [`${row.alias} = ${line}`, ...nested] : [line];
  });
  if (tenant !== undefined) lines.unshift(`${tenant} = await make_${tenantEntity(rows.spec).module}(session)`);
  const { as } = example.when;
  if (as.kind !== 'role') return lines;
  const user = entityNamed(rows.spec, rows.spec.auth?.user ?? '');
  return [...lines, `caller = await make_${user.module}(session, role=${roleMember(as.role)})`];
}

/** The call that makes a row, and those of the rows written together with it. */
function makeLines(
  rows: Rows,
  entity: EntitySpec,
  values: Readonly<Record<string, ExampleValue>>,
  variable: string,
  around = '',
): { readonly line: string; readonly nested: readonly string[] } {
  const keywords: string[] = [];
  const nested: string[] = [];
  for (const [name, value] of Object.entries(values)) {
    const relation = entity.relations.find((candidate) => candidate.name === name);
    if (relation?.kind === 'has_many' || relation?.kind === 'has_one') {
      const items = value.kind === 'list' ? value.items : [value];
      for (const item of items) {
        if (item.kind === 'object')
          nested.push(makeLines(rows, entityNamed(rows.spec, relation.target), item.entries, '', `, ${relation.via}=${variable}`).line);
      }
    } else keywords.push(`, ${name}=${valueSource(rows, entity, name, value)}`);
  }
  return { line: `await make_${entity.module}(session${around}${keywords.join('')})`, nested };
}

/** Python source of what a model's attribute, or a factory's parameter, of this name holds. */
function valueSource(rows: Rows, entity: EntitySpec, name: string, value: ExampleValue): string {
  if (value.kind === 'reference')
    return value.field === undefined ? value.alias : `${value.alias}.${columnOf(rows.entities.get(value.alias), value.field)}`;
  if (entity.relations.some((relation) => relation.name === name && relation.kind === 'many_to_many') && value.kind === 'list') {
    return `[${value.items.map((item) => (item.kind === 'reference' ? item.alias : 'None')).join(', ')}]`;
  }
  if (name === 'role' && entity.isUser && value.kind === 'scalar') return roleMember(String(value.value));
  return pythonRowValue(rows.spec, fieldType(entity, name), plainJson(value));
}

function fieldType(entity: EntitySpec, name: string): FieldType {
  const field: FieldSpec | undefined = entity.fields.find((candidate) => candidate.name === name);
  if (field) return field.type;
  if (name === 'created_at' || name === 'updated_at') return { kind: 'datetime' };
  if (name === 'version') return { kind: 'int' };
  if (name === 'is_active') return { kind: 'bool' };
  return entity.id === 'int' ? { kind: 'bigint' } : { kind: 'uuid' };
}

function plainJson(value: ExampleValue): JsonValue {
  switch (value.kind) {
    case 'scalar':
      return value.value;
    case 'list':
      return value.items.map(plainJson);
    case 'object':
      return Object.fromEntries(Object.entries(value.entries).map(([key, entry]) => [key, plainJson(entry)]));
    case 'reference':
      return null;
  }
}

/** Python source of JSON in a request or an answer; a reference is the row's value at that time. */
function jsonSource(rows: Rows, value: ExampleValue): string {
  switch (value.kind) {
    case 'scalar':
      return pythonJson(value.value);
    case 'reference':
      return `to_jsonable_python(${value.alias}.${columnOf(rows.entities.get(value.alias), value.field ?? 'id')})`;
    case 'list':
      return `[${value.items.map((item) => jsonSource(rows, item)).join(', ')}]`;
    case 'object':
      return objectSource(rows, Object.entries(value.entries));
  }
}

function objectSource(rows: Rows, entries: readonly (readonly [string, ExampleValue])[]): string {
  return `{${entries.map(([key, value]) => `${pythonJson(key)}: ${jsonSource(rows, value)}`).join(', ')}}`;
}

function databaseCheck(rows: Rows, { alias, field, value }: ExampleSpec['then']['database'][number]): ExampleView['database'][number] {
  const entity = rows.entities.get(alias);
  const column = columnOf(entity, field);
  const isLink = entity !== undefined && column !== field && relationNamed(entity, field).kind === 'belongs_to';
  const expected =
    entity === undefined
      ? 'None'
      : isLink && value.kind === 'reference' && value.field === undefined
        ? `${value.alias}.id`
        : valueSource(rows, entity, field, value);
  const isIdentity = ['None', 'True', 'False'].includes(expected);
  return { refresh: `${alias}, ["${column}"]`, assertion: `${alias}.${column} ${isIdentity ? 'is' : '=='} ${expected}` };
}

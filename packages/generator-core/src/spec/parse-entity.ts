import { didYouMean } from './did-you-mean';
import { kebabCase, pluralOf, snakeCase, spacedWords } from './naming';
import type { AccessSubject } from './parse-access';
import { parseComputed } from './parse-computed';
import { parseEntityAccess } from './parse-entity-access';
import { parseField } from './parse-field';
import { withZeroDefault } from './with-zero-default';
import type { EntitySpec, FieldSpec, RelationSpec } from './service-spec';
import { entityPath, type SpecContext } from './spec-context';
import type { EntityDocument } from './spec-document';
import type { SpecPath } from './spec-path';

/** The fields of every entity, read before anything that refers to them. */
export function parseEntityFields({
  name,
  entity,
  context,
}: {
  readonly name: string;
  readonly entity: EntityDocument;
  readonly context: SpecContext;
}): readonly FieldSpec[] {
  const subject = subjectOf({ name, entity, context });
  return Object.entries(entity.fields).flatMap(([field, written]) => {
    const at = entityPath(name, 'fields', field);
    const spec = parseField({ written, at, subject, context });
    return spec === undefined ? [] : [withZeroDefault({ field: spec, at, context })];
  });
}

export function subjectOf({
  name,
  entity,
  context,
}: {
  readonly name: string;
  readonly entity: EntityDocument;
  readonly context: SpecContext;
}): AccessSubject {
  return {
    entity: name,
    hasOwner: context.isWritten(entityPath(name, 'owner')),
    isUser: context.document.auth?.user === name || (entity.owner === undefined && isUserUnknown(context)),
    hasTenant: hasTenant(name, context),
  };
}

/** Whether the entity's rows lie in a tenant, or are tenants. A faulty path is a fault of its own. */
export function hasTenant(name: string, context: SpecContext): boolean {
  return context.document.tenancy?.entity === name || context.isWritten(entityPath(name, 'tenant'));
}

/** When `auth.user` itself is faulty, `self` is no second fault. */
function isUserUnknown(context: SpecContext): boolean {
  return context.isWritten(['auth']) && !context.entities.has(context.document.auth?.user ?? '');
}

export interface EntityReading {
  readonly name: string;
  readonly entity: EntityDocument;
  readonly fields: readonly FieldSpec[];
  readonly relations: readonly RelationSpec[];
  readonly fieldsOf: (entity: string) => readonly FieldSpec[];
  readonly relationsOf: (entity: string) => readonly RelationSpec[];
  readonly context: SpecContext;
}

/** One entity, every name resolved and every default filled in. */
export function parseEntity(reading: EntityReading): EntitySpec {
  const { name, entity, fields, relations, fieldsOf, context } = reading;
  const { defaults } = context.document;
  const id = entity.id ?? defaults?.id ?? 'uuid7';
  const timestamps = entity.timestamps ?? defaults?.timestamps ?? true;
  const owner = parseOwner(reading);
  const tenant = parseTenant(reading);
  const columns = { ...reading, timestamps };
  return {
    ...entityNames(name, entity),
    ...(entity.was !== undefined && { was: entity.was }),
    ...(entity.description !== undefined && { description: entity.description }),
    id,
    timestamps,
    softDelete: entity.soft_delete ?? defaults?.soft_delete ?? false,
    version: entity.version ?? false,
    isUser: context.document.auth?.user === name,
    ...(owner && { owner }),
    ...(tenant && { tenant }),
    fields,
    relations: relations.map((relation) =>
      isCounted(relation.name, fields) || isFixed(reading, tenant, relation) ? { ...relation, immutable: true } : relation,
    ),
    computed: Object.entries(entity.computed ?? {}).flatMap(
      ([key, written]) => parseComputed({ entity: name, name: key, written, relations, fieldsOf, context }) ?? [],
    ),
    uniqueTogether: withSequences(parseUniqueTogether(columns), columns),
    indexes: parseIndexes(columns),
    checks: Object.entries(entity.checks ?? {}).map(([check, sql]) => ({ name: check, sql: parseCheck({ check, sql, columns }) })),
    embed: parseEmbed(reading),
    order: parseOrder({ ...columns, id }),
    ...pageSizes(reading),
    pagination: entity.api?.pagination ?? defaults?.pagination ?? 'offset',
    access: parseEntityAccess({ subject: subjectOf({ name, entity, context }), entity, context }),
  };
}

/** Whether a sequence numbers the rows within this relation: a row that changed sides would leave a gap. */
function isCounted(relation: string, fields: readonly FieldSpec[]): boolean {
  return fields.some(({ type }) => type.kind === 'sequence' && type.parent === relation);
}

/** A row stays in its tenant, and a membership is that of one user in one tenant. */
function isFixed({ name, context }: EntityReading, tenant: readonly string[] | undefined, relation: RelationSpec): boolean {
  const { tenancy, auth } = context.document;
  if (relation.kind !== 'belongs_to') return false;
  if (tenant?.length === 1 && tenant[0] === relation.name) return true;
  return name === tenancy?.member && (relation.target === tenancy.entity || relation.target === auth?.user);
}

export function entityNames(
  name: string,
  entity: EntityDocument,
): Pick<EntitySpec, 'name' | 'module' | 'plural' | 'table' | 'path' | 'tag' | 'label'> {
  const module = snakeCase(name);
  const plural = pluralOf(module);
  return {
    name,
    module,
    plural,
    table: entity.table ?? plural,
    path: entity.api?.path ?? `/${kebabCase(plural)}`,
    tag: entity.api?.tag ?? kebabCase(plural),
    label: spacedWords(module),
  };
}

function parseOwner({ name, entity, relations, context }: EntityReading): EntitySpec['owner'] {
  if (entity.owner === undefined) return undefined;
  const at = entityPath(name, 'owner');
  if (!context.isWritten(['auth'])) {
    context.report({
      at,
      code: 'access-without-auth',
      message: '"owner" speaks of people who log in, but the spec has no "auth".',
      mend: 'add "auth: { user: User }" or remove "owner"',
    });
    return undefined;
  }
  const user = context.document.auth?.user;
  if (user === undefined || !context.entities.has(user)) return undefined;
  const relation = relations.find((known) => known.name === entity.owner);
  const candidates = relations.flatMap((known) => (known.kind === 'belongs_to' && known.target === user ? [known.name] : []));
  if (relation?.kind === 'belongs_to' && relation.target === user) return { relation: relation.name, column: relation.column };
  if (relation === undefined && context.isWritten(entityPath(name, 'relations', entity.owner))) return undefined;
  const message =
    relation === undefined
      ? `${name} has no relation "${entity.owner}".`
      : `"${entity.owner}" is not a belongs_to that leads to the user entity ${user}.`;
  const mend =
    candidates.length === 0 ? `add "${entity.owner}: belongs_to ${user}" to the relations` : didYouMean({ word: entity.owner, candidates });
  context.report({ at, code: relation === undefined ? 'unknown-relation' : 'owner-not-user', message, mend });
  return undefined;
}

function parseTenant({ name, entity, relationsOf, context }: EntityReading): readonly string[] | undefined {
  if (entity.tenant === undefined) return undefined;
  const at = entityPath(name, 'tenant');
  if (!context.isWritten(['tenancy'])) {
    context.report({
      at,
      code: 'tenant-without-tenancy',
      message: '"tenant" leads to a tenant, but the spec has no "tenancy".',
      mend: 'add "tenancy: { entity: …, member: … }" or remove "tenant"',
    });
    return undefined;
  }
  const goal = context.document.tenancy?.entity;
  if (name === goal || name === context.document.auth?.user) {
    context.report({
      at,
      on: 'key',
      code: 'tenant-of-itself',
      message: name === goal ? `a ${name} is the tenant, so it lies in none.` : `a ${name} can be in many tenants, so it lies in none.`,
      mend: 'remove "tenant"',
    });
    return undefined;
  }
  const steps = entity.tenant.split('.');
  const end = followPath({ steps, start: name, at, relationsOf, context, only: 'belongs_to', required: true });
  if (end === undefined || goal === undefined || !context.entities.has(goal)) return undefined;
  if (end === goal) return steps;
  context.report({
    at,
    code: 'tenant-not-tenancy',
    message: `"${entity.tenant}" leads to ${end}, not to the tenancy entity ${goal}.`,
    mend: `give a path of belongs_to relations that ends at ${goal}`,
  });
  return undefined;
}

/** Entity at the end of a path of relations; undefined after a fault. */
function followPath({
  steps,
  start,
  at,
  relationsOf,
  context,
  only,
  required = false,
}: {
  readonly steps: readonly string[];
  readonly start: string;
  readonly at: SpecPath;
  readonly relationsOf: EntityReading['relationsOf'];
  readonly context: SpecContext;
  readonly only?: RelationSpec['kind'];
  readonly required?: boolean;
}): string | undefined {
  let entity = start;
  let offset = 0;
  for (const step of steps) {
    const usable = relationsOf(entity).filter(({ kind }) => only === undefined || kind === only);
    const relation = usable.find((known) => known.name === step);
    if (relation === undefined) {
      const exists = relationsOf(entity).some((known) => known.name === step);
      if (!exists && context.isWritten(entityPath(entity, 'relations', step))) return undefined;
      const message = exists ? `"${step}" of ${entity} is not a ${only ?? 'relation'}.` : `${entity} has no relation "${step}".`;
      context.report({
        at,
        offset,
        code: 'unknown-relation',
        message,
        mend: didYouMean({ word: step, candidates: usable.map((known) => known.name), otherwise: 'add the relation or remove it here' }),
      });
      return undefined;
    }
    if (required && relation.kind === 'belongs_to' && relation.nullable) {
      context.report({
        at,
        offset,
        code: 'nullable-tenant',
        message: `"${step}" of ${entity} may be missing, and a row without it would lie in no tenant.`,
        mend: `write "belongs_to ${relation.target}" without "?", or lead to the tenant another way`,
      });
      return undefined;
    }
    entity = relation.target;
    offset += step.length + 1;
  }
  return entity;
}

function parseEmbed({ name, entity, relationsOf, context }: EntityReading): EntitySpec['embed'] {
  return (entity.api?.embed ?? []).flatMap((written, index) => {
    const at = entityPath(name, 'api', 'embed', index);
    const steps = written.split('.');
    return followPath({ steps, start: name, at, relationsOf, context }) === undefined ? [] : [steps];
  });
}

interface ColumnReading extends EntityReading {
  readonly timestamps: boolean;
}

/** Column of a field, of a belongs_to by either of its names, of the id or of a timestamp. */
function columnOf(written: string, { fields, relations, timestamps }: ColumnReading): string | undefined {
  const field = fields.find(({ name }) => name === written);
  if (field !== undefined) return field.name;
  const link = relations.find((relation) => relation.kind === 'belongs_to' && (relation.name === written || relation.column === written));
  if (link?.kind === 'belongs_to') return link.column;
  return allowedExtras(timestamps).find((extra) => extra === written);
}

function allowedExtras(timestamps: boolean): readonly string[] {
  return timestamps ? ['id', 'created_at', 'updated_at'] : ['id'];
}

function resolveColumn({
  written,
  at,
  offset = 0,
  columns,
}: {
  readonly written: string;
  readonly at: SpecPath;
  readonly offset?: number;
  readonly columns: ColumnReading;
}): string | undefined {
  const column = columnOf(written, columns);
  if (column !== undefined) return column;
  const { name, context, fields, relations, timestamps } = columns;
  const isWritten = [written, written.replace(/_id$/, '')].some(
    (key) => context.isWritten(entityPath(name, 'fields', key)) || context.isWritten(entityPath(name, 'relations', key)),
  );
  const other = relations.find((relation) => relation.name === written);
  if (isWritten && other === undefined) return undefined;
  const candidates = [
    ...fields.map((field) => field.name),
    ...relations.flatMap((relation) => (relation.kind === 'belongs_to' ? [relation.name] : [])),
    ...allowedExtras(timestamps),
  ];
  const message =
    other === undefined
      ? `${name} has no field or belongs_to "${written}".`
      : `"${written}" is a ${other.kind}, so ${name} has no column for it.`;
  context.report({ at, offset, code: 'unknown-field', message, mend: didYouMean({ word: written, candidates }) });
  return undefined;
}

function parseUniqueTogether(columns: ColumnReading): EntitySpec['uniqueTogether'] {
  return (columns.entity.unique ?? []).flatMap((list, index) => {
    const at = entityPath(columns.name, 'unique', index);
    const resolved = list.map((written, position) => resolveColumn({ written, at: [...at, position], columns }));
    return resolved.every((column) => column !== undefined) ? [withoutRepeats({ list: resolved, at, columns })] : [];
  });
}

/** A number of a sequence stands once among the rows that it counts, whether the spec says so or not. */
function withSequences(written: EntitySpec['uniqueTogether'], { fields, relations }: ColumnReading): EntitySpec['uniqueTogether'] {
  const counted = fields.flatMap(({ name, type }) => {
    const parent = type.kind === 'sequence' ? relations.find((relation) => relation.name === type.parent) : undefined;
    return parent?.kind === 'belongs_to' ? [[parent.column, name]] : [];
  });
  const isWritten = (columns: readonly string[]): boolean =>
    written.some((known) => [...known].sort().join() === [...columns].sort().join());
  return [...written, ...counted.filter((columns) => !isWritten(columns))];
}

function withoutRepeats({
  list,
  at,
  columns,
}: {
  readonly list: readonly string[];
  readonly at: SpecPath;
  readonly columns: ColumnReading;
}): readonly string[] {
  const index = list.findIndex((column, position) => list.indexOf(column) !== position);
  if (index >= 0)
    columns.context.report({
      at: [...at, index],
      code: 'repeated-item',
      message: `"${String(list[index])}" stands twice in this list.`,
      mend: 'remove one of the two',
    });
  return list;
}

interface OrderedColumn {
  readonly column: string;
  readonly descending: boolean;
}

function orderedColumn({
  written,
  at,
  columns,
}: {
  readonly written: string;
  readonly at: SpecPath;
  readonly columns: ColumnReading;
}): OrderedColumn | undefined {
  const descending = written.startsWith('-');
  const column = resolveColumn({ written: descending ? written.slice(1) : written, at, offset: descending ? 1 : 0, columns });
  return column === undefined ? undefined : { column, descending };
}

function parseIndexes(columns: ColumnReading): EntitySpec['indexes'] {
  return (columns.entity.indexes ?? []).flatMap((list, index) => {
    const at = entityPath(columns.name, 'indexes', index);
    const resolved = list.map((written, position) => orderedColumn({ written, at: [...at, position], columns }));
    if (!resolved.every((column) => column !== undefined)) return [];
    withoutRepeats({ list: resolved.map(({ column }) => column), at, columns });
    return [resolved];
  });
}

/**
 * Without `order`: by id where ids grow with time (uuid7, int), else newest first where there are timestamps.
 * The id stands at the end in every case, so that pages never overlap.
 */
function parseOrder(columns: ColumnReading & { readonly id: EntitySpec['id'] }): EntitySpec['order'] {
  const { entity, name, context, fields } = columns;
  const byTime = columns.timestamps && columns.id === 'uuid4' ? [{ column: 'created_at', descending: true }] : [];
  const written = entity.api?.order?.flatMap((item, index) => {
    const at = entityPath(name, 'api', 'order', index);
    const column = orderedColumn({ written: item, at, columns });
    const kind = fields.find((field) => field.name === column?.column)?.type.kind;
    if (kind === 'json' || kind === 'bytes') {
      context.report({
        at,
        code: 'misplaced-modifier',
        message: `rows cannot be ordered by "${item}", which is of type ${kind}.`,
        mend: 'order by another field',
      });
    }
    return column ?? [];
  });
  const order = written === undefined || written.length === 0 ? byTime : written;
  withoutRepeats({ list: order.map(({ column }) => column), at: entityPath(name, 'api', 'order'), columns });
  return order.some(({ column }) => column === 'id') ? order : [...order, { column: 'id', descending: false }];
}

function pageSizes({ name, entity, context }: EntityReading): Pick<EntitySpec, 'page' | 'maxPage'> {
  const { defaults } = context.document;
  const maxPage = entity.api?.max_page ?? defaults?.max_page ?? 100;
  const page = entity.api?.page ?? Math.min(defaults?.page ?? 20, maxPage);
  for (const [key, value] of Object.entries({ page: entity.api?.page, max_page: entity.api?.max_page })) {
    if (value !== undefined && value < 1)
      context.report({
        at: entityPath(name, 'api', key),
        code: 'out-of-range',
        message: `"${key}" is ${value}, but a page has at least 1 row.`,
        mend: 'give at least 1',
      });
  }
  if (entity.api?.page !== undefined && page > maxPage) {
    context.report({
      at: entityPath(name, 'api', 'page'),
      code: 'page-over-max',
      message: `a page of ${page} rows is more than the most a request may ask for, ${maxPage}.`,
      mend: `lower "page" or raise "max_page"`,
    });
  }
  return { page, maxPage };
}

const sqlWords = new Set(
  'and or not null is in like between case when then else end true false escape cast as integer text numeric date'.split(' '),
);

/** The condition on one line; its names must be columns, so that a typing error is found here and not by the first migration. */
function parseCheck({ check, sql, columns }: { readonly check: string; readonly sql: string; readonly columns: ColumnReading }): string {
  const at = entityPath(columns.name, 'checks', check);
  const { context } = columns;
  const forbidden = sql.match(/;|--|\/\*|"|`|\\/);
  if (sql.trim() === '' || forbidden !== null) {
    const message = forbidden === null ? `the check "${check}" is empty.` : `"${forbidden[0]}" cannot stand in a check.`;
    context.report({
      at,
      offset: forbidden?.index ?? 0,
      code: 'bad-check',
      message,
      mend: "write one condition with columns, numbers and texts in single quotes: status <> 'done'",
    });
    return '';
  }
  const withoutTexts = sql.replace(/'(?:[^']|'')*'/g, (text) => ' '.repeat(text.length));
  for (const word of withoutTexts.matchAll(/[A-Za-z_][A-Za-z0-9_]*/g)) {
    const isFunction = /^\s*\(/.test(withoutTexts.slice(word.index + word[0].length));
    if (isFunction || sqlWords.has(word[0].toLowerCase())) continue;
    const column = resolveColumn({ written: word[0], at, offset: word.index, columns });
    if (column !== undefined && column !== word[0]) {
      context.report({
        at,
        offset: word.index,
        code: 'unknown-field',
        message: `"${word[0]}" is a relation; its column is "${column}".`,
        mend: `write "${column}"`,
      });
    }
  }
  return sql.trim().replace(/\s+/g, ' ');
}

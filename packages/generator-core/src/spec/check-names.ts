import { refuseBadName } from './refuse-bad-name';
import {
  generatedColumns,
  generatedSoftDeleteColumns,
  generatedUserColumns,
  generatedVersionColumns,
  listParameters,
  reservedClassNames,
  reservedFieldNames,
  reservedModules,
  reservedOperationNames,
  reservedPaths,
  reservedTables,
} from './reserved-names';
import type { EntitySpec, ServiceSpec, Shape } from './service-spec';
import { entityPath, type SpecContext } from './spec-context';
import type { SpecPath } from './spec-path';

/** Names that generated Python, SQL or routes could not have, or would have twice. */
export function checkNames(spec: ServiceSpec, context: SpecContext): void {
  const softDelete = spec.entities.some((entity) => entity.softDelete);
  checkClassNames(spec, context);
  for (const entity of spec.entities) {
    checkEntityNames(entity, softDelete, context);
    checkMemberClashes(entity, context);
  }
  checkEntityClashes(spec, context);
  for (const { name, fields } of spec.structs) checkPlainNames({ names: fields.map((field) => field.name), at: ['types', name], context });
  for (const { name, input, output } of spec.operations) {
    checkPlainNames({ names: input.map((field) => field.name), at: ['operations', name, 'input'], context });
    checkShapeNames({ shape: output, at: ['operations', name, 'output'], context });
  }
  checkOperationNames(spec, context);
}

interface NameCheck {
  readonly name: string;
  readonly at: SpecPath;
  readonly on?: 'key' | 'value';
  readonly reserved: ReadonlyMap<string, string>;
  readonly mend: string;
  readonly context: SpecContext;
}

function refuseReserved({ name, at, on = 'key', reserved, mend, context }: NameCheck): boolean {
  const reason = reserved.get(name);
  if (reason === undefined) return false;
  context.report({ at, on, code: 'reserved-name', message: `"${name}" ${reason}.`, mend });
  return true;
}

interface OwnedName {
  readonly name: string;
  /** What has the name: `the entity Book`. */
  readonly owner: string;
  readonly at: SpecPath;
}

function refuseRepeated(names: readonly OwnedName[], context: SpecContext): void {
  const owners = new Map<string, OwnedName>();
  for (const owned of names) {
    const first = owners.get(owned.name);
    if (first === undefined) owners.set(owned.name, owned);
    else if (first.at.join() !== owned.at.join()) {
      context.report({
        at: owned.at,
        on: 'key',
        code: 'clashing-name',
        message: `${owned.owner} and ${first.owner} would both be called "${owned.name}".`,
        mend: 'rename one of the two',
      });
    }
  }
}

/** What every entity has, or may come to have, and what only some of them make. */
function classSuffixes({ pagination, access }: EntitySpec): readonly string[] {
  return [
    ...['Create', 'Update', 'Read', 'Summary', 'Query', 'Sort', 'In', 'Page', 'Repository'],
    ...(pagination === 'keyset' ? ['Cursor'] : []),
    ...(access.replace === undefined ? [] : ['Replace']),
  ];
}

function checkClassNames({ entities, enums, structs, operations }: ServiceSpec, context: SpecContext): void {
  const groups = [
    ...enums.map(({ name }) => ({ name, owner: `the enum ${name}`, at: ['enums', name] })),
    ...structs.map(({ name }) => ({ name, owner: `the type ${name}`, at: ['types', name] })),
    ...entities.map(({ name }) => ({ name, owner: `the entity ${name}`, at: ['entities', name] })),
  ];
  for (const { name, at } of groups) {
    refuseReserved({ name, at, reserved: reservedClassNames, mend: `call it otherwise, for example "${name}Record"`, context });
  }
  const derived = entities.flatMap((entity) =>
    classSuffixes(entity).map((suffix) => ({
      name: `${entity.name}${suffix}`,
      owner: `a class of the entity ${entity.name}`,
      at: ['entities', entity.name],
    })),
  );
  const ofOperations = operations.flatMap(({ name, className }) =>
    ['Input', 'Output', 'OutputRead', 'Item', 'ItemRead'].map((suffix) => ({
      name: `${className}${suffix}`,
      owner: suffix === 'Input' ? `the input of the operation ${name}` : `a part of the output of the operation ${name}`,
      at: ['operations', name],
    })),
  );
  refuseRepeated([...derived, ...ofOperations, ...groups], context);
}

function checkEntityNames(entity: EntitySpec, softDelete: boolean, context: SpecContext): void {
  const at = entityPath(entity.name);
  if (!reservedClassNames.has(entity.name)) {
    refuseReserved({
      name: entity.module,
      at,
      reserved: reservedModules,
      mend: `call the entity otherwise, for example "${entity.name}Record"`,
      context,
    });
  }
  for (const { name } of entity.fields) checkColumnName({ entity, softDelete, name, at: [...at, 'fields', name], context });
  for (const { name, implicit } of entity.relations) {
    if (!implicit) checkColumnName({ entity, softDelete, name, at: [...at, 'relations', name], context });
  }
  for (const { name } of entity.computed) checkColumnName({ entity, softDelete, name, at: [...at, 'computed', name], context });
  for (const field of entity.fields) {
    if (field.filter)
      refuseReserved({
        name: field.name,
        at: [...at, 'fields', field.name],
        reserved: listParameters,
        mend: 'rename the field or remove "filter"',
        context,
      });
  }
}

function checkColumnName({
  entity,
  softDelete,
  name,
  at,
  context,
}: {
  readonly entity: EntitySpec;
  /** Whether some entity has `soft_delete`. */
  readonly softDelete: boolean;
  readonly name: string;
  readonly at: SpecPath;
  readonly context: SpecContext;
}): void {
  if (refuseBadName({ name, at, context })) return;
  const rename = `rename it, for example to "${entity.module}_${name}"`;
  if (refusePythonName({ name, at, mend: rename, context })) return;
  if (refuseReserved({ name, at, reserved: generatedColumns, mend: 'remove it: it is there already', context })) return;
  const already = 'remove it: it is there already';
  if (entity.version && refuseReserved({ name, at, reserved: generatedVersionColumns, mend: already, context })) return;
  if (softDelete && refuseReserved({ name, at, reserved: generatedSoftDeleteColumns, mend: entity.softDelete ? already : rename, context }))
    return;
  if (entity.isUser) refuseReserved({ name, at, reserved: generatedUserColumns, mend: 'remove it: it is there already', context });
}

function refusePythonName({ name, at, mend, context }: Omit<NameCheck, 'reserved'>): boolean {
  if (refuseReserved({ name, at, reserved: reservedFieldNames, mend, context })) return true;
  if (!name.startsWith('model_')) return false;
  context.report({
    at,
    on: 'key',
    code: 'reserved-name',
    message: `"${name}" begins with "model_", which Pydantic keeps for itself.`,
    mend: `rename it, for example to "${name.slice('model_'.length)}"`,
  });
  return true;
}

/** Fields, relations, computed values and columns of relations share one class. */
function checkMemberClashes(entity: EntitySpec, context: SpecContext): void {
  const at = entityPath(entity.name);
  const written = entity.relations.filter(({ implicit }) => !implicit);
  refuseRepeated(
    [
      ...entity.fields.map(({ name }) => ({ name, owner: `the field ${name}`, at: [...at, 'fields', name] })),
      ...written.map(({ name }) => ({ name, owner: `the relation ${name}`, at: [...at, 'relations', name] })),
      ...written.flatMap((relation) =>
        relation.kind === 'belongs_to'
          ? [{ name: relation.column, owner: `the column of the relation ${relation.name}`, at: [...at, 'relations', relation.name] }]
          : [],
      ),
      ...entity.computed.map(({ name }) => ({ name, owner: `the computed value ${name}`, at: [...at, 'computed', name] })),
    ],
    context,
  );
  checkImplicitEnds(entity, context);
}

function checkImplicitEnds(entity: EntitySpec, context: SpecContext): void {
  const taken = new Set([...entity.fields.map(({ name }) => name), ...entity.computed.map(({ name }) => name)]);
  for (const relation of entity.relations) if (!relation.implicit) taken.add(relation.name);
  for (const relation of entity.relations) {
    if (!relation.implicit || relation.kind !== 'many_to_many') continue;
    const isReserved = reservedFieldNames.has(relation.name) || generatedColumns.has(relation.name);
    if (taken.has(relation.name) || isReserved) {
      const message = `the other end of this relation would be called ${entity.name}.${relation.name}, which is taken.`;
      context.report({
        at: entityPath(relation.target, 'relations', relation.inverse),
        code: 'clashing-name',
        message,
        mend: 'give it another name with "inverse="',
      });
    }
    taken.add(relation.name);
  }
}

function checkEntityClashes({ entities }: ServiceSpec, context: SpecContext): void {
  const place = ({ name }: EntitySpec) => ({ owner: `the entity ${name}`, at: entityPath(name) });
  const clashing = ['module', 'plural', 'table', 'path'] as const;
  const reported = new Set<string>();
  for (const [index, entity] of entities.entries()) {
    for (const other of entities.slice(0, index)) {
      const key = clashing.find((candidate) => entity[candidate] === other[candidate]);
      if (key === undefined || reported.has(entity.name)) continue;
      reported.add(entity.name);
      const mend =
        key === 'table' && entity.plural !== other.plural
          ? 'give one of the two another "table"'
          : key === 'path' && entity.plural !== other.plural
            ? 'give one of the two another "api.path"'
            : 'rename one of the two';
      context.report({
        ...place(entity),
        on: 'key',
        code: 'clashing-name',
        message: `${entity.name} and ${other.name} have the same ${key} "${entity[key]}".`,
        mend,
      });
    }
  }
  for (const entity of entities) checkTableAndPath(entity, entities, context);
}

function checkTableAndPath(entity: EntitySpec, entities: readonly EntitySpec[], context: SpecContext): void {
  const table = placeOf(entity, ['table'], context);
  if (!/^[a-z][a-z0-9_]*$/.test(entity.table))
    context.report({
      ...table,
      code: 'bad-name',
      message: `"${entity.table}" is not a table name.`,
      mend: 'use lower-case letters, digits and "_", a letter first: order_items',
    });
  refuseReserved({ ...table, name: entity.table, reserved: reservedTables, mend: 'give the entity another "table"', context });
  const path = placeOf(entity, ['api', 'path'], context);
  if (!/^(\/[A-Za-z0-9_.-]+)+$/.test(entity.path))
    context.report({
      ...path,
      code: 'bad-route',
      message: `"${entity.path}" is not a path.`,
      mend: 'write "/" and words, without "/" at the end: /order-items',
    });
  refuseReserved({
    ...path,
    name: entity.path.match(/^\/[^/]*/)?.[0] ?? '',
    reserved: reservedPaths,
    mend: 'give the entity another "api.path"',
    context,
  });
  for (const relation of entity.relations) {
    if (relation.kind !== 'many_to_many' || !relation.declared) continue;
    const other = entities.find((known) => known.table === relation.linkTable);
    if (other === undefined) continue;
    const message = `the link table of this relation would be called "${relation.linkTable}", like the table of ${other.name}.`;
    context.report({
      at: entityPath(entity.name, 'relations', relation.name),
      on: 'key',
      code: 'clashing-name',
      message,
      mend: `rename the relation, or link through ${other.name} with has_many`,
    });
  }
}

function placeOf(entity: EntitySpec, keys: SpecPath, context: SpecContext): { readonly at: SpecPath; readonly on: 'key' | 'value' } {
  const at = entityPath(entity.name, ...keys);
  return context.isWritten(at) ? { at, on: 'value' } : { at: entityPath(entity.name), on: 'key' };
}

function checkPlainNames({
  names,
  at,
  context,
}: {
  readonly names: readonly string[];
  readonly at: SpecPath;
  readonly context: SpecContext;
}): void {
  for (const name of names) refusePythonName({ name, at: [...at, name], mend: `rename it, for example to "the_${name}"`, context });
}

function checkShapeNames({ shape, at, context }: { readonly shape: Shape; readonly at: SpecPath; readonly context: SpecContext }): void {
  if (shape.kind === 'list') checkShapeNames({ shape: shape.of, at: [...at, 0], context });
  if (shape.kind !== 'object') return;
  checkPlainNames({ names: shape.fields.map(({ name }) => name), at, context });
  for (const field of shape.fields) checkShapeNames({ shape: field.shape, at: [...at, field.name], context });
}

function checkOperationNames({ operations, entities, auth }: ServiceSpec, context: SpecContext): void {
  const crud = entities.flatMap(({ name, module, plural }) =>
    [`list_${plural}`, ...['read', 'create', 'update', 'replace', 'delete'].map((verb) => `${verb}_${module}`)].map(
      (route) => [route, name] as const,
    ),
  );
  const names = new Map(crud);
  for (const { name } of operations) {
    const at = ['operations', name];
    const isAuth = auth !== undefined || !['log_in', 'log_out', 'refresh', 'register', 'read_me'].includes(name);
    if (
      isAuth &&
      refuseReserved({ name, at, reserved: reservedOperationNames, mend: `call it otherwise, for example "${name}_service"`, context })
    )
      continue;
    const entity = names.get(name);
    if (entity !== undefined) {
      context.report({
        at,
        on: 'key',
        code: 'clashing-name',
        message: `"${name}" is the name of a generated route of ${entity}.`,
        mend: 'call the operation otherwise',
      });
    }
    const sameModule = entities.find(({ module }) => module === name);
    if (sameModule !== undefined) {
      context.report({
        at,
        on: 'key',
        code: 'clashing-name',
        message: `"${name}" is the module of ${sameModule.name}.`,
        mend: 'call the operation otherwise',
      });
    }
  }
}

import type { EntitySpec, ExampleSpec, ExampleValue, OperationSpec, ServiceSpec, Shape } from '../spec/service-spec';

/**
 * The same spec with all that has a name in the order of the names: two specs that say the same in another order have one canonical form.
 * It is made from what was read, not from the text, since the order may have decided something by then: which end of a link names its table.
 * What means something by its order keeps it: an enum's values, roles, rows that refer to earlier rows.
 */
export function canonicalSpec(spec: ServiceSpec): ServiceSpec {
  return {
    ...spec,
    enums: byName(spec.enums),
    structs: byName(spec.structs.map((struct) => ({ ...struct, fields: byName(struct.fields) }))),
    entities: byName(spec.entities.map(canonicalEntity)),
    operations: byName(spec.operations.map(canonicalOperation)),
    seed: spec.seed.map((row) => ({ ...row, values: canonicalEntries(row.values) })),
  };
}

function canonicalEntity(entity: EntitySpec): EntitySpec {
  return {
    ...entity,
    fields: byName(entity.fields),
    relations: byName(entity.relations),
    computed: byName(entity.computed),
    checks: byName(entity.checks),
    access: byKey(entity.access),
  };
}

function canonicalOperation(operation: OperationSpec): OperationSpec {
  return {
    ...operation,
    input: byName(operation.input),
    output: canonicalShape(operation.output),
    examples: operation.examples.map(canonicalExample),
  };
}

function canonicalShape(shape: Shape): Shape {
  if (shape.kind === 'list') return { ...shape, of: canonicalShape(shape.of) };
  if (shape.kind !== 'object') return shape;
  return { ...shape, fields: byName(shape.fields.map((field) => ({ ...field, shape: canonicalShape(field.shape) }))) };
}

function canonicalExample({ name, given, when, then }: ExampleSpec): ExampleSpec {
  const { path, query, body, ...who } = when;
  return {
    name,
    given: given.map((row) => ({ ...row, values: canonicalEntries(row.values) })),
    when: {
      ...who,
      path: canonicalEntries(path),
      query: canonicalEntries(query),
      ...(body !== undefined && { body: canonicalEntries(body) }),
    },
    then: {
      ...then,
      ...(then.body !== undefined && { body: canonicalValue(then.body) }),
      database: [...then.database].sort((one, other) => compare(`${one.alias}.${one.field}`, `${other.alias}.${other.field}`)),
    },
  };
}

function canonicalValue(value: ExampleValue): ExampleValue {
  if (value.kind === 'list') return { ...value, items: value.items.map(canonicalValue) };
  return value.kind === 'object' ? { ...value, entries: canonicalEntries(value.entries) } : value;
}

function canonicalEntries(entries: Readonly<Record<string, ExampleValue>>): Readonly<Record<string, ExampleValue>> {
  return byKey(Object.fromEntries(Object.entries(entries).map(([key, value]) => [key, canonicalValue(value)])));
}

function byName<Item extends { readonly name: string }>(items: readonly Item[]): readonly Item[] {
  return [...items].sort((one, other) => compare(one.name, other.name));
}

function byKey<Entries extends object>(entries: Entries): Entries {
  return Object.fromEntries(Object.entries(entries).sort(([one], [other]) => compare(one, other))) as Entries;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

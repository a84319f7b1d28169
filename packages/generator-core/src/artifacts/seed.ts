import type { EntitySpec, ExampleValue, FieldType, SeedRow, ServiceSpec } from '../spec/service-spec';
import { identifyingNames } from '../spec/identifying-names';
import { pythonString } from './python/python-text';
import { pythonValue, roleMember } from './python/python-value';
import { entityNamed, paths } from './python/spec-lookup';
import { enumNames, usedNames } from './python/used-names';
import { singleFileRole } from './web/single-file-role';

const path = 'app/seed.py';

/** `app/seed.py` */
export const seedRole = singleFileRole({
  role: 'seed',
  phase: 'app',
  path,
  exists: (spec) => spec.seed.length > 0,
  provides: () => ['main', 'seed'],
  needs: (spec) => {
    const view = seedView(spec);
    return [
      paths.database,
      ...(view.uses_password ? [paths.security, paths.schemaBase] : []),
      ...(view.enums.length > 0 ? [paths.enums] : []),
      ...(view.uses_slugs ? [paths.repositoryBase] : []),
      // Mappers name each other, so all tables have to be known.
      paths.models,
    ];
  },
  view: seedView,
});

/** Whether a row of the seed has a password. */
export function seedsPasswords(spec: ServiceSpec): boolean {
  return seedView(spec).uses_password;
}

interface SeedRowView {
  readonly model: string;
  /** Python source of the values that tell whether the row is there. */
  readonly key: string;
  /** Python source of the other values, as arguments by name; undefined when there are none. */
  readonly others?: string;
}

function seedView(spec: ServiceSpec) {
  const rows = spec.seed.map((row) => seedRow(spec, row));
  const source = rows.map(({ model, key, others }) => `${model} ${key} ${others ?? ''}`).join('\n');
  return {
    rows,
    uses_find: source.includes('await find('),
    uses_environment: source.includes('environment('),
    uses_password: source.includes('hash_password('),
    uses_slugs: source.includes('slugify('),
    enums: usedNames(source, enumNames(spec)),
    models: spec.entities.filter(({ name }) => usedNames(source, [name]).length > 0),
  };
}

function seedRow(spec: ServiceSpec, { entity: name, values }: SeedRow): SeedRowView {
  const entity = entityNamed(spec, name);
  const entries = rowEntries(spec, entity, values);
  const keyNames = new Set(identifyingNames(entity, values));
  const key = entries.filter((entry) => keyNames.has(entry.source));
  const rest = entries.filter((entry) => !keyNames.has(entry.source));
  return {
    model: entity.name,
    key: dictLiteral(key),
    ...(rest.length > 0 && { others: rest.map(({ name: member, expression }) => `${member}=${expression}`).join(', ') }),
  };
}

interface Entry {
  /** Name in the spec, `made` for what the spec does not write. */
  readonly source: string;
  readonly name: string;
  readonly expression: string;
}

function rowEntries(spec: ServiceSpec, entity: EntitySpec, values: Readonly<Record<string, ExampleValue>>): readonly Entry[] {
  const written = Object.entries(values).flatMap(([name, value]) => rowEntry({ spec, entity, name, value }));
  const slugs = entity.fields.flatMap((field) => {
    if (field.type.kind !== 'slug' || field.name in values) return [];
    const source = field.type.from;
    const from = written.find((entry) => entry.source === source)?.expression ?? defaultText(entity, source);
    return from === undefined
      ? []
      : [{ source: 'made', name: field.name, expression: `slugify(${from}, "${entity.label.replaceAll(' ', '-')}")` }];
  });
  return [...written, ...slugs];
}

function defaultText(entity: EntitySpec, name: string): string | undefined {
  const value = entity.fields.find((field) => field.name === name)?.default;
  return typeof value === 'string' ? pythonString(value) : undefined;
}

function rowEntry({
  spec,
  entity,
  name,
  value,
}: {
  readonly spec: ServiceSpec;
  readonly entity: EntitySpec;
  readonly name: string;
  readonly value: ExampleValue;
}): readonly Entry[] {
  const field = entity.fields.find((candidate) => candidate.name === name);
  if (field !== undefined) return [{ source: name, name, expression: fieldExpression(spec, field.type, value) }];
  if (name === 'password')
    return [
      {
        source: name,
        name: 'hashed_password',
        expression: `await hash_password(password(${fieldExpression(spec, { kind: 'string', maxLength: 128 }, value)}))`,
      },
    ];
  if (name === 'role') return [{ source: name, name, expression: roleExpression(value) }];
  const relation = entity.relations.find((candidate) => candidate.name === name);
  if (relation === undefined)
    return [
      { source: name, name, expression: fieldExpression(spec, name.endsWith('_at') ? { kind: 'datetime' } : { kind: 'json' }, value) },
    ];
  const target = entityNamed(spec, relation.target);
  if (relation.kind === 'belongs_to') {
    const isNull = value.kind === 'scalar';
    return [{ source: name, name: relation.column, expression: isNull ? 'None' : `(${findCall(spec, target, value)}).id` }];
  }
  const items = value.kind === 'list' ? value.items : [value];
  const rows = items.map((item) => (relation.kind === 'many_to_many' ? findCall(spec, target, item) : newRow(spec, target, item)));
  return [{ source: name, name, expression: relation.kind === 'has_one' ? (rows[0] ?? 'None') : `[${rows.join(', ')}]` }];
}

function findCall(spec: ServiceSpec, target: EntitySpec, value: ExampleValue): string {
  return `await find(session, ${target.name}, ${keywordArguments(spec, target, value)})`;
}

function newRow(spec: ServiceSpec, target: EntitySpec, value: ExampleValue): string {
  return `${target.name}(${keywordArguments(spec, target, value)})`;
}

function keywordArguments(spec: ServiceSpec, target: EntitySpec, value: ExampleValue): string {
  const entries = value.kind === 'object' ? rowEntries(spec, target, value.entries) : [];
  return entries
    .filter((entry) => entry.source !== 'made')
    .map(({ name, expression }) => `${name}=${expression}`)
    .join(', ');
}

function dictLiteral(entries: readonly Entry[]): string {
  return `{${entries.map(({ name, expression }) => `"${name}": ${expression}`).join(', ')}}`;
}

const variable = /^\$\{([A-Z_][A-Z0-9_]*)\}$/;

function fieldExpression(spec: ServiceSpec, type: FieldType, value: ExampleValue): string {
  if (value.kind !== 'scalar') return documentLiteral(value);
  const name = typeof value.value === 'string' ? variable.exec(value.value)?.[1] : undefined;
  if (name !== undefined) return converted(type, `environment("${name}")`);
  if (value.value === 'now' && type.kind === 'datetime') return 'utc_now()';
  if (value.value === 'today' && type.kind === 'date') return 'utc_today()';
  return type.kind === 'json' ? documentLiteral(value) : pythonValue(spec, type, value.value);
}

/** A text from the environment as a value of the type. */
function converted(type: FieldType, text: string): string {
  switch (type.kind) {
    case 'int':
    case 'bigint':
      return `int(${text})`;
    case 'float':
      return `float(${text})`;
    case 'decimal':
      return `Decimal(${text})`;
    case 'bool':
      return `(${text} == "true")`;
    case 'date':
    case 'datetime':
    case 'time':
      return `dt.${type.kind === 'datetime' ? 'datetime' : type.kind}.fromisoformat(${text})`;
    case 'uuid':
      return `UUID(${text})`;
    case 'enum':
      return `${type.enum}(${text})`;
    default:
      return text;
  }
}

function roleExpression(value: ExampleValue): string {
  const text = value.kind === 'scalar' ? String(value.value) : '';
  const name = variable.exec(text)?.[1];
  return name === undefined ? roleMember(text) : `Role(environment("${name}"))`;
}

function documentLiteral(value: ExampleValue): string {
  switch (value.kind) {
    case 'list':
      return `[${value.items.map(documentLiteral).join(', ')}]`;
    case 'object':
      return `{${Object.entries(value.entries)
        .map(([key, item]) => `${pythonString(key)}: ${documentLiteral(item)}`)
        .join(', ')}}`;
    case 'reference':
      return pythonString(`$${value.alias}`);
    default:
      if (value.value === null) return 'None';
      return typeof value.value === 'string'
        ? pythonString(value.value)
        : typeof value.value === 'boolean'
          ? value.value
            ? 'True'
            : 'False'
          : String(value.value);
  }
}

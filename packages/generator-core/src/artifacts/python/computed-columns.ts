import type { ComputedSpec, EntitySpec, FieldSpec, ServiceSpec } from '../../spec/service-spec';
import { columnType, valueAnnotation } from './column-type';
import { belongsTo, entityNamed, relationNamed } from './spec-lookup';

/** Aggregates over related rows as `column_property`, and the light tables they read: models import no other model. */
export interface ComputedColumns {
  readonly tables: readonly { readonly name: string; readonly expression: string }[];
  readonly columns: readonly { readonly name: string; readonly annotation: string; readonly expression: string }[];
  /** Functions of SQLAlchemy that the class calls by another name, since it has a member of theirs. */
  readonly renamed: readonly { readonly name: string; readonly alias: string }[];
}

/** What the expressions in the class call; its members hide names of the module. */
const calledInClass = ['func', 'select'] as const;
type Called = Readonly<Record<(typeof calledInClass)[number], string>>;

/** By which name the class calls them: their own, or one that no member has. */
function namesInClass(entity: EntitySpec): Called {
  const members = new Set(
    [...entity.fields, ...belongsTo(entity).map(({ column }) => ({ name: column })), ...entity.relations, ...entity.computed].map(
      ({ name }) => name,
    ),
  );
  const free = (name: string): string => (members.has(name) ? free(`sql_${name}`) : name);
  return { func: free('func'), select: free('select') };
}

export function computedColumns(spec: ServiceSpec, entity: EntitySpec): ComputedColumns {
  const tables = new Map<string, Map<string, string>>();
  const columnOf = (table: string, name: string, type?: string): string => {
    const columns = tables.get(table) ?? new Map<string, string>();
    columns.set(name, type === undefined ? `column("${name}")` : `column("${name}", ${type})`);
    tables.set(table, columns);
    return `_${table}.c.${name}`;
  };
  const called = namesInClass(entity);
  const columns = entity.computed.map((computed) => ({
    name: computed.name,
    annotation: `${computedAnnotation(spec, entity, computed)}${computed.nullable ? ' | None' : ''}`,
    expression: computedExpression({ spec, entity, computed, columnOf, called }),
  }));
  return {
    tables: [...tables].map(([table, members]) => ({
      name: `_${table}`,
      // Rows of the same table need another name, or the condition would compare each of them with itself.
      expression: `table("${table}", ${[...members.values()].join(', ')})${table === entity.table ? '.alias()' : ''}`,
    })),
    columns,
    renamed: calledInClass.flatMap((name) => (called[name] === name ? [] : [{ name, alias: called[name] }])),
  };
}

function aggregatedField(spec: ServiceSpec, entity: EntitySpec, computed: ComputedSpec) {
  const target = entityNamed(spec, relationNamed(entity, computed.relation).target);
  return target.fields.find((field) => field.name === computed.field);
}

/** Averages of whole numbers are no whole numbers; the rest keeps the field's type. */
function computedAnnotation(spec: ServiceSpec, entity: EntitySpec, computed: ComputedSpec): string {
  const field = aggregatedField(spec, entity, computed);
  if (computed.aggregate === 'count' || field === undefined) return 'int';
  if (computed.aggregate === 'avg' && field.type.kind !== 'decimal') return 'float';
  return valueAnnotation(field.type);
}

interface ExpressionParts {
  readonly spec: ServiceSpec;
  readonly entity: EntitySpec;
  readonly computed: ComputedSpec;
  readonly columnOf: (table: string, name: string, type?: string) => string;
  readonly called: Called;
}

function computedExpression({ spec, entity, computed, columnOf, called }: ExpressionParts): string {
  const relation = relationNamed(entity, computed.relation);
  const target = entityNamed(spec, relation.target);
  const field = aggregatedField(spec, entity, computed);
  const type = field === undefined ? undefined : (columnType(spec, field) ?? plainType(field.type.kind));
  if (relation.kind === 'many_to_many') {
    const own = columnOf(relation.linkTable, relation.localColumn);
    const remote = columnOf(relation.linkTable, relation.remoteColumn);
    if (field === undefined && !target.softDelete)
      return `${called.select}(${aggregateCall(called, computed, remote)}).where(${own} == id).scalar_subquery()`;
    const value = field === undefined ? remote : columnOf(target.table, field.name, type);
    const join = `_${relation.linkTable}.join(_${target.table}, ${remote} == ${columnOf(target.table, 'id')})`;
    return `${called.select}(${aggregateCall(called, computed, value, averageType(computed, field))}).select_from(${join}).where(${own} == id${liveCondition(target, columnOf)}).scalar_subquery()`;
  }
  const own = columnOf(target.table, relation.kind === 'belongs_to' ? relation.column : relation.viaColumn);
  const live = liveCondition(target, columnOf);
  if (field === undefined)
    return `${called.select}(${called.func}.count(${columnOf(target.table, 'id')})).where(${own} == id${live}).scalar_subquery()`;
  const value = columnOf(target.table, field.name, type);
  return `${called.select}(${aggregateCall(called, computed, value, averageType(computed, field))}).where(${own} == id${live}).scalar_subquery()`;
}

function liveCondition({ table, softDelete }: EntitySpec, columnOf: ExpressionParts['columnOf']): string {
  return softDelete ? `, ${columnOf(table, 'deleted_at')}.is_(None)` : '';
}

/** Digits that every float keeps (IEEE 754, double precision). */
const FLOAT_DIGITS = 15;

/** Of decimals: the smallest units are those of the column, the places those of the answer. */
function averageType({ type }: ComputedSpec, field: FieldSpec | undefined): string | undefined {
  if (field?.type.kind !== 'decimal') return undefined;
  const { precision, scale } = field.type;
  const places = type.kind === 'decimal' ? type.scale : Math.max(scale, FLOAT_DIGITS - (precision - scale));
  return `ExactDecimal(${precision}, ${scale}${places === scale ? '' : `, places=${places}`})`;
}

/** Whether some average of decimals has other places than what it is made of. */
export function averagesToOtherPlaces(spec: ServiceSpec): boolean {
  return spec.entities.some((entity) =>
    entity.computed.some(
      (computed) => computed.aggregate === 'avg' && averageType(computed, aggregatedField(spec, entity, computed))?.includes('places='),
    ),
  );
}

function plainType(kind: string): string | undefined {
  return { int: 'Integer', sequence: 'Integer', date: 'Date', datetime: 'UTCDateTime', bool: 'Boolean' }[kind];
}

function aggregateCall({ func }: Called, computed: ComputedSpec, column: string, average?: string): string {
  const { aggregate } = computed;
  const typed = aggregate === 'avg' ? `, type_=${average ?? 'Double()'}` : '';
  const call = `${func}.${aggregate}(${column}${typed})`;
  return aggregate === 'count' || computed.nullable ? call : `${func}.coalesce(${call}, 0)`;
}

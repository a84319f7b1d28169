import { assertNever } from '../../spec/assert-never';
import { pascalCase } from '../../spec/naming';
import type { OperationSpec, ServiceSpec, Shape } from '../../spec/service-spec';
import { readAnnotation } from '../python/read-members';
import { entityNamed } from '../python/spec-lookup';
import { entitiesIn } from './entities-in';
import { entityReads, presentRow } from './entity-reads';

type ObjectShape = Extract<Shape, { kind: 'object' }>;

/** A class for an object of an output. The service gives `name`; where that holds rows, the answer is `answerName`. */
export interface OutputObject {
  readonly name: string;
  readonly answerName: string;
  /** Whether rows are inside, so that the service's object is not the answer. */
  readonly holdsRows: boolean;
  readonly shape: ObjectShape;
}

/** Objects of the output, inner ones first. */
export function outputObjects(operation: OperationSpec): readonly OutputObject[] {
  return objectsIn(operation.output, `${operation.className}Output`, `${operation.className}Item`);
}

function objectsIn(shape: Shape, name: string, itemName: string): readonly OutputObject[] {
  if (shape.kind === 'list') return objectsIn(shape.of, itemName, `${itemName}Item`);
  if (shape.kind !== 'object') return [];
  const inner = shape.fields.flatMap((field) => {
    const base = `${name}${pascalCase(field.name)}`;
    return objectsIn(field.shape, base, `${base}Item`);
  });
  const holdsRows = entitiesIn(shape).length > 0;
  return [...inner, { name, answerName: holdsRows ? `${name}Read` : name, holdsRows, shape }];
}

/** Names of the `types:` of the spec in a shape, each once. */
export function structsIn(shape: Shape): readonly string[] {
  switch (shape.kind) {
    case 'struct':
      return [shape.struct];
    case 'list':
      return structsIn(shape.of);
    case 'object':
      return [...new Set(shape.fields.flatMap((field) => structsIn(field.shape)))];
    case 'scalar':
      return shape.type.kind === 'json' && shape.type.struct !== undefined ? [shape.type.struct] : [];
    case 'none':
    case 'entity':
      return [];
    default:
      return assertNever(shape);
  }
}

/** Types of the values inside a shape that are not entities, structures or objects. */
export function scalarTypesIn(shape: Shape): readonly Extract<Shape, { kind: 'scalar' }>['type'][] {
  if (shape.kind === 'scalar') return [shape.type];
  if (shape.kind === 'list') return scalarTypesIn(shape.of);
  if (shape.kind === 'object') return shape.fields.flatMap((field) => scalarTypesIn(field.shape));
  return [];
}

/** Annotation of a shape: `rows` as the service gives it (`list[Book]`), `answer` as the route does (`list[BookRead]`). */
export function shapeAnnotation({
  spec,
  operation,
  shape,
  side,
}: {
  readonly spec: ServiceSpec;
  readonly operation: OperationSpec;
  readonly shape: Shape;
  readonly side: 'rows' | 'answer';
}): string {
  switch (shape.kind) {
    case 'none':
      return 'None';
    case 'entity':
      return side === 'rows' ? shape.entity : entityReads(spec, entityNamed(spec, shape.entity)).type;
    case 'struct':
      return shape.struct;
    case 'scalar':
      return `${readAnnotation(shape.type)}${shape.nullable ? ' | None' : ''}`;
    case 'list':
      return `list[${shapeAnnotation({ spec, operation, shape: shape.of, side })}]`;
    case 'object': {
      const object = objectOf(operation, shape);
      return side === 'rows' ? object.name : object.answerName;
    }
    default:
      return assertNever(shape);
  }
}

function objectOf(operation: OperationSpec, shape: ObjectShape): OutputObject {
  const object = outputObjects(operation).find((candidate) => candidate.shape === shape);
  if (object === undefined)
    throw new Error(
      `The output of ${operation.name} has an object that no class was made for. This is a fault of @org/generator-core; please report it.`,
    );
  return object;
}

/** Expression of the answer, from the service's result in the variable or attribute `value`. */
export function presentShape({
  spec,
  operation,
  shape,
  value,
  depth = 0,
}: {
  readonly spec: ServiceSpec;
  readonly operation: OperationSpec;
  readonly shape: Shape;
  readonly value: string;
  readonly depth?: number;
}): string {
  if (entitiesIn(shape).length === 0) return value;
  if (shape.kind === 'entity') return presentRow({ spec, entity: entityNamed(spec, shape.entity), row: value });
  if (shape.kind === 'list') {
    const item = itemName(depth);
    return `[${presentShape({ spec, operation, shape: shape.of, value: item, depth: depth + 1 })} for ${item} in ${value}]`;
  }
  if (shape.kind !== 'object') return value;
  const members = shape.fields.map(
    (field) => `${field.name}=${presentShape({ spec, operation, shape: field.shape, value: `${value}.${field.name}`, depth })}`,
  );
  return `${objectOf(operation, shape).answerName}(${members.join(', ')})`;
}

function itemName(depth: number): string {
  return depth === 0 ? 'item' : `item_${depth}`;
}

/** A place of rows in a result: the expression of one row, inside loops from the outermost on. */
export interface RowPlace {
  readonly entity: string;
  readonly row: string;
  readonly loops: readonly string[];
}

export function rowPlaces(shape: Shape, value: string, loops: readonly string[] = []): readonly RowPlace[] {
  if (shape.kind === 'entity') return [{ entity: shape.entity, row: value, loops }];
  if (shape.kind === 'list') {
    const item = itemName(loops.length);
    return rowPlaces(shape.of, item, [...loops, `for ${item} in ${value}`]);
  }
  if (shape.kind === 'object') return shape.fields.flatMap((field) => rowPlaces(field.shape, `${value}.${field.name}`, loops));
  return [];
}

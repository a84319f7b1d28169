import type { Span } from '../../text/span';

export type SinkKind = 'sql' | 'command' | 'code' | 'path' | 'url' | 'redirect' | 'template' | 'deserialization' | 'html';

/** One place a value passes, in words. */
export interface FlowStep {
  readonly path: string;
  readonly span: Span;
  readonly message: string;
}

/** The way so far, newest first; shared between values. */
export interface Trail {
  readonly step: FlowStep;
  readonly before: Trail | undefined;
  readonly length: number;
}

/** What a client of the service chooses: one parameter of one route. */
export interface Source {
  readonly id: string;
  /** `parameter \`name\` of route \`read\`` */
  readonly label: string;
  /** A part of the URL's path: no `/` can be in it. */
  readonly isSegment: boolean;
}

/** A value has something of a source in it. */
export interface Taint {
  readonly source: Source;
  /** Which part of the source: fields of a body model, keys of the query. */
  readonly names: readonly string[];
  /** False as soon as anything on the way may have rejected or changed it. */
  readonly isCertain: boolean;
  /** Only computed from it (`len(x)`, a row found with it): matters to guards, not to sinks. */
  readonly isDerived: boolean;
  /** The very value, not changed or put into another. */
  readonly isExact: boolean;
  /** The text begins with it. */
  readonly isLeading: boolean;
  /** Put into text that reads like SQL. */
  readonly isSql: boolean;
  /** An absolute path without `..`. */
  readonly isResolved: boolean;
  /** What it can do no harm to any more. */
  readonly cleaned: readonly SinkKind[];
  readonly trail: Trail;
}

/** What kind of object a value is, as far as it matters for attributes and methods. */
export type ValueType =
  /** An instance of a class of the project. */
  | { readonly kind: 'instance'; readonly path: string; readonly name: string }
  /** A request body of a Pydantic model. */
  | { readonly kind: 'model'; readonly path: string; readonly name: string }
  /** An object of a class from outside: `httpx.AsyncClient`. */
  | { readonly kind: 'external'; readonly name: string }
  | { readonly kind: 'import'; readonly importIndex: number; readonly importedNameIndex: number | undefined }
  | { readonly kind: 'closure'; readonly path: string; readonly function: number; readonly variables: ReadonlyMap<string, Value> };

/** What is known of a value; immutable. */
export interface Value {
  readonly taints: readonly Taint[];
  readonly type?: ValueType;
  readonly fields?: ReadonlyMap<string, Value>;
  /** Text of it is written in the program and reads like SQL. */
  readonly isSql?: true;
}

export const CLEAN: Value = { taints: [] };
const MOST_TAINTS = 12;
const LONGEST_TRAIL = 40;

export function addStep(before: Trail | undefined, step: FlowStep): Trail {
  if (before !== undefined && before.length >= LONGEST_TRAIL) return before;
  return { step, before, length: (before?.length ?? 0) + 1 };
}

export function listSteps(trail: Trail): readonly FlowStep[] {
  const steps: FlowStep[] = [];
  for (let current: Trail | undefined = trail; current !== undefined; current = current.before) steps.unshift(current.step);
  return steps;
}

/** Everything about a taint but how it came. */
export function keyOfTaint({ source, names, isCertain, isDerived, isExact, isLeading, isSql, isResolved, cleaned }: Taint): string {
  const flags = [isCertain, isDerived, isExact, isLeading, isSql, isResolved].map(Number).join('');
  return `${source.id}|${names.join('.')}|${flags}|${cleaned.join()}`;
}

/** Equal keys: the same verdicts follow. */
export function keyOfValue({ taints, type, fields, isSql }: Value): string {
  if (taints.length === 0 && type === undefined && fields === undefined && isSql === undefined) return '#{}';
  const typeKey = type === undefined ? '' : type.kind === 'closure' ? `closure ${type.path} ${type.function}` : JSON.stringify(type);
  const fieldKeys = [...(fields ?? [])].map(([name, value]) => `${name}=${keyOfValue(value)}`);
  return `${taints.map(keyOfTaint).sort().join(';')}#${isSql === true ? 'sql' : ''}${typeKey}{${fieldKeys.sort().join()}}`;
}

/** Both may be it. Fields stay only where one side has nothing to say or both agree which there are. */
export function joinValues(values: readonly Value[]): Value {
  if (values.every((value) => value === values[0])) return values[0] ?? CLEAN;
  const told = values.filter((value) => value.taints.length > 0 || value.type !== undefined || value.fields !== undefined || value.isSql);
  if (told.length < 2) return told[0] ?? CLEAN;
  const type = told.find((value) => value.type !== undefined)?.type;
  const names = new Set(told.flatMap(({ fields }) => [...(fields?.keys() ?? [])]));
  const fields = [...names].map((name): [string, Value] => [name, joinValues(told.map((value) => value.fields?.get(name) ?? CLEAN))]);
  return {
    taints: joinTaints(told.flatMap(({ taints }) => taints)),
    ...(type === undefined ? {} : { type }),
    ...(told.some(({ isSql }) => isSql) ? { isSql: true } : {}),
    ...(fields.length === 0 ? {} : { fields: new Map(fields) }),
  };
}

function joinTaints(taints: readonly Taint[]): readonly Taint[] {
  if (taints.every((taint) => taint === taints[0])) return taints.slice(0, 1);
  const known = new Map<string, Taint>();
  for (const taint of taints) if (!known.has(keyOfTaint(taint))) known.set(keyOfTaint(taint), taint);
  return [...known.values()].slice(0, MOST_TAINTS);
}

/** All that is in a value and its fields, as one text would have it. */
export function flatTaints({ taints, fields }: Value): readonly Taint[] {
  if (fields === undefined) return taints;
  return joinTaints([...taints, ...[...fields.values()].flatMap(flatTaints)]);
}

/** Whether anything of a source is in the value or its fields. */
export function isTainted({ taints, fields }: Value): boolean {
  if (taints.length > 0) return true;
  if (fields === undefined) return false;
  for (const field of fields.values()) if (isTainted(field)) return true;
  return false;
}

export function mapTaints(value: Value, change: (taint: Taint) => Taint): Value {
  if (!isTainted(value)) return value;
  return {
    ...value,
    taints: value.taints.map(change),
    ...(value.fields === undefined ? {} : { fields: new Map([...value.fields].map(([name, field]) => [name, mapTaints(field, change)])) }),
  };
}

/** A plain value with these taints changed; type and fields are gone. */
export function textOf(values: readonly Value[], change: Partial<Taint>): Value {
  const whole = values.length === 1 ? flatTaints(values[0]!) : joinTaints(values.flatMap(flatTaints));
  const taints = whole.length === 0 ? whole : joinTaints(whole.map((taint) => ({ ...taint, ...change })));
  return values.some(({ isSql }) => isSql) ? { taints, isSql: true } : { taints };
}

export function derivedOf(values: readonly Value[]): Value {
  return textOf(values, { isDerived: true, isExact: false });
}

export function doubted(value: Value): Value {
  return mapTaints(value, (taint) => ({ ...taint, isCertain: false }));
}

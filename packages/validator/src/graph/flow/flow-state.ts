import { joinValues, type SinkKind, type Taint, type Value } from './flow-value';

/** What tests on the way told about a source. */
export interface Guard {
  readonly source: string;
  readonly names: readonly string[];
  /** Harmless to these; `all` after a test against a list. */
  readonly cleaned: readonly SinkKind[] | 'all';
}

/** Variables and guards at one point of a function. */
export interface FlowState {
  readonly variables: Map<string, Value>;
  readonly guards: Map<string, Guard>;
  /** Execution does not come here. */
  isDead: boolean;
}

export function copyState({ variables, guards, isDead }: FlowState): FlowState {
  return { variables: new Map(variables), guards: new Map(guards), isDead };
}

/** Takes over what holds on either way. */
export function joinStates(into: FlowState, states: readonly FlowState[]): void {
  const living = states.filter(({ isDead }) => !isDead);
  into.isDead = living.length === 0;
  const used = living.length === 0 ? states.slice(0, 1) : living;
  const names = new Set(used.flatMap(({ variables }) => [...variables.keys()]));
  const variables = [...names].map((name): [string, Value] => [name, joinSame(used.map((state) => state.variables.get(name)))]);
  const guards = joinGuards(used.map((state) => state.guards));
  into.variables.clear();
  for (const [name, value] of variables) into.variables.set(name, value);
  into.guards.clear();
  for (const [key, guard] of guards) into.guards.set(key, guard);
}

function joinSame(values: readonly (Value | undefined)[]): Value {
  const known = values.filter((value) => value !== undefined);
  return known.every((value) => value === known[0]) ? known[0]! : joinValues(known);
}

/** A guard holds where it holds on every way; it cleans what all of them clean. */
export function joinGuards(groups: readonly ReadonlyMap<string, Guard>[]): readonly (readonly [string, Guard])[] {
  const [first, ...rest] = groups;
  return [...(first ?? [])].flatMap(([key, guard]) => {
    const others = rest.map((group) => group.get(key));
    if (others.includes(undefined)) return [];
    return [
      [key, others.reduce<Guard>((left, right) => ({ ...left, cleaned: commonKinds(left.cleaned, right!.cleaned) }), guard)] as const,
    ];
  });
}

function commonKinds(left: Guard['cleaned'], right: Guard['cleaned']): Guard['cleaned'] {
  if (left === 'all') return right;
  return right === 'all' ? left : left.filter((kind) => right.includes(kind));
}

/** Notes that a test looked at these. */
export function addGuards(state: FlowState, taints: readonly Taint[], cleaned: Guard['cleaned']): void {
  for (const { source, names } of taints) {
    const key = [source.id, ...names].join('.');
    const known = state.guards.get(key)?.cleaned ?? [];
    const all = known === 'all' || cleaned === 'all' ? 'all' : [...new Set([...known, ...cleaned])].sort();
    state.guards.set(key, { source: source.id, names, cleaned: all });
  }
}

/** What a taint is worth after the guards it passed; undefined when it is harmless to that. */
export function guardedTaint(taint: Taint, kind: SinkKind, guards: ReadonlyMap<string, Guard>): Taint | undefined {
  let isCertain = taint.isCertain;
  if (taint.cleaned.includes(kind)) return undefined;
  for (const { source, names, cleaned } of guards.values()) {
    if (source !== taint.source.id) continue;
    const isWhole = names.every((name, index) => taint.names[index] === name);
    const isPart = taint.names.every((name, index) => names[index] === name);
    if (isWhole && (cleaned === 'all' || cleaned.includes(kind))) return undefined;
    if (isWhole || isPart) isCertain = false;
  }
  return { ...taint, isCertain };
}

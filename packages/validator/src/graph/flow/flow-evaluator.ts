import type { FlowExpression, FlowFunction } from '../../extract/flow/flow-facts';
import { AnnotationValues } from './annotation-values';
import { evaluateExpression } from './evaluate-expression';
import { FlowIndex, type FoundFunction } from './flow-index';
import type { CallArguments, CallerPlace, ClassPlace, FlowProject, FlowRun, SinkReport } from './flow-run';
import { guardedTaint, type FlowState, type Guard } from './flow-state';
import {
  addStep,
  CLEAN,
  doubted,
  flatTaints,
  isTainted,
  joinValues,
  keyOfValue,
  mapTaints,
  type SinkKind,
  type Taint,
  type Value,
  type ValueType,
} from './flow-value';
import { runStatements, type FlowOutcome } from './run-statements';
import type { Span } from '../../text/span';

/** Request data arrived where it does harm. */
export interface SinkHit {
  readonly kind: SinkKind;
  readonly path: string;
  readonly span: Span;
  readonly callee: string;
  readonly taint: Taint;
  readonly isCertain: boolean;
}

/** Calls inside calls that are followed. */
const DEEPEST = 6;
/** A route that needs more is not read to its end; silence is the price. */
const MOST_EVALUATIONS = 4_000;
const MOST_ROUNDS = 3;
const NEVER: FlowOutcome = { value: CLEAN, guards: new Map(), self: undefined, returns: true };
const NOTHING: CallArguments = { self: undefined, positional: [], keywords: new Map(), splats: [] };

/**
 * Runs functions over abstract values. A function met again with equal arguments is not run again;
 * a recursive one is run until its result stays the same, at most `MOST_ROUNDS` times.
 */
export class FlowEvaluator implements FlowProject {
  readonly annotations: AnnotationValues;
  hits: readonly SinkHit[] = [];
  /** Bodies that were run: the measure of the work. */
  evaluations = 0;
  stepsOfRoute = 0;
  /** Something on the way was not followed to its end, so that what looks harmful may be made harmless there. */
  private isCut = false;
  private firstHitOfRoute = 0;
  private readonly outcomes = new Map<string, { readonly outcome: FlowOutcome; readonly isCut: boolean }>();
  private readonly open = new Map<string, { outcome: FlowOutcome; isMet: boolean }>();
  private readonly instances = new Map<string, Value>();

  /** `mostSteps` for one route; what lies behind them is not read: silence is the price. */
  constructor(
    readonly index: FlowIndex,
    private readonly mostSteps: number,
  ) {
    this.annotations = new AnnotationValues(index);
  }

  /** Each route has its own share of the work. */
  startRoute(): void {
    this.stepsOfRoute = 0;
    this.isCut = false;
    this.firstHitOfRoute = this.hits.length;
  }

  /** What a route that was not read to its end says is possible at most. */
  endRoute(): void {
    if (!this.isCut && !this.isExhausted()) return;
    this.hits = this.hits.map((hit, index) => (index < this.firstHitOfRoute ? hit : { ...hit, isCertain: false }));
  }

  private cut<Result>(result: Result): Result {
    this.isCut = true;
    return result;
  }

  callFunction({ path, flow }: FoundFunction, given: CallArguments, caller: CallerPlace): Value {
    if (caller.depth >= DEEPEST) return this.cut(CLEAN);
    const variables = this.bindParameters({ path, flow }, given, caller);
    return this.runFunction({ path, flow }, variables, caller).value;
  }

  construct(type: ClassPlace, given: CallArguments, caller: CallerPlace): Value {
    const self: Value = { taints: [], type: { kind: 'instance', ...type } };
    const constructor = this.index.methodOf(type, '__init__');
    if (constructor !== undefined && caller.depth < DEEPEST) {
      const variables = this.bindParameters(constructor, { ...given, self }, caller);
      return { ...self, ...this.runFunction(constructor, variables, caller).self, type: { kind: 'instance', ...type } };
    }
    const fields = [...given.keywords].map(([name, value]): [string, Value] => [name, this.enforced(type, name, value)]);
    return fields.length === 0 ? self : { ...self, fields: new Map(fields) };
  }

  runClosure(closure: Extract<ValueType, { kind: 'closure' }>, given: CallArguments, caller: CallerPlace): Value {
    const { path } = closure;
    const flow = this.index.flowIn(path).functions[closure.function];
    if (flow === undefined || caller.depth >= DEEPEST) return this.cut(CLEAN);
    const own = this.bindParameters({ path, flow }, given, caller);
    return this.runFunction({ path, flow }, new Map([...closure.variables, ...own]), caller).value;
  }

  moduleValue(path: string, variable: string): Value {
    const definition = this.index.definitions.definitionAt(`${path}#${variable}`);
    if (definition?.kind !== 'assignment' || definition.assignment.value.kind !== 'call') return CLEAN;
    const { callee } = definition.assignment.value;
    const name = this.index.definitions.externalName(path, callee);
    if (name !== undefined) return { taints: [], type: { kind: 'external', name } };
    const type = this.index.definitions.definitionOf(path, callee);
    return type?.kind === 'class' ? { taints: [], type: { kind: 'instance', path: type.path, name: type.definition.name } } : CLEAN;
  }

  /** What a field of an instance holds when it was made elsewhere, with nothing from a request. */
  instanceField(type: ClassPlace, name: string): Value {
    const key = `${type.path}#${type.name}`;
    const known = this.instances.get(key);
    if (known !== undefined) return known.fields?.get(name) ?? CLEAN;
    this.instances.set(key, CLEAN);
    const state: FlowState = { variables: new Map(), guards: new Map(), isDead: false };
    const { isCut } = this;
    const made = this.construct(type, NOTHING, { path: type.path, span: { start: 0, end: 0 }, state, depth: DEEPEST - 3 });
    this.isCut = isCut;
    this.instances.set(key, made);
    return made.fields?.get(name) ?? this.declaredField(type, name);
  }

  report({ kind, path, span, callee, value, isPossible, needsLeading, withoutSql }: SinkReport, { guards }: FlowState): void {
    if (this.isExhausted()) return;
    for (const each of flatTaints(value)) {
      const taint = guardedTaint(each, kind, guards);
      if (taint === undefined || taint.isDerived || (needsLeading && !taint.isLeading)) continue;
      if (!taint.isSql && withoutSql === 'nothing') continue;
      const { isSegment } = taint.source;
      if (isSegment && (kind === 'url' || kind === 'redirect')) continue;
      const isCertain = taint.isCertain && !isPossible && !(isSegment && kind === 'path') && (taint.isSql || withoutSql === 'same');
      this.hits = [...this.hits, { kind, path, span, callee, taint, isCertain }];
    }
  }

  /** Pydantic refuses what its annotation does not allow. */
  private enforced(type: ClassPlace, field: string, value: Value): Value {
    if (value.taints.length === 0) return value;
    const found = this.index.fieldOf(type, field);
    if (found === undefined) return value;
    const kept = value.taints.map((taint) => this.annotations.requestValue(found.path, found.annotation, taint));
    return found.annotation.kind === 'other' ? value : { ...value, taints: joinValues(kept).taints };
  }

  private declaredField(type: ClassPlace, name: string): Value {
    const found = this.index.fieldOf(type, name);
    const declared = found === undefined ? undefined : this.annotations.typeOf(found.path, found.annotation);
    return declared === undefined ? CLEAN : { taints: [], type: declared };
  }

  private bindParameters({ path, flow }: FoundFunction, given: CallArguments, caller: CallerPlace): Map<string, Value> {
    const isMethod = flow.className !== undefined && !flow.isStatic;
    const positional = isMethod && given.self !== undefined ? [given.self, ...given.positional] : [...given.positional];
    const variables = new Map<string, Value>();
    const used = new Set<string>();
    for (const { name, kind, annotation } of flow.parameters) {
      const bySplat = (): Value => doubted(joinValues(given.splats.map((splat) => splat.fields?.get(name) ?? { taints: splat.taints })));
      let value: Value;
      if (kind === 'rest') value = joinValues(positional.splice(0));
      else if (kind === 'keyword-rest') value = { taints: [], fields: new Map([...given.keywords].filter(([key]) => !used.has(key))) };
      else value = (kind === 'plain' ? positional.shift() : undefined) ?? given.keywords.get(name) ?? bySplat();
      used.add(name);
      const type = value.type ?? this.declaredType(path, annotation);
      variables.set(
        name,
        this.entered(
          type === value.type ? withoutDerived(value) : { ...withoutDerived(value), type: type! },
          `passed to \`${flow.name}\` as \`${name}\``,
          caller,
        ),
      );
    }
    return variables;
  }

  private declaredType(path: string, annotation: FlowExpression | undefined): ValueType | undefined {
    return annotation === undefined ? undefined : this.annotations.typeOf(path, this.index.toExpression(path, annotation));
  }

  private entered(value: Value, message: string, { path, span }: CallerPlace): Value {
    return mapTaints(value, (taint) => (taint.isDerived ? taint : { ...taint, trail: addStep(taint.trail, { path, span, message }) }));
  }

  private runFunction(found: FoundFunction, variables: ReadonlyMap<string, Value>, caller: CallerPlace): FlowOutcome {
    if (this.evaluations >= MOST_EVALUATIONS || this.isExhausted()) return this.cut(NEVER);
    const guards = relevantGuards(caller.state.guards, variables);
    const outcome = this.outcomeOf(found, variables, { ...caller, state: { ...caller.state, guards } });
    if (!outcome.returns && !this.isExhausted()) caller.state.isDead = true;
    for (const [key, guard] of outcome.guards) caller.state.guards.set(key, guard);
    return outcome;
  }

  private outcomeOf(found: FoundFunction, variables: ReadonlyMap<string, Value>, caller: CallerPlace): FlowOutcome {
    const key = keyOfCall(found, variables, caller.state.guards);
    const known = this.outcomes.get(key);
    if (known !== undefined) {
      this.isCut ||= known.isCut;
      return known.outcome;
    }
    const running = this.open.get(key);
    if (running !== undefined) {
      running.isMet = true;
      return this.cut(running.outcome);
    }
    const wasCut = this.isCut;
    this.isCut = false;
    const entry = { outcome: NEVER, isMet: false };
    this.open.set(key, entry);
    for (let round = 0; round < MOST_ROUNDS && this.evaluations < MOST_EVALUATIONS; round += 1) {
      entry.isMet = false;
      const before = keyOfValue(entry.outcome.value);
      entry.outcome = this.evaluateBody(found, variables, caller);
      if (!entry.isMet || keyOfValue(entry.outcome.value) === before) break;
    }
    this.open.delete(key);
    if (!this.isExhausted()) this.outcomes.set(key, { outcome: entry.outcome, isCut: this.isCut });
    this.isCut ||= wasCut;
    return entry.outcome;
  }

  /** A state with many variables costs more to copy and to join. */
  private takeStep(state: FlowState): boolean {
    const cost = 1 + state.variables.size / 16;
    this.stepsOfRoute += cost;
    if (this.isExhausted()) state.isDead = true;
    return !state.isDead;
  }

  private isExhausted(): boolean {
    return this.stepsOfRoute > this.mostSteps;
  }

  private evaluateBody({ path, flow }: FoundFunction, variables: ReadonlyMap<string, Value>, caller: CallerPlace): FlowOutcome {
    this.evaluations += 1;
    const { functions } = this.index.flowIn(path);
    const names = localNames(flow, functions);
    const run: FlowRun = {
      project: this,
      path,
      flow,
      depth: caller.depth + 1,
      isLocal: (name) => names.has(name),
      evaluate: (expression, state) => (this.takeStep(state) ? evaluateExpression(run, expression, state) : CLEAN),
    };
    return runStatements(run, { variables: new Map(variables), guards: new Map(caller.state.guards), isDead: false });
  }
}

function localNames(start: FlowFunction, functions: readonly FlowFunction[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (
    let flow: FlowFunction | undefined = start;
    flow !== undefined;
    flow = flow.outer === undefined ? undefined : functions[flow.outer]
  ) {
    for (const name of flow.locals) names.add(name);
    for (const { name } of flow.parameters) names.add(name);
  }
  return names;
}

function keyOfCall({ path, flow }: FoundFunction, variables: ReadonlyMap<string, Value>, guards: ReadonlyMap<string, Guard>): string {
  const values = [...variables].map(([name, value]) => `${name}:${keyOfValue(value)}`);
  const tests = [...guards].map(([name, { cleaned }]) => `${name}:${String(cleaned)}`);
  return `${path}@${flow.offset}(${values.join()})[${tests.sort().join()}]`;
}

/** What was only computed from a request tells a callee nothing. */
function withoutDerived(value: Value): Value {
  if (!isTainted(value)) return value;
  const fields =
    value.fields === undefined ? {} : { fields: new Map([...value.fields].map(([name, field]) => [name, withoutDerived(field)])) };
  return { ...value, taints: value.taints.filter(({ isDerived }) => !isDerived), ...fields };
}

/** Guards of what goes into a call; those of anything else would only tell equal calls apart. */
function relevantGuards(guards: ReadonlyMap<string, Guard>, variables: ReadonlyMap<string, Value>): Map<string, Guard> {
  if (guards.size === 0) return new Map();
  const sources = new Set([...variables.values()].flatMap(flatTaints).map(({ source }) => source.id));
  return new Map([...guards].filter(([, { source }]) => sources.has(source)));
}

import { joinLists } from '../../algorithms/join-lists';
import type { FunctionFacts, ParameterFacts } from '../../extract/service/service-facts';
import type { DefinitionIndex } from '../service/definition-index';
import { regroupChanged, type Grouped } from '../service/groups';
import { isTest } from '../service/is-test';
import { readDependency } from '../service/list-dependencies';
import { namesAskedAround } from '../service/names-asked-around';
import { noteRoute } from '../service/of-routes';
import { readParameter } from '../service/read-parameter';
import type { Route, ServiceModel } from '../service/service-model';
import { isLimited } from './annotation-values';
import { FlowEvaluator, type SinkHit } from './flow-evaluator';
import { FlowIndex } from './flow-index';
import type { CallArguments } from './flow-run';
import type { FlowState } from './flow-state';
import {
  addStep,
  CLEAN,
  doubted,
  isTainted,
  joinValues,
  listSteps,
  type FlowStep,
  type SinkKind,
  type Source,
  type Taint,
  type Value,
} from './flow-value';
import type { Span } from '../../text/span';

/** One place where request data does harm, with one way it comes there. */
export interface RequestFlow {
  readonly kind: SinkKind;
  readonly path: string;
  readonly span: Span;
  readonly callee: string;
  /** What a client chooses, in words. */
  readonly source: string;
  readonly isCertain: boolean;
  readonly steps: readonly FlowStep[];
}

/** Steps for all routes, and for each of them; when the former are used up, a route that still comes gets only a few. */
const MOST_STEPS = 300_000;
const MOST_STEPS_OF_ROUTE = 6_000;
const MOST_STEPS_OF_LATE_ROUTE = 300;
const ROOT = { depth: 0 };
const MOST_DEPENDENCIES = 8;

/** Follows what requests bring from every route, through dependencies and calls, to where it does harm; one flow for each such place. */
export function findFlows(model: ServiceModel, definitions: DefinitionIndex): readonly RequestFlow[] {
  const { memo } = definitions;
  const index = new FlowIndex(definitions);
  const namesAround = namesAskedAround(model, definitions);
  const routes = listRoutesToFollow(model, definitions);
  const ids = memo.deriveEach('followed routes', routes, ({ route }) => route.id);
  let steps = 0;
  const followWith =
    (share: number, from: number) =>
    (_: string, __: FollowedRoute | undefined, at: number): FollowedRoute => {
      const { route, handler } = routes[from + at]!;
      noteRoute(definitions, route);
      return new RouteRoot(new FlowEvaluator(index, share), definitions).follow(route, handler, namesAround(route));
    };
  const followed = memo.computeAll('flows', ids, followWith(MOST_STEPS_OF_ROUTE, 0), (value) => (steps += value.steps) <= MOST_STEPS);
  const lateIds = memo.keepList('late routes', ids.slice(followed.length));
  const late = memo.computeAll('late flows', lateIds, followWith(MOST_STEPS_OF_LATE_ROUTE, followed.length));
  return memo.derive('flows', [followed, late], () => bestHits([...followed, ...late].flatMap(({ hits }) => hits)).map(toFlow));
}

interface RouteToFollow {
  readonly route: Route;
  readonly handler: FunctionFacts;
}

/** One route of each handler, in their order; none of tests. */
function listRoutesToFollow({ routes }: ServiceModel, { memo }: DefinitionIndex): readonly RouteToFollow[] {
  const isElsewhere = memo.deriveEach('handlers elsewhere', routes, ({ path, handlerPath }) => path !== handlerPath);
  const { groups } = memo.derive<Grouped<Route>>('routes by handlers', [routes], (before) => regroupChanged(before, routes, fileOfHandler));
  // Where each handler stands beside its routes, those of one file stand together.
  const lists = memo.derive('lists of routes by handlers', [groups, isElsewhere], () =>
    isElsewhere.includes(true) ? [routes] : [...groups.values()],
  );
  const followed = memo.deriveEach('routes of handlers', lists, onePerHandlerOf);
  return memo.derive('routes to follow', [followed], () => joinLists(followed));
}

function fileOfHandler({ handler, handlerPath }: Route): string | undefined {
  return handler === undefined || isTest(handlerPath) ? undefined : handlerPath;
}

function onePerHandlerOf(routes: readonly Route[]): readonly RouteToFollow[] {
  const seen = new Map<string, Set<number>>();
  const found: RouteToFollow[] = [];
  for (const route of routes) {
    const file = fileOfHandler(route);
    if (file === undefined) continue;
    const { offset } = route.handler!;
    const offsets = seen.get(file) ?? new Set();
    if (!offsets.has(offset)) found.push({ route, handler: route.handler! });
    seen.set(file, offsets.add(offset));
  }
  return found;
}

/** What one route showed; it depends on no other route. */
interface FollowedRoute {
  readonly hits: readonly SinkHit[];
  readonly steps: number;
}

class RouteRoot {
  constructor(
    private readonly evaluator: FlowEvaluator,
    private readonly definitions: DefinitionIndex,
  ) {}

  /** `around`: names that dependencies around the route take from the request. */
  follow({ handlerPath: path, template, isWrapped }: Route, handler: FunctionFacts, around: readonly string[]): FollowedRoute {
    this.evaluator.startRoute();
    const segments = new Set([...(template ?? '').matchAll(/\{(\w+)\}/g)].map((match) => match[1]!));
    const asked = new Set(around);
    const values = this.parameterValues(path, handler, { segments, asked, depth: 0 });
    const isIdle = ![...values.values()].some(isTainted);
    const given = [...values].map(([name, value]): [string, Value] => [name, isWrapped || asked.has(name) ? doubted(value) : value]);
    if (!isIdle) this.run(path, handler.offset, new Map(given));
    this.evaluator.endRoute();
    return { hits: this.evaluator.hits, steps: this.evaluator.stepsOfRoute };
  }

  private run(path: string, offset: number, keywords: ReadonlyMap<string, Value>, self?: Value): Value {
    const found = this.evaluator.index.functionAt(path, offset);
    if (found === undefined) return CLEAN;
    const given: CallArguments = { self, positional: [], keywords, splats: [] };
    const state: FlowState = { variables: new Map(), guards: new Map(), isDead: false };
    return this.evaluator.callFunction(found, given, { ...ROOT, path, span: found.flow.nameSpan, state });
  }

  private parameterValues(path: string, { name, parameters }: FunctionFacts, request: Request): ReadonlyMap<string, Value> {
    const owner = `${request.depth === 0 ? 'route' : 'dependency'} \`${name}\``;
    return new Map(parameters.map((parameter) => [parameter.name, this.parameterValue(path, parameter, owner, request)]));
  }

  private parameterValue(path: string, parameter: ParameterFacts, owner: string, request: Request): Value {
    if (parameter.isVariadic) return CLEAN;
    const { type, marks, isComplete } = readParameter(path, parameter, this.definitions);
    const uses = marks.flatMap((mark) => readDependency(mark.path, mark.call, this.definitions) ?? []);
    if (uses.length > 0) return joinValues(uses.map((use) => this.dependencyValue(use.path, use.dependency ?? type?.expression, request)));
    if (request.depth > 0) request.asked.add(parameter.name);
    if (marks.some(({ call }) => isLimited(call))) return CLEAN;
    const taint = sourceTaint(path, parameter, owner, request.segments.has(parameter.name));
    const isText = parameter.annotation !== undefined && type === undefined;
    if (isText || type?.expression.kind === 'text') return CLEAN;
    const value = this.evaluator.annotations.requestValue(type?.path ?? path, type?.expression, taint);
    return isComplete ? value : doubted(value);
  }

  private dependencyValue(path: string, dependency: Parameters<DefinitionIndex['definitionOf']>[1], request: Request): Value {
    const found = this.definitions.definitionOf(path, dependency);
    if (request.depth > MOST_DEPENDENCIES || found === undefined) return CLEAN;
    const inner = { ...request, depth: request.depth + 1 };
    if (found.kind === 'function') {
      return this.run(found.path, found.definition.offset, this.parameterValues(found.path, found.definition, inner));
    }
    if (found.kind !== 'class') return CLEAN;
    const type = { path: found.path, name: found.definition.name };
    const constructor = found.definition.methods.find(({ name }) => name === '__init__');
    const keywords = new Map(constructor === undefined ? [] : this.parameterValues(found.path, constructor, inner));
    keywords.delete(constructor?.parameters[0]?.name ?? '');
    const state: FlowState = { variables: new Map(), guards: new Map(), isDead: false };
    const span = found.definition.bases[0]?.span ?? { start: 0, end: 0 };
    return this.evaluator.construct(
      type,
      { self: undefined, positional: [], keywords, splats: [] },
      { ...ROOT, path: found.path, span, state },
    );
  }
}

interface Request {
  /** Parameters the path gives one segment of. */
  readonly segments: ReadonlySet<string>;
  /** Names dependencies take as well, those around the route and those in its signature: they may refuse the request. */
  readonly asked: Set<string>;
  readonly depth: number;
}

function sourceTaint(path: string, { name, span }: ParameterFacts, owner: string, isSegment: boolean): Taint {
  const label = `\`${name}\` of ${owner}`;
  const source: Source = { id: `${path}:${span.start}`, label, isSegment };
  return {
    source,
    names: [],
    isCertain: true,
    isDerived: false,
    isExact: true,
    isLeading: true,
    isSql: false,
    isResolved: false,
    cleaned: [],
    trail: addStep(undefined, { path, span, message: `${label} comes from the request` }),
  };
}

/** One hit for each place and kind: certain before possible, then the shortest way. */
function bestHits(hits: readonly SinkHit[]): readonly SinkHit[] {
  const best = new Map<string, SinkHit>();
  for (const hit of hits) {
    const key = `${hit.kind} ${hit.path} ${hit.span.start}`;
    const known = best.get(key);
    if (known === undefined || isBetter(hit, known)) best.set(key, hit);
  }
  return [...best.values()];
}

function isBetter(left: SinkHit, right: SinkHit): boolean {
  if (left.isCertain !== right.isCertain) return left.isCertain;
  return left.taint.trail.length < right.taint.trail.length;
}

function toFlow({ kind, path, span, callee, taint, isCertain }: SinkHit): RequestFlow {
  const last: FlowStep = { path, span, message: `reaches \`${callee}\`` };
  const part = taint.names.length === 0 ? '' : `\`${taint.names.join('.')}\` of `;
  return { kind, path, span, callee, isCertain, source: `${part}${taint.source.label}`, steps: [...listSteps(taint.trail), last] };
}

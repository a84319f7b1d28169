import { stronglyConnectedComponents } from '../../algorithms/strongly-connected-components';
import type { Expression } from '../../extract/service/expression';
import type { ParameterFacts } from '../../extract/service/service-facts';
import type { Span } from '../../text/span';
import { itemsOfRoutes } from './of-routes';
import type { Definition, DefinitionIndex } from './definition-index';
import { readDependency } from './list-dependencies';
import { readParameter } from './read-parameter';
import type { Route, ServiceModel } from './service-model';

export interface DependencyMember {
  readonly path: string;
  readonly name: string;
  readonly span: Span;
}

export interface DependencyCycle {
  /** In the order they depend, from the first by path and place. */
  readonly members: readonly DependencyMember[];
  /** A route of an application takes one of them, so FastAPI follows it. */
  readonly isReached: boolean;
}

/** One cycle of each group of dependencies that reach one another. */
export function listDependencyCycles(model: ServiceModel, index: DefinitionIndex): readonly DependencyCycle[] {
  const reader = new NodeReader(index);
  const listed = index.itemsOf('dependencies', (path) => reader.nodesIn(path));
  const { nodes, components } = index.memo.derive('dependency cycles', [listed], () => findCycles(listed));
  if (components.length === 0) return [];
  const read = ({ handler, handlerPath, isWrapped, place }: Route): readonly string[] =>
    handler === undefined || isWrapped || place.conditional ? [] : reader.targetsOf(handlerPath, handler.parameters);
  const targetsOf = (id: string): readonly string[] => nodes.get(id)?.targets ?? [];
  const reached = reachedFrom(itemsOfRoutes(index, model, { stage: 'dependencies of a route', read }), targetsOf);
  return components.map((component) => ({
    members: shortestCycle(component, targetsOf).map((id) => nodes.get(id)!),
    isReached: component.some((id) => reached.has(id)),
  }));
}

interface Node extends DependencyMember {
  readonly targets: readonly string[];
}

interface Dependencies {
  readonly nodes: ReadonlyMap<string, Node>;
  /** Those that reach one another. */
  readonly components: readonly (readonly string[])[];
}

function findCycles(listed: readonly (readonly [string, Node])[]): Dependencies {
  const nodes = new Map(listed);
  const targetsOf = (id: string): readonly string[] => nodes.get(id)?.targets ?? [];
  const inner = [...nodes.keys()].filter((id) => targetsOf(id).some((target) => nodes.has(target)));
  const components = stronglyConnectedComponents(inner, targetsOf);
  return { nodes, components: components.filter(([id, ...others]) => others.length > 0 || targetsOf(id!).includes(id!)) };
}

class NodeReader {
  constructor(private readonly index: DefinitionIndex) {}

  /** Those that depend on something; the others are in no cycle. */
  nodesIn(path: string): readonly (readonly [string, Node])[] {
    const service = this.index.project.summaries.get(path)?.service;
    const functions = (service?.functions ?? [])
      .filter(({ decorators }) => decorators.length === 0)
      .map(({ name, nameSpan, parameters }) => this.nodeAt({ path, name, span: nameSpan }, parameters));
    const classes = (service?.classes ?? []).flatMap(({ name, isDecorated, methods }) => {
      const method = methods.find((each) => each.name === '__init__');
      if (method === undefined || isDecorated || method.decorators.length > 0) return [];
      return [this.nodeAt({ path, name, span: method.nameSpan }, method.parameters)];
    });
    return [...functions, ...classes].filter(([, { targets }]) => targets.length > 0);
  }

  private nodeAt(member: DependencyMember, parameters: readonly ParameterFacts[]): readonly [string, Node] {
    return [idOf(member.path, member.span), { ...member, targets: this.targetsOf(member.path, parameters) }];
  }

  targetsOf(path: string, parameters: readonly ParameterFacts[]): readonly string[] {
    return parameters.flatMap((parameter) => {
      const { type, marks } = readParameter(path, parameter, this.index);
      return marks.flatMap((mark) => {
        const use = readDependency(mark.path, mark.call, this.index);
        if (use === undefined) return [];
        const target = use.dependency === undefined ? type : { path: mark.path, expression: use.dependency };
        const id = target === undefined ? undefined : this.nodeOf(target.path, target.expression);
        return id === undefined ? [] : [id];
      });
    });
  }

  private nodeOf(path: string, expression: Expression): string | undefined {
    const found = this.definitionOf(path, expression);
    if (found?.kind === 'function') return idOf(found.path, found.definition.nameSpan);
    const method = found?.kind === 'class' ? found.definition.methods.find(({ name }) => name === '__init__') : undefined;
    return method === undefined ? undefined : idOf(found!.path, method.nameSpan);
  }

  /** Also of a class named in quotes, as it must be when it stands further down. */
  private definitionOf(path: string, expression: Expression): Definition | undefined {
    if (expression.kind !== 'text') return this.index.definitionOf(path, expression);
    const target = this.index.resolver.resolveSymbol(path, expression.value);
    return target.kind === 'variable' ? this.index.definitionAt(`${target.path}#${target.variable}`) : undefined;
  }
}

function idOf(path: string, { start }: Span): string {
  return `${path}#${String(start).padStart(9, '0')}`;
}

function reachedFrom(starts: readonly string[], targetsOf: (id: string) => readonly string[]): ReadonlySet<string> {
  const reached = new Set(starts);
  for (const id of reached) for (const target of targetsOf(id)) reached.add(target);
  return reached;
}

/** From the first member, breadth first, back to it. */
function shortestCycle([first, ...others]: readonly string[], targetsOf: (id: string) => readonly string[]): readonly string[] {
  const members = new Set([first!, ...others]);
  const cameFrom = new Map<string, string>();
  const pending = [first!];
  for (const id of pending) {
    for (const target of targetsOf(id)) {
      if (target === first) return wayTo(id, cameFrom);
      if (!members.has(target) || cameFrom.has(target)) continue;
      cameFrom.set(target, id);
      pending.push(target);
    }
  }
  return [first!];
}

function wayTo(last: string, cameFrom: ReadonlyMap<string, string>): readonly string[] {
  const way = [last];
  for (let id = cameFrom.get(last); id !== undefined; id = cameFrom.get(id)) way.unshift(id);
  return way;
}

import { stronglyConnectedComponents } from '../../algorithms/strongly-connected-components';
import type { Expression } from '../../extract/service/expression';
import type { ParameterFacts } from '../../extract/service/service-facts';
import type { Span } from '../../text/span';
import type { Definition, DefinitionIndex } from './definition-index';
import { readDependency } from './list-dependencies';
import { readParameter } from './read-parameter';
import type { ServiceModel } from './service-model';

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
  const graph = new DependencyGraph(index);
  for (const { handler, handlerPath, isWrapped, place } of model.routes)
    if (handler !== undefined && !isWrapped && !place.conditional) graph.addRoute(handlerPath, handler.parameters);
  for (const path of [...index.project.summaries.keys()].sort()) graph.addFile(path);
  return graph.cycles();
}

interface Node extends DependencyMember {
  readonly targets: readonly string[];
}

class DependencyGraph {
  private readonly nodes = new Map<string, Node>();
  private readonly starts: string[] = [];

  constructor(private readonly index: DefinitionIndex) {}

  addRoute(path: string, parameters: readonly ParameterFacts[]): void {
    this.starts.push(...this.targetsOf(path, parameters));
  }

  addFile(path: string): void {
    const service = this.index.project.summaries.get(path)!.service;
    for (const { name, nameSpan, decorators, parameters } of service?.functions ?? []) {
      if (decorators.length > 0) continue;
      this.nodes.set(idOf(path, nameSpan), { path, name, span: nameSpan, targets: this.targetsOf(path, parameters) });
    }
    for (const { name, isDecorated, methods } of service?.classes ?? []) {
      const method = methods.find((each) => each.name === '__init__');
      if (method === undefined || isDecorated || method.decorators.length > 0) continue;
      const { nameSpan, parameters } = method;
      this.nodes.set(idOf(path, nameSpan), { path, name, span: nameSpan, targets: this.targetsOf(path, parameters) });
    }
  }

  cycles(): readonly DependencyCycle[] {
    const targetsOf = (id: string): readonly string[] => this.nodes.get(id)?.targets ?? [];
    const reached = reachedFrom(this.starts, targetsOf);
    return stronglyConnectedComponents([...this.nodes.keys()], targetsOf)
      .filter(([id, ...others]) => others.length > 0 || targetsOf(id!).includes(id!))
      .map((component) => ({
        members: shortestCycle(component, targetsOf).map((id) => this.nodes.get(id)!),
        isReached: component.some((id) => reached.has(id)),
      }));
  }

  private targetsOf(path: string, parameters: readonly ParameterFacts[]): readonly string[] {
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

import type { CallExpression, Expression } from '../../extract/service/expression';
import type { DefinitionIndex } from './definition-index';

/** One `Depends(…)` as written. */
export interface DependencyUse {
  readonly path: string;
  readonly call: CallExpression;
  /** What is depended on; undefined when `Depends()` takes it from the annotation. */
  readonly dependency: Expression | undefined;
}

const DEPENDS = new Set(['fastapi.Depends', 'fastapi.Security']);

/** Every `Depends(…)` of a file, in signatures, aliases, and `dependencies=[…]`. */
export function listDependencies(path: string, index: DefinitionIndex): readonly DependencyUse[] {
  return callsIn(rootsIn(path, index)).flatMap((call) => readDependency(path, call, index) ?? []);
}

export function readDependency(path: string, expression: Expression | undefined, index: DefinitionIndex): DependencyUse | undefined {
  if (expression?.kind !== 'call' || !DEPENDS.has(index.externalName(path, expression.callee) ?? '')) return undefined;
  return { path, call: expression, dependency: expression.positional[0] ?? expression.keywords['dependency'] };
}

function rootsIn(path: string, { project }: DefinitionIndex): readonly Expression[] {
  const service = project.summaries.get(path)!.service;
  if (service === undefined) return [];
  const functions = [...service.functions, ...service.classes.flatMap(({ methods }) => methods)];
  const parameters = functions.flatMap((each) => each.parameters.flatMap(({ annotation, value }) => [annotation, value]));
  return [
    ...parameters.filter((expression) => expression !== undefined),
    ...functions.flatMap(({ decorators }) => decorators),
    ...service.assignments.map(({ value }) => value),
    ...service.wiring.map(({ call }) => call),
  ];
}

/** All calls in these expressions, outer ones first. */
function callsIn(roots: readonly Expression[]): readonly CallExpression[] {
  const calls: CallExpression[] = [];
  const pending = [...roots].reverse();
  while (pending.length > 0) {
    const expression = pending.pop()!;
    if (expression.kind === 'call') {
      calls.push(expression);
      pending.push(...expression.positional, ...Object.values(expression.keywords));
    } else if (expression.kind === 'subscript') pending.push(expression.value, ...expression.items);
    else if (expression.kind === 'sequence' || expression.kind === 'union') pending.push(...expression.items);
  }
  return calls;
}

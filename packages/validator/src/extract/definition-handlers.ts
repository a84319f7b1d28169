import { childInField } from '../parse/child-in-field';
import { namedChildren } from '../parse/named-children';
import type { SyntaxNode } from '../parse/syntax-node';
import type { FactCollector } from './fact-collector';
import type { NodeHandler, NodeHandlers } from './node-handlers';
import { Scope } from './scope';
import type { Visit, WalkContext } from './walk-context';

const PARAMETER_GROUPS = new Set([
  'tuple_pattern',
  'list_splat_pattern',
  'dictionary_splat_pattern',
  'typed_parameter',
  'default_parameter',
  'typed_default_parameter',
]);

function callContext(context: WalkContext): WalkContext {
  return {
    ...context,
    lazy: false,
    importGuard: 'none',
    nameGuard: 'none',
    callGuard: 'none',
    conditional: false,
    loop: undefined,
    time: 'call',
  };
}

/** Opens the scope of `[T: Bound]`; bounds are evaluated lazily. */
function typeParameterScope(facts: FactCollector, visit: Visit, list: SyntaxNode | undefined): { scope: Scope; visits: Visit[] } {
  if (list === undefined) return { scope: visit.scope, visits: [] };
  const scope = new Scope('type-parameters', visit.scope);
  const inner: Visit = { ...visit, scope, context: { ...visit.context, lazy: true } };
  const visits: Visit[] = [];
  for (const entry of namedChildren(list)) {
    const [name, ...bounds] = namesBelow(entry);
    if (name !== undefined) facts.bind({ ...inner }, name, 'type-parameter', { from: -1 });
    visits.push(...bounds.map((node) => ({ ...inner, node })));
  }
  return { scope, visits };
}

function namesBelow(root: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  const pending = [root];
  while (pending.length > 0) {
    const node = pending.pop()!;
    if (node.type === 'identifier') found.push(node);
    else if (node.type === 'attribute') pending.push(node.children[0]!);
    else pending.push(...[...node.children].reverse());
  }
  return found;
}

/** Binds the parameters in `inner`; defaults and annotations come back to be visited in the surrounding scope. */
function bindParameters(facts: FactCollector, outer: Visit, inner: Visit, parameters: SyntaxNode | undefined): readonly Visit[] {
  const visits: Visit[] = [];
  const pending = parameters === undefined ? [] : [...namedChildren(parameters)].reverse();
  while (pending.length > 0) {
    const node = pending.pop()!;
    if (node.field === 'type') visits.push(annotationVisit(facts, outer, node));
    else if (node.field === 'value') visits.push({ ...outer, node });
    else if (node.type === 'identifier') facts.bind({ ...inner, node }, node, 'parameter', { from: -1 });
    else if (PARAMETER_GROUPS.has(node.type)) {
      for (const child of [...namedChildren(node)].reverse()) {
        if (child.field === 'value' || child.field === 'type' || child.type === 'identifier' || PARAMETER_GROUPS.has(child.type))
          pending.push(child);
      }
    }
  }
  return visits;
}

function annotationVisit(facts: FactCollector, visit: Visit, node: SyntaxNode): Visit {
  return { ...visit, node, context: { ...visit.context, lazy: visit.context.lazy || facts.hasLazyAnnotations } };
}

const functionDefinition: NodeHandler = (facts, visit) => {
  const { node } = visit;
  const name = childInField(node, 'name');
  const { scope: outerScope, visits } = typeParameterScope(facts, visit, childInField(node, 'type_parameters'));
  const outer: Visit = { ...visit, scope: outerScope };
  const inner: Visit = { ...visit, scope: new Scope('function', outerScope), context: callContext(visit.context) };
  const parameterVisits = bindParameters(facts, outer, inner, childInField(node, 'parameters'));
  const returns = childInField(node, 'return_type');
  const body = childInField(node, 'body');
  if (name !== undefined) facts.bind(visit, name, 'function', { from: node.end, node });
  return [
    ...visits,
    ...parameterVisits,
    ...(returns === undefined ? [] : [annotationVisit(facts, outer, returns)]),
    ...(body === undefined ? [] : [{ ...inner, node: body }]),
  ];
};

const classDefinition: NodeHandler = (facts, visit) => {
  const { node } = visit;
  const name = childInField(node, 'name');
  const { scope: outerScope, visits } = typeParameterScope(facts, visit, childInField(node, 'type_parameters'));
  const bases = childInField(node, 'superclasses');
  const body = childInField(node, 'body');
  const scope = new Scope('class', outerScope);
  if (name !== undefined) facts.bind(visit, name, 'class', { from: node.end, node });
  return [
    ...visits,
    ...(bases === undefined ? [] : [{ ...visit, scope: outerScope, node: bases }]),
    ...(body === undefined ? [] : [{ ...visit, scope, node: body }]),
  ];
};

const lambda: NodeHandler = (facts, visit) => {
  const body = childInField(visit.node, 'body');
  const inner: Visit = { ...visit, scope: new Scope('function', visit.scope), context: callContext(visit.context) };
  const visits = bindParameters(facts, visit, inner, childInField(visit.node, 'parameters'));
  return [...visits, ...(body === undefined ? [] : [{ ...inner, node: body }])];
};

/** `type X[T] = value`: the value is evaluated lazily. */
const typeAlias: NodeHandler = (facts, visit) => {
  const left = childInField(visit.node, 'left');
  const right = childInField(visit.node, 'right');
  if (left === undefined || right === undefined) return [];
  const [name] = namesBelow(left);
  if (name !== undefined) facts.bind(visit, name, 'type-alias', { from: visit.node.end, node: visit.node });
  const generic = namedChildren(left).find((child) => child.type === 'generic_type');
  const list = generic === undefined ? undefined : namedChildren(generic).find((child) => child.type === 'type_parameter');
  const { scope, visits } = typeParameterScope(facts, visit, list);
  return [...visits, { node: right, scope, context: { ...visit.context, lazy: true } }];
};

export const definitionHandlers: NodeHandlers = {
  function_definition: functionDefinition,
  class_definition: classDefinition,
  lambda,
  type_alias_statement: typeAlias,
};

import { annotationContext } from './annotation-context';
import { childInField } from '../parse/child-in-field';
import { isPart } from '../parse/is-part';
import { namedChildren } from '../parse/named-children';
import type { SyntaxNode } from '../parse/syntax-node';
import type { NodeHandler, NodeHandlers } from './node-handlers';
import type { Scope } from './scope';
import type { Walk } from './walk';
import { moduleContext, type WalkContext } from './walk-context';

const PARAMETER_GROUPS = new Set([
  'tuple_pattern',
  'list_splat_pattern',
  'dictionary_splat_pattern',
  'typed_parameter',
  'default_parameter',
  'typed_default_parameter',
]);

/** Inside a function, whatever stands around it. */
function callContext({ typeCheckingOnly }: WalkContext, scope: Scope, isVersioned: boolean): WalkContext {
  return { ...moduleContext(scope), typeCheckingOnly, time: 'call', isVersioned };
}

/** `@unittest.skipUnless(PY314, …)`, `@testing.requires.python314`, `@needs_py314`, and `pytestmark = pytest.mark.skipif(…)` for all. */
const SKIPS = /^@\s*([\w.]+\.)?(skip(if|unless)?|requires?\.\w+|needs_\w+|requires_\w+)\b/i;

/** Whether the body of a definition may never run in the Python it would fail in. */
function isVersionedBody({ facts, context }: Walk, { parent }: SyntaxNode): boolean {
  if (context.isVersioned || facts.isSkippedSometimes) return true;
  if (parent?.type !== 'decorated_definition') return false;
  return parent.children.some((child) => child.type === 'decorator' && SKIPS.test(facts.textOf(child)));
}

/** Opens the scope of `[T: Bound]`; bounds are evaluated lazily. Gives the surroundings of what is defined with it. */
function typeParameterContext(walk: Walk, list: SyntaxNode | undefined): WalkContext {
  if (list === undefined) return walk.context;
  const scope = walk.facts.openScope('type-parameters', walk.context.scope);
  const lazily: WalkContext = { ...walk.context, scope, lazy: true };
  for (const entry of namedChildren(list)) {
    const [name, ...bounds] = namesBelow(entry);
    if (name !== undefined) walk.facts.bind(name, lazily, { kind: 'type-parameter', from: -1 });
    for (const bound of bounds) walk.visit(bound, lazily);
  }
  return { ...walk.context, scope };
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

interface ParameterContexts {
  readonly outer: WalkContext;
  readonly inner: WalkContext;
}

/** Binds the parameters in `inner`; defaults and annotations are to be visited in the surrounding scope. */
function bindParameters(walk: Walk, parameters: SyntaxNode | undefined, contexts: ParameterContexts): void {
  if (parameters === undefined) return;
  const pending: SyntaxNode[] = [];
  pushReversed(pending, parameters, () => true);
  while (pending.length > 0) {
    const node = pending.pop()!;
    if (node.field === 'type') visitAnnotation(walk, node, contexts.outer);
    else if (node.field === 'value') walk.visit(node, contexts.outer);
    else if (node.type === 'identifier') walk.facts.bind(node, contexts.inner, { kind: 'parameter', from: -1 });
    else if (PARAMETER_GROUPS.has(node.type)) pushReversed(pending, node, isParameterPart);
  }
}

function pushReversed(pending: SyntaxNode[], { children }: SyntaxNode, isWanted: (child: SyntaxNode) => boolean): void {
  for (let index = children.length - 1; index >= 0; index -= 1) {
    const child = children[index]!;
    if (isPart(child) && isWanted(child)) pending.push(child);
  }
}

function isParameterPart({ field, type }: SyntaxNode): boolean {
  return field === 'value' || field === 'type' || type === 'identifier' || PARAMETER_GROUPS.has(type);
}

function visitAnnotation(walk: Walk, node: SyntaxNode, context: WalkContext): void {
  walk.visit(node, annotationContext(walk.facts, context));
}

const functionDefinition: NodeHandler = (walk, node) => {
  const { facts, context } = walk;
  const outer = typeParameterContext(walk, childInField(node, 'type_parameters'));
  const inner = callContext(context, facts.openScope('function', outer.scope), isVersionedBody(walk, node));
  bindParameters(walk, childInField(node, 'parameters'), { outer, inner });
  const name = childInField(node, 'name');
  const returns = childInField(node, 'return_type');
  const body = childInField(node, 'body');
  if (name !== undefined) facts.bind(name, context, { kind: 'function', from: node.end, node });
  if (returns !== undefined) visitAnnotation(walk, returns, outer);
  if (body !== undefined) walk.visit(body, inner);
};

const classDefinition: NodeHandler = (walk, node) => {
  const { facts, context } = walk;
  const outer = typeParameterContext(walk, childInField(node, 'type_parameters'));
  const scope = facts.openScope('class', outer.scope);
  const name = childInField(node, 'name');
  const bases = childInField(node, 'superclasses');
  const body = childInField(node, 'body');
  if (name !== undefined) facts.bind(name, context, { kind: 'class', from: node.end, node });
  if (bases !== undefined) walk.visit(bases, outer);
  if (body !== undefined) walk.visit(body, { ...context, scope, isVersioned: isVersionedBody(walk, node) });
};

const lambda: NodeHandler = (walk, node) => {
  const inner = callContext(walk.context, walk.facts.openScope('function', walk.context.scope), walk.context.isVersioned);
  bindParameters(walk, childInField(node, 'parameters'), { outer: walk.context, inner });
  const body = childInField(node, 'body');
  if (body !== undefined) walk.visit(body, inner);
};

/** `type X[T] = value`: the value is evaluated lazily. */
const typeAlias: NodeHandler = (walk, node) => {
  const left = childInField(node, 'left');
  const right = childInField(node, 'right');
  if (left === undefined || right === undefined) return;
  const [name] = namesBelow(left);
  if (name !== undefined) walk.facts.bind(name, walk.context, { kind: 'type-alias', from: node.end, node });
  const generic = namedChildren(left).find((child) => child.type === 'generic_type');
  const list = generic === undefined ? undefined : namedChildren(generic).find((child) => child.type === 'type_parameter');
  walk.visit(right, { ...typeParameterContext(walk, list), lazy: true });
};

export const definitionHandlers: NodeHandlers = {
  function_definition: functionDefinition,
  class_definition: classDefinition,
  lambda,
  type_alias_statement: typeAlias,
};

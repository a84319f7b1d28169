import { annotationContext } from './annotation-context';
import { childInField } from '../parse/child-in-field';
import { childrenInField } from '../parse/children-in-field';
import { lastNamedChild } from '../parse/last-named-child';
import { namedChildren } from '../parse/named-children';
import type { SyntaxNode } from '../parse/syntax-node';
import { bindTarget } from './bind-target';
import { evaluateCondition } from './evaluate-condition';
import type { FactCollector } from './fact-collector';
import type { NodeHandler, NodeHandlers } from './node-handlers';
import type { Walk } from './walk';
import type { WalkContext } from './walk-context';

const assignment: NodeHandler = (walk, node) => {
  const { facts, context } = walk;
  const left = childInField(node, 'left');
  const right = childInField(node, 'right');
  const type = childInField(node, 'type');
  if (right !== undefined) walk.visit(right);
  if (type !== undefined) walk.visit(type, variableAnnotationContext(facts, context));
  if (left === undefined) return;
  if (left.type === 'identifier' && right !== undefined && isSkipMark(facts, left, right)) facts.isSkippedSometimes = true;
  if (type !== undefined && left.type === 'identifier') noteAnnotation(walk, left);
  if (left.type !== 'identifier') bindTarget(walk, left, { from: node.end });
  else facts.bind(left, context, { kind: right === undefined ? 'declaration' : 'assignment', from: node.end, node });
};

function noteAnnotation({ facts, context }: Walk, node: SyntaxNode): void {
  const name = facts.nameOf(node);
  if (!context.scope.globals.has(name) && !context.scope.nonlocals.has(name)) return;
  const message = `'${name}' belongs to another scope here and cannot be annotated: annotate it where it is bound first.`;
  facts.declarationFaults.push({ span: { start: node.start, end: node.end }, message, certain: true });
}

/** Annotations of local variables are never evaluated. */
function variableAnnotationContext(facts: FactCollector, context: WalkContext): WalkContext {
  return context.scope.kind === 'function' && !context.lazy ? { ...context, lazy: true } : annotationContext(facts, context);
}

/** `pytestmark = pytest.mark.skipif(…)` is for every test of the file. */
function isSkipMark(facts: FactCollector, left: SyntaxNode, right: SyntaxNode): boolean {
  return left.end - left.start === 'pytestmark'.length && facts.textOf(left) === 'pytestmark' && /\bskipif\b/.test(facts.textOf(right));
}

const augmentedAssignment: NodeHandler = (walk, node) => {
  const left = childInField(node, 'left');
  const right = childInField(node, 'right');
  if (left !== undefined) walk.visit(left);
  if (left?.type === 'identifier') walk.facts.bind(left, walk.context, { kind: 'assignment', from: node.end, node });
  if (right !== undefined) walk.visit(right);
};

const forStatement: NodeHandler = (walk, node) => {
  const left = childInField(node, 'left');
  const body = childInField(node, 'body');
  const alternative = childInField(node, 'alternative');
  const inLoop = loopContext(walk.context, node);
  for (const child of node.children) if (child.field === 'right' && child.named) walk.visit(child);
  if (left !== undefined) bindTarget(walk, left, { from: left.end, context: inLoop });
  if (body !== undefined) walk.visit(body, inLoop);
  if (alternative !== undefined) walk.visit(alternative, { ...walk.context, conditional: true });
};

const whileStatement: NodeHandler = (walk, node) => walk.visitChildren(node, loopContext(walk.context, node));

function loopContext(context: WalkContext, { start, end }: SyntaxNode): WalkContext {
  return { ...context, conditional: true, loop: context.loop ?? { start, end } };
}

const ifStatement: NodeHandler = (walk, node) => {
  const { facts } = walk;
  let { context } = walk;
  for (const clause of [node, ...childrenInField(node, 'alternative')]) {
    const condition = childInField(clause, 'condition');
    const body = childInField(clause, 'consequence') ?? childInField(clause, 'body');
    const known = condition === undefined ? 'true' : evaluateCondition(condition, facts.text, facts.version);
    const value = known === 'false' && isRefusedOtherwise(facts, clause) ? 'unknown' : known;
    if (condition !== undefined) walk.visit(condition, context);
    const branch = branchContext(context, value, condition, facts);
    if (body !== undefined && branch !== undefined) walk.visit(body, branch);
    if (condition !== undefined && (value === 'true' || value === 'false')) facts.hasSkippedBranches = true;
    if (value === 'true') break;
    if ((value === 'unknown' || value === 'script') && !context.conditional) context = { ...context, conditional: true };
    if (value === 'running') context = { ...context, typeCheckingOnly: true };
  }
};

/** `if sys.version_info >= (3, 11): import tomllib else: raise …`: an older Python gets no further, so a newer one is meant. */
function isRefusedOtherwise(facts: FactCollector, clause: SyntaxNode): boolean {
  const [other, ...more] = childrenInField(clause, 'alternative');
  if (other?.type !== 'else_clause' || more.length > 0) return false;
  const body = childInField(other, 'body');
  const last = body === undefined ? undefined : lastNamedChild(body);
  return last !== undefined && /^(raise\b|sys\.exit\()/.test(facts.textOf(last));
}

function branchContext(
  context: WalkContext,
  value: string,
  condition: SyntaxNode | undefined,
  facts: FactCollector,
): WalkContext | undefined {
  switch (value) {
    case 'false':
      return undefined;
    case 'type-checking':
      return { ...context, typeCheckingOnly: true };
    case 'script':
      return { ...context, conditional: true, time: 'call' };
    case 'unknown': {
      const source = condition === undefined ? '' : facts.textOf(condition);
      const probed = probedBy(source);
      const isOtherPlatform =
        context.importGuard === 'none' && /\b(sys\.platform|os\.name|platform\.|python_implementation|sys\.implementation)/.test(source);
      const isVersioned = context.isVersioned || /\bPY(THON)?_?3_?\d|\bversion_info\b/i.test(source);
      if (context.conditional && probed === undefined && !isOtherPlatform && isVersioned === context.isVersioned) return context;
      return {
        ...context,
        conditional: true,
        isVersioned,
        nameGuard: probed === undefined || context.nameGuard === 'certainly' ? context.nameGuard : probed,
        importGuard: isOtherPlatform ? 'fallback' : context.importGuard,
      };
    }
    default:
      return context;
  }
}

/** What a condition makes sure of: names of a module, or attributes of some object. */
function probedBy(source: string): 'attribute' | 'certainly' | undefined {
  if (/\b(globals|locals|vars|dir)\s*\(|\b(hasattr|getattr)\s*\(\s*(__)?builtins/.test(source)) return 'certainly';
  return /\b(hasattr|getattr)\s*\(/.test(source) ? 'attribute' : undefined;
}

const IMPORT_ERRORS = /\b(ImportError|ModuleNotFoundError|Exception|BaseException)\b/;
const NAME_ERRORS = /\b(NameError|UnboundLocalError|AttributeError)\b/;
const CALL_ERRORS = /\b(TypeError|ValueError|ValidationError)\b/;
const BROAD_ERRORS = /\b(Exception|BaseException)\b/;

const tryStatement: NodeHandler = (walk, node) => {
  const clauses = node.children.filter((child) => child.type === 'except_clause' || child.type === 'except_group_clause');
  const caught = clauses.map((clause) => caughtNames(walk.facts, clause)).join(' ');
  const catchesImport = IMPORT_ERRORS.test(caught);
  const { context } = walk;
  const guarded: WalkContext = {
    ...context,
    conditional: context.conditional || clauses.length > 0,
    importGuard: catchesImport && context.importGuard === 'none' ? 'guarded' : context.importGuard,
    nameGuard: strongerGuard({ guard: context.nameGuard, time: context.time, caught, errors: NAME_ERRORS }),
    callGuard: strongerGuard({ guard: context.callGuard, time: context.time, caught, errors: CALL_ERRORS }),
  };
  const handler: WalkContext = { ...context, conditional: true, importGuard: catchesImport ? 'fallback' : context.importGuard };
  // `else` runs where the guarded import did not fail: what it imports may come with that.
  const otherwise = catchesImportOnly(caught) ? handler : { ...context, conditional: true };
  for (const child of node.children) if (child.named) walk.visit(child, clauseContext(child, { context, guarded, handler, otherwise }));
};

function clauseContext(
  node: SyntaxNode,
  contexts: Readonly<Record<'context' | 'guarded' | 'handler' | 'otherwise', WalkContext>>,
): WalkContext {
  if (node.field === 'body') return contexts.guarded;
  if (node.type === 'finally_clause') return contexts.context;
  return node.type === 'else_clause' ? contexts.otherwise : contexts.handler;
}

function catchesImportOnly(caught: string): boolean {
  return IMPORT_ERRORS.test(caught) && !BROAD_ERRORS.test(caught);
}

/** A broad handler hides a NameError only while the module loads; inside functions it hides a fault we want to see. */
function strongerGuard<Guard extends string>({ guard, time, caught, errors }: Handling<Guard>): Guard | 'broad' | 'certainly' {
  if (guard === 'certainly' || errors.test(caught)) return 'certainly';
  return time === 'load' && BROAD_ERRORS.test(caught) ? 'broad' : guard;
}

interface Handling<Guard> {
  readonly guard: Guard;
  readonly time: WalkContext['time'];
  readonly caught: string;
  readonly errors: RegExp;
}

function caughtNames(facts: FactCollector, clause: SyntaxNode): string {
  const value = childInField(clause, 'value');
  return value === undefined ? 'BaseException' : facts.textOf(value);
}

/** The name of `except … as e` is unbound again when the clause ends. */
const exceptClause: NodeHandler = (walk, node) => {
  const value = childInField(node, 'value');
  const keyword = node.children[0]!;
  if (value === undefined && node.type === 'except_clause') {
    walk.facts.bareExcepts.push({ span: { start: keyword.start, end: keyword.end }, raisesAgain: endsInBareRaise(walk.facts, node) });
  }
  const alias = value?.type === 'as_pattern' ? childInField(value, 'alias') : childInField(node, 'alias');
  if (alias !== undefined) bindTarget(walk, alias, { from: alias.end, kind: 'exception' });
  for (const child of node.children) {
    if (child === value && value.type === 'as_pattern') visitAllBut(walk, value, alias);
    else if (child.named && child !== alias) walk.visit(child);
  }
};

function visitAllBut(walk: Walk, { children }: SyntaxNode, leftOut: SyntaxNode | undefined): void {
  for (const child of children) if (child.named && child !== leftOut) walk.visit(child);
}

function endsInBareRaise(facts: FactCollector, clause: SyntaxNode): boolean {
  const body = clause.children.find((child) => child.type === 'block' && child.named);
  const last = body === undefined ? undefined : lastNamedChild(body);
  return last !== undefined && facts.textOf(last) === 'raise';
}

const withStatement: NodeHandler = (walk, node) => {
  const { context } = walk;
  const clause = node.children.find((child) => child.type === 'with_clause');
  const managers = clause === undefined ? '' : walk.facts.textOf(clause);
  const inner = /raises|Raises|suppress/.test(managers) ? expectingContext(context, managers) : context;
  for (const child of node.children) if (child.named) walk.visit(child, child === clause ? context : inner);
};

/** Inside `with suppress(…)` and `with raises(…)` the faults named there are no faults. */
function expectingContext(context: WalkContext, managers: string): WalkContext {
  const suppresses = /\bsuppress\s*\(/.test(managers) && IMPORT_ERRORS.test(managers);
  const raises = /\braises\s*\(/.test(managers);
  return {
    ...context,
    conditional: context.conditional || suppresses || raises,
    importGuard: suppresses || (raises && IMPORT_ERRORS.test(managers)) ? 'guarded' : context.importGuard,
    nameGuard:
      /\b(raises|suppress)\s*\(/.test(managers) && (NAME_ERRORS.test(managers) || BROAD_ERRORS.test(managers))
        ? 'certainly'
        : context.nameGuard,
    callGuard: /\b(\w*[rR]aises\w*|suppress)\s*\(/.test(managers) ? 'certainly' : context.callGuard,
  };
}

const deleteStatement: NodeHandler = (walk, statement) => {
  const { facts, context } = walk;
  const pending = [...namedChildren(statement)];
  while (pending.length > 0) {
    const node = pending.pop()!;
    if (node.type === 'expression_list' || node.type === 'tuple' || node.type === 'parenthesized_expression')
      pending.push(...namedChildren(node));
    else {
      walk.visit(node);
      if (node.type !== 'identifier') continue;
      const name = facts.nameOf(node);
      if (!context.scope.globals.has(name)) context.scope.remove(name, { start: node.start, end: context.conditional ? -1 : node.end });
    }
  }
};

function declaration(kind: 'global' | 'nonlocal'): NodeHandler {
  return ({ facts, context: { scope } }, node) => {
    for (const identifier of namedChildren(node)) {
      const name = facts.nameOf(identifier);
      scope.declare(kind, name);
      if (kind === 'nonlocal') facts.rebound.add(name);
      facts.declarations.push({ kind, name, span: { start: identifier.start, end: identifier.end }, scope });
    }
  };
}

export const statementHandlers: NodeHandlers = {
  assignment,
  augmented_assignment: augmentedAssignment,
  for_statement: forStatement,
  while_statement: whileStatement,
  if_statement: ifStatement,
  try_statement: tryStatement,
  except_clause: exceptClause,
  with_statement: withStatement,
  delete_statement: deleteStatement,
  global_statement: declaration('global'),
  nonlocal_statement: declaration('nonlocal'),
};

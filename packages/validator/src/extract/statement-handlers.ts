import { childInField } from '../parse/child-in-field';
import { childrenInField } from '../parse/children-in-field';
import { namedChildren } from '../parse/named-children';
import type { SyntaxNode } from '../parse/syntax-node';
import { bindTarget } from './bind-target';
import { evaluateCondition } from './evaluate-condition';
import type { FactCollector } from './fact-collector';
import type { NodeHandler, NodeHandlers } from './node-handlers';
import type { Visit, WalkContext } from './walk-context';

const assignment: NodeHandler = (facts, visit) => {
  const { node } = visit;
  const left = childInField(node, 'left');
  const right = childInField(node, 'right');
  const type = childInField(node, 'type');
  const visits: Visit[] = [];
  if (right !== undefined) visits.push({ ...visit, node: right });
  if (type !== undefined) visits.push({ ...visit, node: type, context: annotationContext(facts, visit) });
  if (left !== undefined) {
    if (type !== undefined && left.type === 'identifier') noteAnnotation(facts, { ...visit, node: left });
    if (left.type === 'identifier') facts.bind(visit, left, right === undefined ? 'declaration' : 'assignment', { from: node.end, node });
    else visits.push(...bindTarget(facts, { ...visit, node: left }, node.end));
  }
  return visits;
};

function noteAnnotation(facts: FactCollector, { scope, node }: Visit): void {
  const name = facts.textOf(node);
  if (!scope.globals.has(name) && !scope.nonlocals.has(name)) return;
  const message = `'${name}' belongs to another scope here and cannot be annotated: annotate it where it is bound first.`;
  facts.declarationFaults.push({ span: { start: node.start, end: node.end }, message, certain: true });
}

/** Annotations of local variables are never evaluated. */
function annotationContext(facts: FactCollector, { context, scope }: Visit): WalkContext {
  return { ...context, lazy: context.lazy || facts.hasLazyAnnotations || scope.kind === 'function' };
}

const augmentedAssignment: NodeHandler = (facts, visit) => {
  const left = childInField(visit.node, 'left');
  const right = childInField(visit.node, 'right');
  const visits: Visit[] = [];
  if (left !== undefined) {
    visits.push({ ...visit, node: left });
    if (left.type === 'identifier') facts.bind(visit, left, 'assignment', { from: visit.node.end, node: visit.node });
  }
  if (right !== undefined) visits.push({ ...visit, node: right });
  return visits;
};

const forStatement: NodeHandler = (facts, visit) => {
  const { node } = visit;
  const left = childInField(node, 'left');
  const body = childInField(node, 'body');
  const alternative = childInField(node, 'alternative');
  const inLoop: Visit = { ...visit, context: loopContext(visit) };
  const visits: Visit[] = childrenInField(node, 'right').map((right) => ({ ...visit, node: right }));
  if (left !== undefined) visits.push(...bindTarget(facts, { ...inLoop, node: left }, left.end));
  if (body !== undefined) visits.push({ ...inLoop, node: body });
  if (alternative !== undefined) visits.push({ ...visit, node: alternative, context: { ...visit.context, conditional: true } });
  return visits;
};

const whileStatement: NodeHandler = (_facts, visit) => {
  const context = loopContext(visit);
  return namedChildren(visit.node).map((node) => ({ ...visit, node, context }));
};

function loopContext({ node, context }: Visit): WalkContext {
  return { ...context, conditional: true, loop: context.loop ?? { start: node.start, end: node.end } };
}

const ifStatement: NodeHandler = (facts, visit) => {
  const visits: Visit[] = [];
  let context = visit.context;
  for (const clause of [visit.node, ...childrenInField(visit.node, 'alternative')]) {
    const condition = childInField(clause, 'condition');
    const body = childInField(clause, 'consequence') ?? childInField(clause, 'body');
    const value = condition === undefined ? 'true' : evaluateCondition(condition, facts.text, facts.version);
    if (condition !== undefined) visits.push({ ...visit, node: condition, context });
    const branch = branchContext(context, value, condition, facts);
    if (body !== undefined && branch !== undefined) visits.push({ ...visit, node: body, context: branch });
    if (condition !== undefined && (value === 'true' || value === 'false')) facts.hasSkippedBranches = true;
    if (value === 'true') break;
    if (value === 'unknown' || value === 'script') context = { ...context, conditional: true };
    if (value === 'running') context = { ...context, typeCheckingOnly: true };
  }
  return visits;
};

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
      const isProbed = /\b(hasattr|getattr|globals|locals|vars|dir)\s*\(/.test(source);
      const isOtherPlatform =
        context.importGuard === 'none' && /\b(sys\.platform|os\.name|platform\.|python_implementation|sys\.implementation)/.test(source);
      return {
        ...context,
        conditional: true,
        nameGuard: isProbed ? 'certainly' : context.nameGuard,
        importGuard: isOtherPlatform ? 'fallback' : context.importGuard,
      };
    }
    default:
      return context;
  }
}

const IMPORT_ERRORS = /\b(ImportError|ModuleNotFoundError|Exception|BaseException)\b/;
const NAME_ERRORS = /\b(NameError|UnboundLocalError|AttributeError)\b/;
const CALL_ERRORS = /\b(TypeError|ValueError|ValidationError)\b/;
const BROAD_ERRORS = /\b(Exception|BaseException)\b/;

const tryStatement: NodeHandler = (facts, visit) => {
  const clauses = visit.node.children.filter((child) => child.type === 'except_clause' || child.type === 'except_group_clause');
  const caught = clauses.map((clause) => caughtNames(facts, clause)).join(' ');
  const catchesImport = IMPORT_ERRORS.test(caught);
  const { context } = visit;
  const guarded: WalkContext = {
    ...context,
    conditional: context.conditional || clauses.length > 0,
    importGuard: catchesImport && context.importGuard === 'none' ? 'guarded' : context.importGuard,
    nameGuard: strongerGuard({ guard: context.nameGuard, time: context.time, caught, errors: NAME_ERRORS }),
    callGuard: strongerGuard({ guard: context.callGuard, time: context.time, caught, errors: CALL_ERRORS }),
  };
  const handler: WalkContext = { ...context, conditional: true, importGuard: catchesImport ? 'fallback' : context.importGuard };
  return namedChildren(visit.node).map((node) => ({ ...visit, node, context: clauseContext(node, { context, guarded, handler }) }));
};

function clauseContext(
  node: SyntaxNode,
  contexts: { readonly context: WalkContext; readonly guarded: WalkContext; readonly handler: WalkContext },
): WalkContext {
  if (node.field === 'body') return contexts.guarded;
  if (node.type === 'finally_clause') return contexts.context;
  return node.type === 'else_clause' ? { ...contexts.context, conditional: true } : contexts.handler;
}

/** A broad handler hides a NameError only while the module loads; inside functions it hides a fault we want to see. */
function strongerGuard({ guard, time, caught, errors }: Handling): WalkContext['nameGuard'] {
  if (guard === 'certainly' || errors.test(caught)) return 'certainly';
  return time === 'load' && BROAD_ERRORS.test(caught) ? 'broad' : guard;
}

interface Handling {
  readonly guard: WalkContext['nameGuard'];
  readonly time: WalkContext['time'];
  readonly caught: string;
  readonly errors: RegExp;
}

function caughtNames(facts: FactCollector, clause: SyntaxNode): string {
  const value = childInField(clause, 'value');
  return value === undefined ? 'BaseException' : facts.textOf(value);
}

/** The name of `except … as e` is unbound again when the clause ends. */
const exceptClause: NodeHandler = (facts, visit) => {
  const { node } = visit;
  const value = childInField(node, 'value');
  const keyword = node.children[0]!;
  if (value === undefined && node.type === 'except_clause') {
    facts.bareExcepts.push({ span: { start: keyword.start, end: keyword.end }, raisesAgain: endsInBareRaise(facts, node) });
  }
  const alias = value?.type === 'as_pattern' ? childInField(value, 'alias') : childInField(node, 'alias');
  const visits: Visit[] = [];
  if (alias !== undefined) visits.push(...bindTarget(facts, { ...visit, node: alias }, alias.end, 'exception'));
  for (const child of namedChildren(node)) {
    if (child === alias) continue;
    if (child !== value || value.type !== 'as_pattern') visits.push({ ...visit, node: child });
    else
      visits.push(
        ...namedChildren(value)
          .filter((part) => part !== alias)
          .map((part) => ({ ...visit, node: part })),
      );
  }
  return visits;
};

function endsInBareRaise(facts: FactCollector, clause: SyntaxNode): boolean {
  const body = namedChildren(clause).find((child) => child.type === 'block');
  const last = body === undefined ? undefined : namedChildren(body).at(-1);
  return last !== undefined && facts.textOf(last) === 'raise';
}

const withStatement: NodeHandler = (facts, visit) => {
  const clause = namedChildren(visit.node).find((child) => child.type === 'with_clause');
  const managers = clause === undefined ? '' : facts.textOf(clause);
  const suppresses = /\bsuppress\s*\(/.test(managers) && IMPORT_ERRORS.test(managers);
  const raises = /\braises\s*\(/.test(managers);
  const context: WalkContext = {
    ...visit.context,
    conditional: visit.context.conditional || suppresses || raises,
    importGuard: suppresses || (raises && IMPORT_ERRORS.test(managers)) ? 'guarded' : visit.context.importGuard,
    nameGuard:
      /\b(raises|suppress)\s*\(/.test(managers) && (NAME_ERRORS.test(managers) || BROAD_ERRORS.test(managers))
        ? 'certainly'
        : visit.context.nameGuard,
    callGuard: /\b(\w*[rR]aises\w*|suppress)\s*\(/.test(managers) ? 'certainly' : visit.context.callGuard,
  };
  return namedChildren(visit.node).map((node) => ({ ...visit, node, context: node === clause ? visit.context : context }));
};

const deleteStatement: NodeHandler = (facts, visit) => {
  const reads: Visit[] = [];
  const pending = [...namedChildren(visit.node)];
  while (pending.length > 0) {
    const node = pending.pop()!;
    if (node.type === 'expression_list' || node.type === 'tuple' || node.type === 'parenthesized_expression')
      pending.push(...namedChildren(node));
    else {
      reads.push({ ...visit, node });
      if (node.type !== 'identifier') continue;
      const name = facts.textOf(node);
      if (!visit.scope.globals.has(name)) visit.scope.remove(name, { start: node.start, end: visit.context.conditional ? -1 : node.end });
    }
  }
  return reads;
};

function declaration(kind: 'globals' | 'nonlocals'): NodeHandler {
  return (facts, visit) => {
    for (const name of namedChildren(visit.node)) {
      visit.scope[kind].add(facts.textOf(name));
      if (kind === 'nonlocals') facts.rebound.add(facts.textOf(name));
      const span = { start: name.start, end: name.end };
      facts.declarations.push({ kind: kind === 'globals' ? 'global' : 'nonlocal', name: facts.textOf(name), span, scope: visit.scope });
    }
    return [];
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
  global_statement: declaration('globals'),
  nonlocal_statement: declaration('nonlocals'),
};

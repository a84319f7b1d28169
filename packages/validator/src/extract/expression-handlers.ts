import { childInField } from '../parse/child-in-field';
import { namedChildren } from '../parse/named-children';
import type { SyntaxNode } from '../parse/syntax-node';
import { bindTarget } from './bind-target';
import { dynamicModuleName } from './dynamic-module-name';
import type { FactCollector } from './fact-collector';
import type { NodeHandler, NodeHandlers } from './node-handlers';
import { Scope } from './scope';
import type { Visit } from './walk-context';

/** `a.b.c` is one use of `a` with its attributes; the names after the dots are no uses. */
const attribute: NodeHandler = (facts, visit) => {
  const attributes: { name: string; span: { start: number; end: number } }[] = [];
  let node: SyntaxNode = visit.node;
  while (node.type === 'attribute') {
    const name = childInField(node, 'attribute');
    if (name !== undefined) attributes.unshift({ name: facts.textOf(name), span: { start: name.start, end: name.end } });
    node = childInField(node, 'object') ?? node.children[0]!;
  }
  if (node.type !== 'identifier') return [{ ...visit, node }];
  facts.use(visit.scope, visit.context, node, isWritten(visit.node) ? attributes.slice(0, -1) : attributes);
  return [];
};

function isWritten(node: SyntaxNode): boolean {
  const parent = node.parent;
  if (parent === undefined) return false;
  if (parent.type === 'delete_statement' || parent.parent?.type === 'delete_statement') return true;
  return node.field === 'left' || /^(pattern_list|tuple_pattern|list_pattern|as_pattern_target)$/.test(parent.type);
}

const keywordArgument: NodeHandler = (_facts, visit) => {
  const value = childInField(visit.node, 'value');
  return value === undefined ? [] : [{ ...visit, node: value }];
};

const namedExpression: NodeHandler = (facts, visit) => {
  const name = childInField(visit.node, 'name');
  let scope = visit.scope;
  while (scope.kind === 'comprehension' || scope.kind === 'generator') scope = scope.parent!;
  if (name !== undefined) facts.bind({ ...visit, scope }, name, 'assignment', { from: visit.node.end });
  return keywordArgument(facts, visit);
};

/** Outside `match`, `x as y` binds y after x was evaluated. */
const asPattern: NodeHandler = (facts, visit) => {
  const alias = childInField(visit.node, 'alias');
  const reads = alias === undefined ? [] : bindTarget(facts, { ...visit, node: alias }, alias.end);
  return [
    ...namedChildren(visit.node)
      .filter((child) => child !== alias)
      .map((node) => ({ ...visit, node })),
    ...reads,
  ];
};

/** The first iterable is evaluated outside; everything else in a scope of its own. */
function comprehension(kind: 'comprehension' | 'generator'): NodeHandler {
  return (facts, visit) => {
    const scope = new Scope(kind, visit.scope);
    const clauses = visit.node.children.filter((child) => child.type === 'for_in_clause');
    const inner: Visit = { ...visit, scope };
    const visits: Visit[] = [];
    clauses.forEach((clause, index) => {
      const left = childInField(clause, 'left');
      if (left !== undefined) visits.push(...bindTarget(facts, { ...inner, node: left }, -1));
      const rights = clause.children.filter((child) => child.field === 'right' && child.named);
      visits.push(...rights.map((node) => ({ ...(index === 0 ? visit : inner), node })));
    });
    const rest = namedChildren(visit.node).filter((child) => child.type !== 'for_in_clause');
    return [...visits, ...rest.map((node) => ({ ...inner, node }))];
  };
}

/** `globals()`, `vars()`, `exec()` and friends can bind any name: the module is dynamic then. */
const call: NodeHandler = (facts, visit) => {
  const callee = childInField(visit.node, 'function');
  if (callee?.type === 'identifier' && isDynamicCall(facts.textOf(callee), visit)) facts.isDynamic = true;
  const name = callee === undefined ? '' : facts.textOf(callee);
  if (name === 'setattr' && facts.textOf(visit.node).includes('sys.modules')) facts.isDynamic = true;
  if (name.endsWith('._convert_')) facts.isDynamic = true;
  if (/(^|\.)(setattr|delattr|patch|object|multiple)$/.test(name)) notePatches(facts, visit.node, name);
  if (/^((importlib\.)?import_module|__import__)$/.test(name)) noteDynamicImport(facts, visit);
  facts.calls.push(visit);
  return namedChildren(visit.node).map((node) => ({ ...visit, node }));
};

/** `importlib.import_module('app.plugins')`: an edge, but nobody knows whether it may fail. */
function noteDynamicImport(facts: FactCollector, { node, context }: Visit): void {
  const list = childInField(node, 'arguments');
  const given = list === undefined ? [] : namedChildren(list);
  const [argument] = given;
  const module = dynamicModuleName(given.map((each) => facts.textOf(each)));
  if (argument === undefined || module === undefined) return;
  facts.imports.push({
    kind: 'import',
    level: 0,
    module,
    moduleSpan: { start: argument.start + 1, end: argument.end - 1 },
    span: { start: node.start, end: node.end },
    names: [],
    boundName: undefined,
    hasAlias: false,
    guard: context.importGuard === 'none' ? 'fallback' : context.importGuard,
    typeCheckingOnly: context.typeCheckingOnly,
    conditional: true,
    time: context.time,
  });
}

/** `setattr(module, 'name', …)` stores an attribute; `patch('module.name')` does while a test runs. */
function notePatches(facts: FactCollector, node: SyntaxNode, name: string): void {
  const list = childInField(node, 'arguments');
  for (const argument of list === undefined ? [] : namedChildren(list)) {
    if (argument.type === 'keyword_argument') facts.patchedNames.add(facts.textOf(childInField(argument, 'name')!));
    const last = argument.type === 'string' ? /(\w+)["']+$/.exec(facts.textOf(argument))?.[1] : undefined;
    if (last === undefined) continue;
    facts.patchedNames.add(last);
    if (name === 'setattr') facts.storedAttributes.add(last);
  }
}

function isDynamicCall(name: string, visit: Visit): boolean {
  if (name === 'exec') return true;
  if (name === 'vars' || name === 'locals') return visit.scope.kind === 'module' && isChanged(visit.node);
  return name === 'globals' && isChanged(visit.node);
}

/** `globals()['x'] = …`, `globals().update(…)` and handing the mapping on change it; `globals().get(…)` and `in` do not. */
function isChanged(node: SyntaxNode): boolean {
  const parent = node.parent;
  if (parent === undefined) return false;
  if (parent.type === 'subscript') return parent.field === 'left' || parent.parent?.type === 'delete_statement';
  if (parent.type === 'attribute') return childInField(parent, 'attribute') !== undefined && parent.parent?.type === 'call';
  return parent.type === 'argument_list' || parent.type === 'assignment';
}

/** `@enum.global_enum` copies the members of the class into the module. */
const decorator: NodeHandler = (facts, visit) => {
  if (/^@\s*(enum\.)?_?global_(enum|str)/.test(facts.textOf(visit.node)) || /^@\s*(enum\.)?_simple_enum/.test(facts.textOf(visit.node)))
    facts.isDynamic = true;
  return namedChildren(visit.node).map((node) => ({ ...visit, node }));
};

export const expressionHandlers: NodeHandlers = {
  decorator,
  attribute,
  call,
  identifier: (facts, visit) => {
    facts.use(visit.scope, visit.context, visit.node);
    return [];
  },
  keyword_argument: keywordArgument,
  named_expression: namedExpression,
  as_pattern: asPattern,
  list_comprehension: comprehension('comprehension'),
  set_comprehension: comprehension('comprehension'),
  dictionary_comprehension: comprehension('comprehension'),
  generator_expression: comprehension('generator'),
};

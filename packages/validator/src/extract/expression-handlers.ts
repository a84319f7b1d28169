import { childInField } from '../parse/child-in-field';
import { namedChildren } from '../parse/named-children';
import type { SyntaxNode } from '../parse/syntax-node';
import { detach } from '../text/detach';
import { bindTarget } from './bind-target';
import { dynamicModuleName } from './dynamic-module-name';
import { evaluateCondition } from './evaluate-condition';
import type { FactCollector } from './fact-collector';
import type { NodeHandler, NodeHandlers } from './node-handlers';
import type { Walk } from './walk';
import type { WalkContext } from './walk-context';

/** `a.b.c` is one use of `a`; the names after the dots are no uses. */
const attribute: NodeHandler = (walk, dotted) => {
  let node = dotted;
  while (node.type === 'attribute') node = childInField(node, 'object') ?? node.children[0]!;
  if (node.type === 'identifier') walk.facts.use(node, walk.context, dotted, isWritten(dotted));
  else walk.visit(node);
};

const TARGET_GROUPS = new Set(['pattern_list', 'tuple_pattern', 'list_pattern', 'as_pattern_target']);

function isWritten({ parent, field }: SyntaxNode): boolean {
  if (parent === undefined) return false;
  if (parent.type === 'delete_statement' || parent.parent?.type === 'delete_statement') return true;
  return field === 'left' || TARGET_GROUPS.has(parent.type);
}

const keywordArgument: NodeHandler = (walk, node) => {
  const value = childInField(node, 'value');
  if (value !== undefined) walk.visit(value);
};

const namedExpression: NodeHandler = (walk, node) => {
  const name = childInField(node, 'name');
  let { scope } = walk.context;
  while (scope.kind === 'comprehension' || scope.kind === 'generator') scope = scope.parent!;
  if (name !== undefined) walk.facts.bind(name, { ...walk.context, scope }, { kind: 'assignment', from: boundFrom(node) });
  keywordArgument(walk, node);
};

const COMPREHENSIONS = new Set(['list_comprehension', 'set_comprehension', 'dictionary_comprehension', 'generator_expression']);

/** `[y for x in xs if (y := f(x))]` and `y if (y := f()) else None` evaluate the condition first, though it is written last. */
function boundFrom(named: SyntaxNode): number {
  let from = named.end;
  for (let node = named; node.parent !== undefined && !node.parent.type.endsWith('_statement'); node = node.parent) {
    const { parent } = node;
    const isWrittenLate = parent.type === 'conditional_expression' && node.start > parent.start;
    if (isWrittenLate || COMPREHENSIONS.has(parent.type)) from = parent.start;
  }
  return from;
}

/** Outside `match`, `x as y` binds y after x was evaluated. */
const asPattern: NodeHandler = (walk, node) => {
  const alias = childInField(node, 'alias');
  for (const child of node.children) if (child.named && child !== alias) walk.visit(child);
  if (alias !== undefined) bindTarget(walk, alias, { from: alias.end });
};

/** The first iterable is evaluated outside; everything else in a scope of its own. */
function comprehension(kind: 'comprehension' | 'generator'): NodeHandler {
  return (walk, node) => {
    const inner: WalkContext = { ...walk.context, scope: walk.facts.openScope(kind, walk.context.scope) };
    let around = walk.context;
    for (const clause of node.children) {
      if (clause.type !== 'for_in_clause') continue;
      const left = childInField(clause, 'left');
      if (left !== undefined) bindTarget(walk, left, { from: -1, context: inner });
      for (const child of clause.children) if (child.field === 'right' && child.named) walk.visit(child, around);
      around = inner;
    }
    for (const child of node.children) if (child.named && child.type !== 'for_in_clause') walk.visit(child, inner);
  };
}

const DYNAMIC_IMPORTS = new Set(['import_module', '__import__']);
const PATCHERS = new Set(['setattr', 'delattr', 'patch', 'object', 'multiple']);

/** `globals()`, `vars()`, `exec()` and friends can bind any name: the module is dynamic then. */
const call: NodeHandler = (walk, node) => {
  const { facts } = walk;
  const callee = childInField(node, 'function');
  if (callee !== undefined) noteSpecialCall(walk, node, callee);
  facts.calls.push({ node, context: walk.context });
  walk.visitChildren(node);
};

function noteSpecialCall(walk: Walk, node: SyntaxNode, callee: SyntaxNode): void {
  const { facts } = walk;
  const word = lastWord(facts, callee);
  if (callee.type === 'identifier' && isDynamicCall(word, walk, node)) facts.isDynamic = true;
  if (callee.type === 'identifier' && word === 'exec') facts.makesModules = true;
  if (callee.type === 'attribute' && facts.text.startsWith('__path__', callee.start)) facts.changesPath = true;
  if (word === 'setattr' && callee.type === 'identifier' && facts.textOf(node).includes('sys.modules')) facts.isDynamic = true;
  if (callee.type === 'identifier' && word === 'setattr' && isModuleWritten(facts, node)) facts.isDynamic = true;
  if (walk.context.scope.kind === 'module' && isModuleRemade(facts, node, word)) {
    facts.isDynamic = true;
    facts.makesModules = true;
  }
  if (word === '_convert_' && facts.textOf(callee).endsWith('._convert_')) facts.isDynamic = true;
  if (PATCHERS.has(word) && /(^|\.)\w+$/.test(facts.textOf(callee))) notePatches(facts, node, callee);
  if (DYNAMIC_IMPORTS.has(word) && /^((importlib\.)?import_module|__import__)$/.test(facts.textOf(callee))) noteDynamicImport(walk, node);
}

/** `setattr(sys.modules[__name__], name, value)` writes names only running it can tell. */
function isModuleWritten(facts: FactCollector, node: SyntaxNode): boolean {
  const [, name] = givenTo(node);
  return name !== undefined && name.type !== 'string' && facts.text.includes('sys.modules[__name__]');
}

/** `recreate_module(__name__, by_module={…})` puts another module in place of this one. */
function isModuleRemade(facts: FactCollector, node: SyntaxNode, word: string): boolean {
  const [first, ...more] = givenTo(node);
  if (first?.type !== 'identifier' || facts.textOf(first) !== '__name__') return false;
  return more.some(({ type }) => type === 'keyword_argument') && /^[a-z]/.test(word) && !/log/i.test(word);
}

function givenTo(node: SyntaxNode): readonly SyntaxNode[] {
  const list = childInField(node, 'arguments');
  return list === undefined ? [] : namedChildren(list);
}

/** `c` of `a.b.c`. */
function lastWord(facts: FactCollector, callee: SyntaxNode): string {
  const last = callee.type === 'attribute' ? childInField(callee, 'attribute') : callee;
  return last?.type === 'identifier' ? facts.nameOf(last) : '';
}

/** `importlib.import_module('app.plugins')`: an edge, but nobody knows whether it may fail. */
function noteDynamicImport({ facts, context }: Walk, node: SyntaxNode): void {
  const list = childInField(node, 'arguments');
  const given = list === undefined ? [] : namedChildren(list);
  const [argument] = given;
  const module = dynamicModuleName(given.map((each) => facts.textOf(each)));
  if (argument === undefined || module === undefined) return;
  facts.imports.push({
    kind: 'import',
    level: 0,
    module: detach(module),
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
function notePatches(facts: FactCollector, node: SyntaxNode, callee: SyntaxNode): void {
  const list = childInField(node, 'arguments');
  for (const argument of list === undefined ? [] : namedChildren(list)) {
    if (argument.type === 'keyword_argument') facts.patchedNames.add(facts.textOf(childInField(argument, 'name')!));
    const last = argument.type === 'string' ? /(\w+)["']+$/.exec(facts.textOf(argument))?.[1] : undefined;
    if (last === undefined) continue;
    facts.patchedNames.add(last);
    if (callee.type === 'identifier' && facts.textOf(callee) === 'setattr') facts.storedAttributes.add(detach(last));
  }
}

function isDynamicCall(name: string, { context, facts }: Walk, node: SyntaxNode): boolean {
  if (name === 'exec') return true;
  if (name === 'vars' || name === 'locals') return context.scope.kind === 'module' && isChanged(node, facts);
  return name === 'globals' && isChanged(node, facts);
}

const READERS = new Set(['get', 'items', 'keys', 'values', 'copy', '__contains__', '__getitem__']);

/** `globals()['x'] = …`, `globals().update(…)` and handing the mapping on change it; `globals().get(…)` and `in` do not. */
function isChanged(node: SyntaxNode, facts: FactCollector): boolean {
  const parent = node.parent;
  if (parent === undefined) return false;
  if (parent.type === 'subscript') return parent.field === 'left' || parent.parent?.type === 'delete_statement';
  if (parent.type === 'attribute') return !READERS.has(facts.textOf(childInField(parent, 'attribute') ?? parent));
  return parent.type === 'argument_list' || parent.type === 'assignment';
}

/** `@enum.global_enum` copies the members of the class into the module. */
const decorator: NodeHandler = (walk, node) => {
  if (/^@\s*(enum\.)?(_?global_(enum|str)|_simple_enum)/.test(walk.facts.textOf(node))) walk.facts.isDynamic = true;
  walk.visitChildren(node);
};

/** `not TYPE_CHECKING or isinstance(x, Only)`: when the program runs, the right side is never reached. */
const booleanOperator: NodeHandler = (walk, node) => {
  const left = childInField(node, 'left');
  const right = childInField(node, 'right');
  if (left === undefined || right === undefined || !/\bTYPE_CHECKING\b/.test(walk.facts.textOf(left))) return walk.visitChildren(node);
  const value = evaluateCondition(left, walk.facts.text, walk.facts.version);
  const stop = childInField(node, 'operator')?.type === 'or' ? 'running' : 'type-checking';
  walk.visit(left);
  walk.visit(right, value === stop ? { ...walk.context, typeCheckingOnly: true } : walk.context);
};

export const expressionHandlers: NodeHandlers = {
  boolean_operator: booleanOperator,
  decorator,
  attribute,
  call,
  identifier: (walk, node) => walk.facts.use(node, walk.context),
  keyword_argument: keywordArgument,
  named_expression: namedExpression,
  as_pattern: asPattern,
  list_comprehension: comprehension('comprehension'),
  set_comprehension: comprehension('comprehension'),
  dictionary_comprehension: comprehension('comprehension'),
  generator_expression: comprehension('generator'),
};

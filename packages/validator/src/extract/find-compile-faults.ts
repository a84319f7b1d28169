import { childInField } from '../parse/child-in-field';
import { firstNamedChild } from '../parse/first-named-child';
import { hasToken } from '../parse/has-token';
import { isPart } from '../parse/is-part';
import { namedChildren } from '../parse/named-children';
import type { SyntaxNode } from '../parse/syntax-node';
import type { Check, Checks, CheckSource, Place } from './compile-check';
import { comprehensionChecks } from './comprehension-checks';
import { handlerChecks, isGroup } from './handler-checks';
import { literalChecks } from './literal-checks';
import type { SyntaxFault } from './module-summary';
import { newerSyntaxChecks } from './newer-syntax-checks';
import { patternChecks } from './pattern-checks';
import { starChecks } from './star-checks';
import { targetChecks } from './target-checks';

type Surroundings = Omit<Place, 'node'>;

const MODULE: Surroundings = { owner: 'module', isInLoop: false, isInGroupHandler: false };

/** Programs the grammar takes and CPython's compiler refuses. */
export function findCompileFaults(root: SyntaxNode, source: CheckSource): readonly SyntaxFault[] {
  const faults: SyntaxFault[] = [];
  const nodes: SyntaxNode[] = [root];
  const surroundings: Surroundings[] = [MODULE];
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    const around = surroundings.pop()!;
    const checks = CHECKS_BY_TYPE.get(node.type);
    if (checks !== undefined && node.named) addFirstFault(faults, checks, placeIn(node, around), source);
    const { children } = node;
    const isOpener = OPENERS.has(node.type);
    for (let index = children.length - 1; index >= 0; index -= 1) {
      const child = children[index]!;
      if (child.children.length === 0 && !isCheckedLeaf(child)) continue;
      nodes.push(child);
      surroundings.push(isOpener ? below(node, child, around) : around);
    }
  }
  return faults;
}

function placeIn(node: SyntaxNode, { owner, isInLoop, isInGroupHandler }: Surroundings): Place {
  return { node, owner, isInLoop, isInGroupHandler };
}

function addFirstFault(faults: SyntaxFault[], checks: readonly Check[], place: Place, source: CheckSource): void {
  for (const check of checks) {
    const found = check(place, source);
    if (found === undefined) continue;
    faults.push({ span: { start: found.at.start, end: found.at.end }, message: found.message, certain: true });
    return;
  }
}

/** The only nodes that have other surroundings inside than outside. */
const OPENERS = new Set([
  'except_clause',
  'except_group_clause',
  'function_definition',
  'class_definition',
  'lambda',
  'for_statement',
  'while_statement',
]);

function below(node: SyntaxNode, child: SyntaxNode, around: Surroundings): Surroundings {
  if (isExceptClause(node) && child.type === 'block' && isGroup(node)) return { ...around, isInLoop: false, isInGroupHandler: true };
  if (child.field !== 'body') return around;
  const inner = { isInLoop: false, isInGroupHandler: false };
  if (node.type === 'function_definition') return { ...inner, owner: functionOwner(node, child) };
  if (node.type === 'class_definition') return { ...inner, owner: 'class' };
  if (node.type === 'lambda') return { ...inner, owner: 'lambda' };
  return isExceptClause(node) || around.isInLoop ? around : { ...around, isInLoop: true };
}

function isExceptClause({ type }: SyntaxNode): boolean {
  return type === 'except_clause' || type === 'except_group_clause';
}

function functionOwner(definition: SyntaxNode, body: SyntaxNode): Place['owner'] {
  if (!hasToken(definition, 'async')) return 'function';
  return yields(body) ? 'async-generator' : 'async-function';
}

const OWNERS = new Set(['function_definition', 'class_definition', 'lambda']);

/** Whether a body has a `yield` of its own. */
function yields(body: SyntaxNode): boolean {
  const pending = [body];
  while (pending.length > 0) {
    const node = pending.pop()!;
    if (node.type === 'yield' && node.named) return true;
    if (OWNERS.has(node.type)) continue;
    for (const child of node.children) if (child.children.length > 0 || child.type === 'yield') pending.push(child);
  }
  return false;
}

const inFunction = (owner: Place['owner']): boolean => owner === 'function' || owner.startsWith('async');

const CHECKS: Checks = {
  return_statement: (place) => returnFault(place),
  yield: ({ node, owner }) =>
    inFunction(owner) || owner === 'lambda'
      ? undefined
      : { at: node.children[0]!, message: "'yield' outside a function: move it into one." },
  await: ({ node, owner }) => awaitFault(node, owner),
  break_statement: ({ node, isInLoop }) =>
    isInLoop ? undefined : { at: node, message: "'break' outside a loop: remove it, or put it into the loop it is to end." },
  continue_statement: ({ node, isInLoop }) =>
    isInLoop ? undefined : { at: node, message: "'continue' outside a loop: remove it, or put it into the loop it is to go on with." },
  try_statement: ({ node }) =>
    node.children.some(({ type }) => /^(except|finally)/.test(type))
      ? undefined
      : { at: node.children[0]!, message: "'try' has neither 'except' nor 'finally': add one, or remove the 'try'." },
  parameters: ({ node }, { text }) => parameterFault(node, text),
  lambda_parameters: ({ node }, { text }) => parameterFault(node, text),
  argument_list: ({ node }, { text }) => argumentFault(node, text),
  import_from_statement: ({ node, owner }) => {
    const star = node.children.find((child) => child.type === 'wildcard_import');
    return star === undefined || owner === 'module'
      ? undefined
      : { at: star, message: "'import *' is allowed at module level only: name what you need." };
  },
  future_import_statement: ({ node, owner }) =>
    owner === 'module' && isFutureFirst(node)
      ? undefined
      : { at: node, message: "'from __future__' imports must stand at the top of the file, after the docstring: move this line up." },
  nonlocal_statement: ({ node, owner }) =>
    owner === 'module' ? { at: node, message: "'nonlocal' at module level: there is no enclosing function. Remove it." } : undefined,
};

const CHECKS_BY_TYPE = new Map<string, Check[]>();
for (const checks of [
  CHECKS,
  targetChecks,
  starChecks,
  comprehensionChecks,
  literalChecks,
  handlerChecks,
  newerSyntaxChecks,
  patternChecks,
]) {
  for (const [type, check] of Object.entries(checks)) CHECKS_BY_TYPE.set(type, [...(CHECKS_BY_TYPE.get(type) ?? []), check]);
}

/** Leaves that no check asks for are most of a tree. */
function isCheckedLeaf({ named, type }: SyntaxNode): boolean {
  return named && type !== 'identifier' && CHECKS_BY_TYPE.has(type);
}

function returnFault({ node, owner, isInGroupHandler }: Place): ReturnType<Check> {
  const at = node.children[0]!;
  if (!inFunction(owner)) return { at, message: "'return' outside a function: move it into one, or remove it." };
  if (isInGroupHandler) return { at, message: "'return' inside 'except*': remember the value and return after the 'try'." };
  return owner === 'async-generator' && firstNamedChild(node) !== undefined
    ? { at, message: "'return' with a value in an asynchronous generator: yield the value, or return nothing." }
    : undefined;
}

/** `await` is also valid in an asynchronous comprehension's own function; comprehensions at module level are not that. */
function awaitFault(node: SyntaxNode, owner: Place['owner']): ReturnType<Check> {
  if (owner.startsWith('async')) return undefined;
  for (let current = node.parent; current !== undefined; current = current.parent) {
    if (current.type === 'generator_expression') return undefined;
    if (current.type === 'function_definition') break;
  }
  const message =
    owner === 'function'
      ? "'await' inside a function that is not asynchronous: write 'async def', or call without 'await'."
      : "'await' outside a function: move it into an 'async def'.";
  return { at: node.children[0]!, message };
}

function isFutureFirst(node: SyntaxNode): boolean {
  if (node.parent?.type !== 'module') return false;
  const before = namedChildren(node.parent).filter((sibling) => sibling.end <= node.start);
  return before.every((sibling, index) => sibling.type === 'future_import_statement' || (index === 0 && isDocstring(sibling)));
}

function isDocstring(node: SyntaxNode): boolean {
  return node.type === 'expression_statement' && (node.children[0]?.type === 'string' || node.children[0]?.type === 'concatenated_string');
}

function parameterFault(list: SyntaxNode, text: string): ReturnType<Check> {
  const seen = new Set<string>();
  let hasDefault = false;
  for (const parameter of list.children) {
    if (!isPart(parameter)) continue;
    const name = parameterName(parameter, text);
    if (name === '__debug__') return { at: parameter, message: "'__debug__' cannot be assigned to: name the parameter otherwise." };
    if (name !== undefined && seen.has(name)) return { at: parameter, message: `Two parameters are called '${name}': rename one.` };
    if (name !== undefined) seen.add(name);
    const isStarred = text[parameter.start] === '*';
    const isKeywordOnlyFromHere = parameter.type === 'keyword_separator' || (isStarred && text[parameter.start + 1] !== '*');
    if (isKeywordOnlyFromHere) return duplicateAfter(list, parameter, seen, text);
    if (childInField(parameter, 'value') !== undefined) hasDefault = true;
    else if (hasDefault && name !== undefined && !isStarred) {
      return {
        at: parameter,
        message: `Parameter '${name}' has no default but follows one that has: move it before, give it a default, or put '*' before it.`,
      };
    }
  }
  return undefined;
}

function duplicateAfter(list: SyntaxNode, star: SyntaxNode, seen: Set<string>, text: string): ReturnType<Check> {
  for (const parameter of list.children) {
    if (!isPart(parameter) || parameter.start <= star.start) continue;
    const name = parameterName(parameter, text);
    if (name !== undefined && seen.has(name)) return { at: parameter, message: `Two parameters are called '${name}': rename one.` };
    if (name !== undefined) seen.add(name);
  }
  return undefined;
}

function parameterName(parameter: SyntaxNode, text: string): string | undefined {
  let node: SyntaxNode | undefined = parameter;
  while (node !== undefined && node.type !== 'identifier') node = childInField(node, 'name') ?? firstOfNeitherTypeNorValue(node);
  return node === undefined ? undefined : text.slice(node.start, node.end);
}

function firstOfNeitherTypeNorValue({ children }: SyntaxNode): SyntaxNode | undefined {
  for (const child of children) if (isPart(child) && child.field !== 'type' && child.field !== 'value') return child;
  return undefined;
}

function argumentFault(list: SyntaxNode, text: string): ReturnType<Check> {
  if (!hasNamedArgument(list)) return undefined;
  const keywords = new Set<string>();
  let hasUnpacking = false;
  for (const argument of list.children) {
    if (!isPart(argument)) continue;
    if (argument.type === 'keyword_argument') {
      const name = childInField(argument, 'name')!;
      const keyword = text.slice(name.start, name.end);
      if (keywords.has(keyword)) return { at: argument, message: `Argument '${keyword}' is given twice: remove one.` };
      keywords.add(keyword);
      if (keyword === '__debug__') return { at: argument, message: "'__debug__' cannot be assigned to: name the argument otherwise." };
    } else if (argument.type === 'dictionary_splat') hasUnpacking = true;
    else if (argument.type === 'list_splat' && hasUnpacking)
      return { at: argument, message: "'*' follows '**' in the call: move it before." };
    else if (argument.type !== 'list_splat' && (keywords.size > 0 || hasUnpacking)) {
      return { at: argument, message: 'A positional argument follows a keyword argument: move it before, or name it.' };
    }
  }
  return undefined;
}

/** Without a `name=` or a `**` no order is wrong. */
function hasNamedArgument({ children }: SyntaxNode): boolean {
  for (const { type } of children) if (type === 'keyword_argument' || type === 'dictionary_splat') return true;
  return false;
}

import { childInField } from '../parse/child-in-field';
import { namedChildren } from '../parse/named-children';
import type { SyntaxNode } from '../parse/syntax-node';
import { detach } from '../text/detach';
import type { FactCollector } from './fact-collector';
import type { DunderAll } from './module-summary';

type Change = { readonly kind: 'set' | 'add' | 'remove'; readonly names: readonly string[] };

/** Reads the idioms that are plain data; anything else makes `__all__` dynamic. */
export function readDunderAll(root: SyntaxNode, facts: FactCollector): DunderAll {
  const bound = facts.moduleScope.names.get('__all__');
  if (bound === undefined) return { kind: 'absent' };
  let names: string[] = [];
  let understood = 0;
  let methodCalls = 0;
  for (const statement of root.children) {
    const change = readChange(statement, facts);
    if (change === 'unknown') return { kind: 'dynamic' };
    if (change === undefined) continue;
    if (statement.children[0]?.type === 'call') methodCalls += 1;
    else understood += 1;
    if (change.kind === 'set') names = [...change.names];
    else if (change.kind === 'add') names.push(...change.names);
    else names = names.filter((name) => !change.names.includes(name));
  }
  const isChangedElsewhere =
    facts.uses.filter(({ name, dotted }) => name === '__all__' && dotted?.type === 'attribute').length > methodCalls;
  return understood === bound.bindings.length && !isChangedElsewhere ? { kind: 'names', names: [...new Set(names)] } : { kind: 'dynamic' };
}

function readChange(statement: SyntaxNode, facts: FactCollector): Change | 'unknown' | undefined {
  const expression = statement.type === 'expression_statement' ? statement.children[0] : undefined;
  if (expression === undefined) return undefined;
  if (expression.type === 'call') return readMethodCall(expression, facts);
  if (expression.type !== 'assignment' && expression.type !== 'augmented_assignment') return undefined;
  const left = childInField(expression, 'left');
  const right = childInField(expression, 'right');
  if (left === undefined || facts.textOf(left) !== '__all__') return undefined;
  const names = right === undefined ? undefined : readStrings(right, facts);
  if (names === undefined) return 'unknown';
  return { kind: expression.type === 'assignment' ? 'set' : 'add', names };
}

/** `__all__.extend([...])`, `.append("x")`, `.remove("x")`. */
function readMethodCall(call: SyntaxNode, facts: FactCollector): Change | 'unknown' | undefined {
  const callee = childInField(call, 'function');
  const match = callee === undefined ? null : /^__all__\s*\.\s*(\w+)$/.exec(facts.textOf(callee));
  if (match === null) return undefined;
  const argument = namedChildren(childInField(call, 'arguments') ?? call)[0];
  const names = argument === undefined ? undefined : readStrings(argument, facts);
  if (names === undefined) return 'unknown';
  if (match[1] === 'extend' || match[1] === 'append') return { kind: 'add', names };
  return match[1] === 'remove' ? { kind: 'remove', names } : 'unknown';
}

/** The strings of a list, a tuple, a sum of those, or one string; undefined when anything else is in it. */
function readStrings(root: SyntaxNode, facts: FactCollector): readonly string[] | undefined {
  const names: string[] = [];
  const pending = [root];
  while (pending.length > 0) {
    const node = pending.pop()!;
    if (node.type === 'string') names.push(detach(facts.textOf(node).replace(/^[rRuU]?("""|'''|"|')|("""|'''|"|')$/g, '')));
    else if (['list', 'tuple', 'parenthesized_expression', 'set'].includes(node.type)) pending.push(...[...namedChildren(node)].reverse());
    else if (node.type === 'binary_operator' && node.children.some((child) => child.type === '+'))
      pending.push(...[...namedChildren(node)].reverse());
    else return undefined;
  }
  return names;
}

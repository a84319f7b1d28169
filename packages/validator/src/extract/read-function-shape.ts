import { childInField } from '../parse/child-in-field';
import { namedChildren } from '../parse/named-children';
import type { SyntaxNode } from '../parse/syntax-node';
import type { FunctionShape } from './callable';
import type { FactCollector } from './fact-collector';
import { knownImport } from './known-import';
import { readParameters } from './read-parameters';
import type { Scope } from './scope';

/** Decorators whose result takes exactly the arguments of what they decorate. */
const TRANSPARENT: ReadonlySet<string> = new Set([
  'abc.abstractmethod',
  'contextlib.asynccontextmanager',
  'contextlib.contextmanager',
  'functools.cache',
  'functools.lru_cache',
  'typing.final',
  'typing.override',
  'typing_extensions.final',
  'typing_extensions.override',
]);

/** The parameters callers see; undefined when a decorator may have replaced the function. */
export function readFunctionShape(node: SyntaxNode, scope: Scope, facts: FactCollector): FunctionShape | undefined {
  const kinds = decoratorsOf(node).map((decorator) => decoratorKind(decorator, scope, facts));
  const parameters = kinds.includes('unknown') ? undefined : readParameters(childInField(node, 'parameters'), facts);
  if (parameters === undefined) return undefined;
  const shape: FunctionShape = {
    kind: 'function',
    parameters,
    line: facts.lines.position(childInField(node, 'name')?.start ?? node.start).line,
  };
  return kinds.includes('classmethod') ? withoutFirst(shape) : shape;
}

/** As called on an object: Python puts the first argument in. */
export function withoutFirst(shape: FunctionShape): FunctionShape | undefined {
  const [first, ...others] = shape.parameters;
  if (first?.kind === 'rest') return shape;
  return first?.kind === 'plain' || first?.kind === 'positional-only' ? { ...shape, parameters: others } : undefined;
}

export function decoratorsOf(node: SyntaxNode): readonly SyntaxNode[] {
  if (node.parent?.type !== 'decorated_definition') return [];
  return node.parent.children.filter(({ type }) => type === 'decorator').map((decorator) => namedChildren(decorator)[0]!);
}

function decoratorKind(node: SyntaxNode, scope: Scope, facts: FactCollector): 'classmethod' | 'staticmethod' | 'transparent' | 'unknown' {
  const source = facts.textOf(node);
  if ((source === 'classmethod' || source === 'staticmethod') && !scope.module.names.has(source)) return source;
  const callee = node.type === 'call' ? childInField(node, 'function') : node;
  const name = callee === undefined ? undefined : knownImport(callee, scope, facts);
  return name !== undefined && TRANSPARENT.has(name) ? 'transparent' : 'unknown';
}

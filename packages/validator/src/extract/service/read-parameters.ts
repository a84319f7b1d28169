import { childInField } from '../../parse/child-in-field';
import { namedChildren } from '../../parse/named-children';
import type { SyntaxNode } from '../../parse/syntax-node';
import { readExpression, type ReadContext } from './read-expression';
import type { ParameterFacts } from './service-facts';

const SPLATS = new Set(['list_splat_pattern', 'dictionary_splat_pattern']);
const SHAPES = new Set(['identifier', 'typed_parameter', 'default_parameter', 'typed_default_parameter', ...SPLATS]);

/** The parameters of a function, in order. */
export function readParameters(list: SyntaxNode | undefined, context: ReadContext): readonly ParameterFacts[] {
  if (list === undefined) return [];
  return namedChildren(list)
    .filter(({ type }) => SHAPES.has(type))
    .map((node) => readParameter(node, context));
}

function readParameter(node: SyntaxNode, context: ReadContext): ParameterFacts {
  const named = node.type === 'identifier' ? node : (childInField(node, 'name') ?? namedChildren(node)[0]!);
  const isVariadic = SPLATS.has(node.type) || SPLATS.has(named.type);
  const name = SPLATS.has(named.type) ? namedChildren(named)[0]! : named;
  const annotation = childInField(node, 'type');
  const value = childInField(node, 'value');
  return {
    name: context.text.slice(name.start, name.end),
    annotation: annotation === undefined ? undefined : readExpression(annotation, context),
    value: value === undefined ? undefined : readExpression(value, context),
    isVariadic,
    span: { start: name.start, end: name.end },
  };
}

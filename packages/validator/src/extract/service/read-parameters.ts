import { childInField } from '../../parse/child-in-field';
import { firstNamedChild } from '../../parse/first-named-child';
import type { SyntaxNode } from '../../parse/syntax-node';
import { readExpression, type ReadContext } from './read-expression';
import type { ParameterFacts } from './service-facts';

const SPLATS = new Set(['list_splat_pattern', 'dictionary_splat_pattern']);
const SHAPES = new Set(['identifier', 'typed_parameter', 'default_parameter', 'typed_default_parameter', ...SPLATS]);

/** The parameters of a function, in order. */
export function readParameters(list: SyntaxNode | undefined, context: ReadContext): readonly ParameterFacts[] {
  if (list === undefined) return [];
  const parameters: ParameterFacts[] = [];
  for (const node of list.children) if (SHAPES.has(node.type)) parameters.push(readParameter(node, context));
  return parameters;
}

function readParameter(node: SyntaxNode, context: ReadContext): ParameterFacts {
  const named = node.type === 'identifier' ? node : (childInField(node, 'name') ?? firstNamedChild(node)!);
  const isVariadic = SPLATS.has(node.type) || SPLATS.has(named.type);
  const name = SPLATS.has(named.type) ? firstNamedChild(named)! : named;
  const annotation = childInField(node, 'type');
  const value = childInField(node, 'value');
  return {
    name: context.facts.nameOf(name),
    annotation: annotation === undefined ? undefined : readExpression(annotation, context),
    value: value === undefined ? undefined : readExpression(value, context),
    isVariadic,
    span: { start: name.start, end: name.end },
  };
}

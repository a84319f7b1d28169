import { childInField } from '../parse/child-in-field';
import { namedChildren } from '../parse/named-children';
import type { SyntaxNode } from '../parse/syntax-node';
import { detach } from '../text/detach';
import type { Parameter } from './callable';
import type { FactCollector } from './fact-collector';

const LONGEST_TEXT = 60;

/** The parameters of a `parameters` node; undefined when it holds what Python 3 has not. */
export function readParameters(list: SyntaxNode | undefined, facts: FactCollector): readonly Parameter[] | undefined {
  let parameters: Parameter[] = [];
  let isAfterStar = false;
  for (const node of list === undefined ? [] : namedChildren(list)) {
    if (node.type === 'positional_separator') {
      parameters = parameters.map((parameter) => ({ ...parameter, kind: 'positional-only' as const }));
    } else if (node.type === 'keyword_separator') isAfterStar = true;
    else {
      const parameter = readParameter(node, facts, isAfterStar);
      if (parameter === undefined) return undefined;
      parameters.push(parameter);
      if (parameter.kind === 'rest') isAfterStar = true;
    }
  }
  return parameters;
}

function readParameter(node: SyntaxNode, facts: FactCollector, isAfterStar: boolean): Parameter | undefined {
  const inner = node.type === 'typed_parameter' ? namedChildren(node)[0] : node;
  const name =
    inner?.type === 'identifier' ? inner : inner === undefined ? undefined : (childInField(inner, 'name') ?? namedChildren(inner)[0]);
  if (inner === undefined || name?.type !== 'identifier') return undefined;
  return {
    name: facts.nameOf(name),
    kind: kindOf(inner, isAfterStar),
    isRequired: childInField(node, 'value') === undefined && !inner.type.endsWith('splat_pattern'),
    text: node === name ? facts.nameOf(name) : shorten(facts.textOf(node)),
  };
}

function kindOf(node: SyntaxNode, isAfterStar: boolean): Parameter['kind'] {
  if (node.type === 'list_splat_pattern') return 'rest';
  if (node.type === 'dictionary_splat_pattern') return 'keyword-rest';
  return isAfterStar ? 'keyword-only' : 'plain';
}

/** One line, not too long for a message. */
export function shorten(source: string): string {
  const line = source.replace(/\s+/g, ' ').trim();
  return detach(line.length > LONGEST_TEXT ? `${line.slice(0, LONGEST_TEXT - 1)}…` : line);
}

import { childInField, namedChildren, type SyntaxNode } from '@org/validator';
import type { FunctionShape } from './class-shape';
import { textOf, type PythonFile } from './python-file';
import { argumentsOf } from './type-reader';

export interface Parameter {
  readonly name: string;
  readonly annotation: SyntaxNode | undefined;
  readonly kind: 'positional-only' | 'either' | 'keyword-only';
  readonly hasDefault: boolean;
}

export interface Parameters {
  readonly list: readonly Parameter[];
  readonly takesMorePositional: boolean;
  readonly takesMoreKeywords: boolean;
}

/** The parameters that a call has to fill; `isBound`: Python gives the first one. */
export function parametersOf({ node, file, binding }: FunctionShape, isBound: boolean): Parameters {
  const nodes = namedChildren(childInField(node, 'parameters')!);
  const list: Parameter[] = [];
  let kind: Parameter['kind'] = 'either';
  let takesMorePositional = false;
  let takesMoreKeywords = false;
  for (const each of nodes) {
    const shown = each.type === 'typed_parameter' ? (each.children[0]?.type ?? each.type) : each.type;
    if (shown === 'positional_separator') list.forEach((parameter, index) => (list[index] = { ...parameter, kind: 'positional-only' }));
    else if (shown === 'keyword_separator') kind = 'keyword-only';
    else if (shown === 'dictionary_splat_pattern') takesMoreKeywords = true;
    else if (shown === 'list_splat_pattern') [kind, takesMorePositional] = ['keyword-only', true];
    else list.push(parameterIn(each, file, kind));
  }
  return { list: isBound && binding !== 'none' ? list.slice(1) : list, takesMorePositional, takesMoreKeywords };
}

function parameterIn(node: SyntaxNode, file: PythonFile, kind: Parameter['kind']): Parameter {
  const name = node.type === 'identifier' ? node : (childInField(node, 'name') ?? node.children[0]!);
  return { name: textOf(file, name), annotation: childInField(node, 'type'), kind, hasDefault: node.type.endsWith('default_parameter') };
}

/** Which parameter each argument of a call goes to; undefined when the call spreads something whose size is not known. */
export function assignArguments(
  call: SyntaxNode,
  file: PythonFile,
  { list }: Parameters,
): readonly { readonly value: SyntaxNode; readonly keyword: string | undefined; readonly parameter: Parameter | undefined }[] | undefined {
  const given = argumentsOf(call);
  if (given.some(({ type }) => type.endsWith('splat')) || childInField(call, 'arguments')?.type !== 'argument_list') return undefined;
  const byPosition = list.filter(({ kind }) => kind !== 'keyword-only');
  let position = 0;
  return given.map((each) => {
    if (each.type !== 'keyword_argument') return { value: each, keyword: undefined, parameter: byPosition[position++] };
    const keyword = textOf(file, childInField(each, 'name')!);
    const parameter = list.find(({ name, kind }) => name === keyword && kind !== 'positional-only');
    return { value: childInField(each, 'value')!, keyword, parameter };
  });
}

/** What is wrong with the arguments of a call of a known function, as a clause. */
export function findArgumentFault(call: SyntaxNode, file: PythonFile, parameters: Parameters): string | undefined {
  const assigned = assignArguments(call, file, parameters);
  if (assigned === undefined) return undefined;
  const tooMany = assigned.some(({ keyword, parameter }) => keyword === undefined && parameter === undefined);
  if (tooMany && !parameters.takesMorePositional) return 'takes fewer arguments by position';
  const unknown = assigned.find(({ keyword, parameter }) => keyword !== undefined && parameter === undefined);
  if (unknown !== undefined && !parameters.takesMoreKeywords) return `has no parameter \`${unknown.keyword}\``;
  const filled = new Set(assigned.map(({ parameter }) => parameter));
  const missing = parameters.list.filter((parameter) => !parameter.hasDefault && !filled.has(parameter)).map(({ name }) => `\`${name}\``);
  return missing.length === 0 ? undefined : `is called without ${missing.join(', ')}`;
}

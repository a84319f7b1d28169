import { childInField } from '../../parse/child-in-field';
import { namedChildren } from '../../parse/named-children';
import type { SyntaxNode } from '../../parse/syntax-node';
import type { Span } from '../../text/span';
import type { FlowCall, FlowExpression, FlowTarget, TestOperator } from './flow-facts';

/** What reading needs besides the node. */
export interface FlowReader {
  readonly text: string;
  /** Told every name that is bound on the way. */
  readonly onBind: (name: string) => void;
}

/** Deeper ones are made by machines. */
const DEEPEST = 40;
const LONGEST_TEXT = 120;
const PLAIN: FlowExpression = { kind: 'plain' };
const TRUE: FlowExpression = { kind: 'true' };

type Read = (node: SyntaxNode, reader: FlowReader, depth: number) => FlowExpression;

/** Reduces an expression to how values move through it. */
export function readFlowExpression(node: SyntaxNode | undefined, reader: FlowReader, depth = 0): FlowExpression {
  if (node === undefined || depth > DEEPEST || !Object.hasOwn(READERS, node.type)) return PLAIN;
  return READERS[node.type]!(node, reader, depth + 1);
}

/** Where an assignment, a loop or a comprehension puts its value. */
export function readFlowTarget(node: SyntaxNode | undefined, reader: FlowReader): FlowTarget {
  switch (node?.type) {
    case 'identifier': {
      const name = textOf(node, reader);
      reader.onBind(name);
      return { kind: 'name', name, span: spanOf(node) };
    }
    case 'attribute': {
      const [object, attribute] = [childInField(node, 'object'), childInField(node, 'attribute')];
      if (object?.type !== 'identifier' || attribute === undefined) return { kind: 'ignored' };
      return { kind: 'attribute', object: textOf(object, reader), name: textOf(attribute, reader) };
    }
    case 'subscript': {
      const object = childInField(node, 'value');
      return object?.type === 'identifier' ? { kind: 'element', object: textOf(object, reader) } : { kind: 'ignored' };
    }
    case 'pattern_list':
    case 'tuple_pattern':
    case 'list_pattern':
    case 'tuple':
    case 'list':
      return { kind: 'unpacked', targets: namedChildren(node).map((child) => readFlowTarget(child, reader)) };
    case 'list_splat_pattern':
    case 'as_pattern_target':
    case 'parenthesized_expression':
      return readFlowTarget(namedChildren(node)[0], reader);
    default:
      return { kind: 'ignored' };
  }
}

function textOf(node: Span, { text }: FlowReader): string {
  return text.slice(node.start, node.end);
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}

const inner: Read = (node, reader, depth) => readFlowExpression(namedChildren(node)[0], reader, depth);
const name: Read = (node, reader) => ({ kind: 'name', name: textOf(node, reader), span: spanOf(node) });

const attribute: Read = (node, reader, depth) => {
  const attributeName = childInField(node, 'attribute');
  const object = readFlowExpression(childInField(node, 'object'), reader, depth);
  return attributeName === undefined ? PLAIN : { kind: 'attribute', object, name: textOf(attributeName, reader), span: spanOf(node) };
};

const call: Read = (node, reader, depth) => {
  const list = childInField(node, 'arguments');
  const read: { -readonly [Key in keyof FlowCall]: FlowCall[Key] } & { positional: FlowExpression[] } = {
    kind: 'call',
    callee: readFlowExpression(childInField(node, 'function'), reader, depth),
    positional: [],
    keywords: [],
    splats: [],
    span: spanOf(node),
  };
  if (list?.type === 'generator_expression') return { ...read, positional: [readFlowExpression(list, reader, depth)] };
  for (const argument of list === undefined ? [] : namedChildren(list)) {
    if (argument.type === 'keyword_argument') {
      const [key, value] = [childInField(argument, 'name'), childInField(argument, 'value')];
      if (key !== undefined)
        read.keywords = [...read.keywords, { name: textOf(key, reader), value: readFlowExpression(value, reader, depth) }];
    } else if (argument.type === 'list_splat' || argument.type === 'dictionary_splat') {
      read.splats = [...read.splats, inner(argument, reader, depth)];
    } else read.positional.push(readFlowExpression(argument, reader, depth));
  }
  return read;
};

const subscript: Read = (node, reader, depth) => {
  const [value, ...keys] = namedChildren(node);
  const items = keys.map((key) => readFlowExpression(key, reader, depth));
  const key: FlowExpression = items.length === 1 ? items[0]! : { kind: 'collection', items };
  return { kind: 'subscript', object: readFlowExpression(value, reader, depth), key };
};

const string: Read = (node, reader, depth) => {
  const holes = node.children.filter(({ type }) => type === 'interpolation');
  if (holes.length === 0) {
    const content = node.children.filter(({ type }) => type === 'string_content');
    const source = content.length === 0 ? '' : reader.text.slice(content[0]!.start, content[content.length - 1]!.end);
    return { kind: 'text', value: source.slice(0, LONGEST_TEXT) };
  }
  const parts = node.children.flatMap((child): FlowExpression[] => {
    if (child.type === 'string_content') return [{ kind: 'text', value: textOf(child, reader).slice(0, LONGEST_TEXT) }];
    return child.type === 'interpolation' ? [readFlowExpression(childInField(child, 'expression'), reader, depth)] : [];
  });
  return { kind: 'joined', parts };
};

const joinedStrings: Read = (node, reader, depth) => ({
  kind: 'joined',
  parts: namedChildren(node).map((child) => readFlowExpression(child, reader, depth)),
});

const JOINING = new Set(['+', '%']);

/** A chain `a + b + c` is one list of parts: long ones must not nest. */
const binary: Read = (node, reader, depth) => {
  const operator = childInField(node, 'operator')?.type ?? '';
  const left = childInField(node, 'left');
  const right = childInField(node, 'right');
  if (operator === '/')
    return { kind: 'divided', left: readFlowExpression(left, reader, depth), right: readFlowExpression(right, reader, depth) };
  const operands: (SyntaxNode | undefined)[] = [right];
  let rest = left;
  while (rest?.type === 'binary_operator' && childInField(rest, 'operator')?.type === operator) {
    operands.push(childInField(rest, 'right'));
    rest = childInField(rest, 'left');
  }
  const items = [...operands, rest].reverse().map((operand) => readFlowExpression(operand, reader, depth));
  return JOINING.has(operator) ? { kind: 'joined', parts: items } : { kind: 'test', operator: operator === '|' ? 'or' : 'other', items };
};

const booleanTest: Read = (node, reader, depth) => {
  const operator = childInField(node, 'operator')?.type === 'and' ? 'and' : 'or';
  const items = [childInField(node, 'left'), childInField(node, 'right')].map((item) => readFlowExpression(item, reader, depth));
  return { kind: 'test', operator, items };
};

const notTest: Read = (node, reader, depth) => ({
  kind: 'test',
  operator: 'not',
  items: [readFlowExpression(childInField(node, 'argument'), reader, depth)],
});

const COMPARISONS: Readonly<Record<string, TestOperator>> = {
  in: 'in',
  'not in': 'not in',
  '==': '==',
  '!=': '!=',
  is: 'is',
  'is not': 'is',
};

const comparison: Read = (node, reader, depth) => {
  const items = namedChildren(node).map((item) => readFlowExpression(item, reader, depth));
  const operators = node.children.filter(({ named }) => !named).map(({ type }) => type);
  const operator = operators.length === 1 && Object.hasOwn(COMPARISONS, operators[0]!) ? COMPARISONS[operators[0]!]! : 'other';
  return { kind: 'test', operator, items };
};

const choice: Read = (node, reader, depth) => {
  const [then, test, otherwise] = namedChildren(node).map((child) => readFlowExpression(child, reader, depth));
  return { kind: 'choice', test: test ?? PLAIN, then: then ?? PLAIN, otherwise: otherwise ?? PLAIN };
};

const collection: Read = (node, reader, depth) => {
  const children = namedChildren(node);
  return { kind: 'collection', items: children.map((child) => readFlowExpression(child, reader, depth)) };
};

const dictionary: Read = (node, reader, depth) => ({
  kind: 'dictionary',
  entries: namedChildren(node).map((pair) => ({
    key: pair.type === 'pair' ? readFlowExpression(childInField(pair, 'key'), reader, depth) : PLAIN,
    value: pair.type === 'pair' ? readFlowExpression(childInField(pair, 'value'), reader, depth) : inner(pair, reader, depth),
  })),
});

const comprehension: Read = (node, reader, depth) => {
  const children = namedChildren(node);
  const clauses = children
    .filter(({ type }) => type === 'for_in_clause')
    .map((clause) => ({
      target: readFlowTarget(childInField(clause, 'left'), reader),
      iterable: readFlowExpression(childInField(clause, 'right'), reader, depth),
    }));
  const conditions = children.filter(({ type }) => type === 'if_clause').map((clause) => inner(clause, reader, depth));
  const body = childInField(node, 'body');
  const elements = body?.type === 'pair' ? namedChildren(body) : body === undefined ? [] : [body];
  return { kind: 'comprehension', clauses, conditions, elements: elements.map((each) => readFlowExpression(each, reader, depth)) };
};

const walrus: Read = (node, reader, depth) => {
  const bound = childInField(node, 'name');
  const value = readFlowExpression(childInField(node, 'value'), reader, depth);
  if (bound === undefined) return value;
  reader.onBind(textOf(bound, reader));
  return { kind: 'walrus', name: textOf(bound, reader), value };
};

/** A parameter of a lambda hides a name of the function around it; what is in it is not known. */
const lambda: Read = (node, reader, depth) => {
  const parameters = childInField(node, 'parameters');
  for (const parameter of parameters === undefined ? [] : namedChildren(parameters)) {
    const bound = parameter.type === 'identifier' ? parameter : childInField(parameter, 'name');
    if (bound !== undefined) reader.onBind(textOf(bound, reader));
  }
  return { kind: 'lambda', body: readFlowExpression(childInField(node, 'body'), reader, depth) };
};

const READERS: Readonly<Record<string, Read>> = {
  identifier: name,
  attribute,
  call,
  subscript,
  string,
  concatenated_string: joinedStrings,
  binary_operator: binary,
  boolean_operator: booleanTest,
  not_operator: notTest,
  comparison_operator: comparison,
  conditional_expression: choice,
  named_expression: walrus,
  await: inner,
  parenthesized_expression: inner,
  list_splat: inner,
  type: inner,
  tuple: collection,
  expression_list: collection,
  list: collection,
  set: collection,
  generic_type: (node, reader, depth) => {
    const [value, parameters] = namedChildren(node);
    const items = parameters === undefined ? [] : namedChildren(parameters).map((item) => readFlowExpression(item, reader, depth));
    const key: FlowExpression = items.length === 1 ? items[0]! : { kind: 'collection', items };
    return { kind: 'subscript', object: readFlowExpression(value, reader, depth), key };
  },
  union_type: (node, reader, depth) => ({
    kind: 'test',
    operator: 'or',
    items: namedChildren(node).map((item) => readFlowExpression(item, reader, depth)),
  }),
  dictionary,
  list_comprehension: comprehension,
  set_comprehension: comprehension,
  dictionary_comprehension: comprehension,
  generator_expression: comprehension,
  lambda,
  true: () => TRUE,
};

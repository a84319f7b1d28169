import { childInField } from '../../parse/child-in-field';
import { childrenInField } from '../../parse/children-in-field';
import { namedChildren } from '../../parse/named-children';
import type { SyntaxNode } from '../../parse/syntax-node';
import type { FlowExpression, FlowStatement } from './flow-facts';
import { readFlowExpression, readFlowTarget, type FlowReader } from './read-flow-expression';

/** What statements need besides what expressions need. */
export interface FlowStatementReader extends FlowReader {
  /** Takes a function inside the function that is read; gives its place among the functions. */
  readonly onFunction: (node: SyntaxNode) => number;
  /** The imports a statement stands for, by the names they bind. */
  readonly importsAt: (offset: number) => readonly Extract<FlowStatement, { kind: 'import' }>[];
}

type Read = (node: SyntaxNode, reader: FlowStatementReader) => readonly FlowStatement[];

/** Reduces a block to what matters to the values in it, in order. */
export function readFlowStatements(block: SyntaxNode | undefined, reader: FlowStatementReader): readonly FlowStatement[] {
  return block === undefined ? [] : namedChildren(block).flatMap((node) => readStatement(node, reader));
}

function readStatement(node: SyntaxNode, reader: FlowStatementReader): readonly FlowStatement[] {
  return Object.hasOwn(READERS, node.type) ? READERS[node.type]!(node, reader) : [];
}

const expressionStatement: Read = (node, reader) => namedChildren(node).flatMap((child) => readExpressionStatement(child, reader));

function readExpressionStatement(node: SyntaxNode, reader: FlowStatementReader): readonly FlowStatement[] {
  if (node.type === 'assignment') return readAssignment(node, reader);
  if (node.type === 'augmented_assignment') return readAugmented(node, reader);
  if (node.type === 'yield') return [{ kind: 'yield', value: readFlowExpression(namedChildren(node)[0], reader) }];
  const value = readFlowExpression(node, reader);
  return canMatter(value) ? [{ kind: 'evaluate', value }] : [];
}

/** `x = y = f()`; `x: int` alone binds nothing. */
function readAssignment(node: SyntaxNode, reader: FlowStatementReader): readonly FlowStatement[] {
  const targets = [];
  let right: SyntaxNode | undefined = node;
  while (right?.type === 'assignment') {
    targets.push(readFlowTarget(childInField(right, 'left'), reader));
    right = childInField(right, 'right');
  }
  if (right === undefined) return [];
  const value = right.type === 'yield' ? PLAIN : readFlowExpression(right, reader);
  return [{ kind: 'assign', targets, value }];
}

function readAugmented(node: SyntaxNode, reader: FlowStatementReader): readonly FlowStatement[] {
  const left = childInField(node, 'left');
  const parts = [left, childInField(node, 'right')].map((part) => readFlowExpression(part, reader));
  return [{ kind: 'assign', targets: [readFlowTarget(left, reader)], value: { kind: 'joined', parts } }];
}

const PLAIN: FlowExpression = { kind: 'plain' };

/** A call that is given nothing, such as `setup()`, tells nothing. */
function canMatter(value: FlowExpression): boolean {
  if (value.kind === 'plain' || value.kind === 'text' || value.kind === 'name') return false;
  if (value.kind !== 'call') return true;
  const given = [...value.positional, ...value.keywords.map((keyword) => keyword.value), ...value.splats];
  return value.callee.kind !== 'name' || given.some(({ kind }) => kind !== 'plain' && kind !== 'text' && kind !== 'true');
}

const ifStatement: Read = (node, reader) => {
  const clauses = [node, ...childrenInField(node, 'alternative')];
  let otherwise: readonly FlowStatement[] = [];
  for (const clause of [...clauses].reverse()) {
    if (clause.type === 'else_clause') otherwise = readFlowStatements(childInField(clause, 'body'), reader);
    else {
      const test = readFlowExpression(childInField(clause, 'condition'), reader);
      otherwise = [{ kind: 'if', test, then: readFlowStatements(childInField(clause, 'consequence'), reader), otherwise }];
    }
  }
  return otherwise;
};

const forStatement: Read = (node, reader) => [
  {
    kind: 'loop',
    head: readFlowExpression(childInField(node, 'right'), reader),
    target: readFlowTarget(childInField(node, 'left'), reader),
    body: readFlowStatements(childInField(node, 'body'), reader),
  },
  ...afterLoop(node, reader),
];

const whileStatement: Read = (node, reader) => [
  {
    kind: 'loop',
    target: undefined,
    head: readFlowExpression(childInField(node, 'condition'), reader),
    body: readFlowStatements(childInField(node, 'body'), reader),
  },
  ...afterLoop(node, reader),
];

const afterLoop: Read = (node, reader) =>
  childrenInField(node, 'alternative').flatMap((clause) => readFlowStatements(childInField(clause, 'body'), reader));

const tryStatement: Read = (node, reader) => {
  const clauses = namedChildren(node);
  const blockOf = (clause: SyntaxNode): readonly FlowStatement[] =>
    readFlowStatements(
      namedChildren(clause).find(({ type }) => type === 'block'),
      reader,
    );
  const handlers = clauses.filter(({ type }) => type === 'except_clause' || type === 'except_group_clause').map(blockOf);
  const otherwise = clauses.filter(({ type }) => type === 'else_clause').flatMap(blockOf);
  return [
    {
      kind: 'try',
      body: [...readFlowStatements(childInField(node, 'body'), reader), ...otherwise],
      handlers,
      last: clauses.filter(({ type }) => type === 'finally_clause').flatMap(blockOf),
    },
  ];
};

/** What `with` opens is what `as` names: true of files, sessions and clients. */
const withStatement: Read = (node, reader) => {
  const items = namedChildren(node).find(({ type }) => type === 'with_clause');
  const opened = (items === undefined ? [] : namedChildren(items)).flatMap((item): FlowStatement[] => {
    const value = childInField(item, 'value');
    if (value?.type !== 'as_pattern') return [{ kind: 'evaluate', value: readFlowExpression(value, reader) }];
    const [expression] = namedChildren(value);
    const target = readFlowTarget(childInField(value, 'alias') ?? namedChildren(value)[1], reader);
    return [{ kind: 'assign', targets: [target], value: readFlowExpression(expression, reader) }];
  });
  return [...opened, ...readFlowStatements(childInField(node, 'body'), reader)];
};

/** Each case runs or not; what the pattern asks of the subject is not read. */
const matchStatement: Read = (node, reader) => {
  const subjects = childrenInField(node, 'subject').map((subject) => readFlowExpression(subject, reader));
  const body = childInField(node, 'body');
  let rest: readonly FlowStatement[] = [];
  for (const clause of [...(body === undefined ? [] : namedChildren(body))].reverse()) {
    const then = readFlowStatements(childInField(clause, 'consequence'), reader);
    rest = [{ kind: 'if', test: { kind: 'test', operator: 'other', items: subjects }, then, otherwise: rest }];
  }
  return rest;
};

const nestedFunction: Read = (node, reader) => {
  const name = childInField(node, 'name');
  if (name === undefined) return [];
  const text = reader.text.slice(name.start, name.end);
  reader.onBind(text);
  return [{ kind: 'define', name: text, function: reader.onFunction(node) }];
};

const decorated: Read = (node, reader) => {
  const definition = childInField(node, 'definition');
  return definition === undefined ? [] : readStatement(definition, reader);
};

const nestedClass: Read = (node, reader) => {
  const name = childInField(node, 'name');
  if (name !== undefined) reader.onBind(reader.text.slice(name.start, name.end));
  return [];
};

const imports: Read = (node, reader) => {
  const found = reader.importsAt(node.start);
  for (const { name } of found) reader.onBind(name);
  return found;
};

const READERS: Readonly<Record<string, Read>> = {
  expression_statement: expressionStatement,
  return_statement: (node, reader) => [{ kind: 'return', value: readFlowExpression(namedChildren(node)[0], reader) }],
  raise_statement: () => [{ kind: 'raise' }],
  break_statement: () => [{ kind: 'jump' }],
  continue_statement: () => [{ kind: 'jump' }],
  assert_statement: (node, reader) => [{ kind: 'assert', test: readFlowExpression(namedChildren(node)[0], reader) }],
  if_statement: ifStatement,
  for_statement: forStatement,
  while_statement: whileStatement,
  try_statement: tryStatement,
  with_statement: withStatement,
  match_statement: matchStatement,
  function_definition: nestedFunction,
  decorated_definition: decorated,
  class_definition: nestedClass,
  import_statement: imports,
  import_from_statement: imports,
};

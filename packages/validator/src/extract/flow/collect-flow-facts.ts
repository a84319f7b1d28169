import { childInField } from '../../parse/child-in-field';
import { namedChildren } from '../../parse/named-children';
import type { SyntaxNode } from '../../parse/syntax-node';
import type { ImportStatement } from '../import-statement';
import type { FlowClass, FlowFacts, FlowFunction, FlowParameter, FlowStatement } from './flow-facts';
import { readFlowExpression, type FlowReader } from './read-flow-expression';
import { readFlowStatements, type FlowStatementReader } from './read-flow-statements';

interface FlowSource {
  readonly text: string;
  readonly imports: readonly ImportStatement[];
}

interface Place {
  readonly node: SyntaxNode;
  readonly className: string | undefined;
}

/** Statements that may hold definitions of the module or of a class. */
const HOLDERS = new Set([
  'module',
  'block',
  'if_statement',
  'elif_clause',
  'else_clause',
  'try_statement',
  'except_clause',
  'finally_clause',
  'with_statement',
  'decorated_definition',
]);

/** Reduces the functions and classes of a file to how values move in them; undefined when it has none that a value could pass. */
export function collectFlowFacts(root: SyntaxNode, source: FlowSource): FlowFacts | undefined {
  const collector = new FlowCollector(source);
  const pending: Place[] = [{ node: root, className: undefined }];
  for (let place = pending.pop(); place !== undefined; place = pending.pop()) pending.push(...[...collector.visit(place)].reverse());
  const { functions, classes } = collector;
  return functions.length + classes.length === 0 ? undefined : { functions, classes };
}

class FlowCollector {
  readonly functions: FlowFunction[] = [];
  readonly classes: FlowClass[] = [];
  private importsByOffset: Map<number, Extract<FlowStatement, { kind: 'import' }>[]> | undefined;

  constructor(private readonly source: FlowSource) {}

  visit({ node, className }: Place): readonly Place[] {
    if (node.type === 'class_definition') return this.addClass(node);
    if (node.type === 'function_definition') {
      if (canCarry(node, this.source.text)) this.addFunction(node, className, undefined);
      return [];
    }
    if (!HOLDERS.has(node.type)) return [];
    return namedChildren(node).map((child) => ({ node: child, className }));
  }

  private addClass(node: SyntaxNode): readonly Place[] {
    const name = childInField(node, 'name');
    const body = childInField(node, 'body');
    if (name === undefined || body === undefined) return [];
    const reader: FlowReader = { text: this.source.text, onBind: () => {} };
    const bases = childInField(node, 'superclasses');
    const read: FlowClass = {
      name: this.textOf(name),
      bases: (bases === undefined ? [] : namedChildren(bases))
        .filter(({ type }) => type !== 'keyword_argument')
        .map((base) => readFlowExpression(base, reader)),
      fields: namedChildren(body).flatMap((statement) => readField(statement, reader)),
    };
    if (read.fields.length + read.bases.length > 0) this.classes.push(read);
    return [{ node: body, className: read.name }];
  }

  private addFunction(node: SyntaxNode, className: string | undefined, outer: number | undefined): number {
    const index = this.functions.length;
    const locals = new Set<string>();
    const reader: FlowStatementReader = {
      text: this.source.text,
      onBind: (name) => locals.add(name),
      onFunction: (inner) => this.addFunction(inner, undefined, index),
      importsAt: (offset) => this.importsAt(offset),
    };
    const name = childInField(node, 'name') ?? node;
    const parameters = readParameters(childInField(node, 'parameters'), reader);
    const empty: FlowFunction = {
      name: this.textOf(name),
      offset: node.start,
      nameSpan: { start: name.start, end: name.end },
      className,
      isStatic: className !== undefined && isStatic(node, this.source.text),
      parameters,
      locals: [],
      outer,
      body: [],
    };
    this.functions.push(empty);
    const body = readFlowStatements(childInField(node, 'body'), reader);
    this.functions[index] = { ...empty, locals: [...locals], body };
    return index;
  }

  private importsAt(offset: number): readonly Extract<FlowStatement, { kind: 'import' }>[] {
    this.importsByOffset ??= groupImports(this.source.imports);
    return this.importsByOffset.get(offset) ?? [];
  }

  private textOf({ start, end }: SyntaxNode): string {
    return this.source.text.slice(start, end);
  }
}

function groupImports(imports: readonly ImportStatement[]): Map<number, Extract<FlowStatement, { kind: 'import' }>[]> {
  const groups = new Map<number, Extract<FlowStatement, { kind: 'import' }>[]>();
  imports.forEach(({ span, names, boundName }, importIndex) => {
    const group = groups.get(span.start) ?? [];
    groups.set(span.start, group);
    if (boundName !== undefined) group.push({ kind: 'import', name: boundName, importIndex, importedNameIndex: undefined });
    names.forEach((name, importedNameIndex) => group.push({ kind: 'import', name: name.boundName, importIndex, importedNameIndex }));
  });
  return groups;
}

/** Request data enters functions by their parameters; a function without any can still hold functions that have some. */
function canCarry(node: SyntaxNode, text: string): boolean {
  const parameters = childInField(node, 'parameters');
  if (parameters !== undefined && namedChildren(parameters).length > 0) return true;
  const body = childInField(node, 'body');
  return body !== undefined && /\bdef\s+\w+/.test(text.slice(body.start, body.end));
}

function isStatic(node: SyntaxNode, text: string): boolean {
  const decorators = node.parent?.type === 'decorated_definition' ? node.parent.children.filter(({ type }) => type === 'decorator') : [];
  return decorators.some(({ start, end }) => text.slice(start + 1, end).trim() === 'staticmethod');
}

function readField(statement: SyntaxNode, reader: FlowReader): FlowClass['fields'] {
  const assignment = statement.type === 'expression_statement' ? namedChildren(statement)[0] : undefined;
  const left = assignment?.type === 'assignment' ? childInField(assignment, 'left') : undefined;
  const annotation = assignment === undefined ? undefined : childInField(assignment, 'type');
  if (assignment === undefined || left?.type !== 'identifier' || annotation === undefined) return [];
  return [
    {
      name: reader.text.slice(left.start, left.end),
      annotation: readFlowExpression(annotation, reader),
      value: readFlowExpression(childInField(assignment, 'right'), reader),
    },
  ];
}

function readParameters(list: SyntaxNode | undefined, reader: FlowReader): readonly FlowParameter[] {
  const found: FlowParameter[] = [];
  let isKeywordOnly = false;
  for (const node of list === undefined ? [] : namedChildren(list)) {
    if (node.type === 'keyword_separator') isKeywordOnly = true;
    const target = node.type === 'identifier' ? node : (childInField(node, 'name') ?? namedChildren(node)[0]);
    if (target === undefined || node.type === 'positional_separator' || node.type === 'keyword_separator') continue;
    const splat = [node, target].find(({ type }) => type === 'list_splat_pattern' || type === 'dictionary_splat_pattern');
    const name = splat === undefined ? target : (namedChildren(splat)[0] ?? target);
    const isRest = splat?.type === 'list_splat_pattern';
    const kind = splat === undefined ? (isKeywordOnly ? 'keyword-only' : 'plain') : isRest ? 'rest' : 'keyword-rest';
    const annotation = childInField(node, 'type');
    found.push({
      name: reader.text.slice(name.start, name.end),
      kind,
      annotation: annotation === undefined ? undefined : readFlowExpression(annotation, reader),
    });
    if (isRest) isKeywordOnly = true;
  }
  return found;
}

import { childInField, namedChildren, type SyntaxNode } from '@org/validator';
import { textOf, type PythonFile } from './python-file';

/** Where a name of a function, a lambda or a comprehension comes from. */
export type Binding =
  /** The value of an expression. */
  | { readonly kind: 'value'; readonly node: SyntaxNode }
  /** What going through the value of an expression gives. */
  | { readonly kind: 'element'; readonly node: SyntaxNode }
  | { readonly kind: 'annotated'; readonly annotation: SyntaxNode }
  /** The object or the class that a method is called on. */
  | { readonly kind: 'receiver'; readonly classNode: SyntaxNode; readonly isClass: boolean }
  | { readonly kind: 'function'; readonly node: SyntaxNode }
  | { readonly kind: 'unknown' };

export interface Scope {
  readonly file: PythonFile;
  readonly node: SyntaxNode;
  readonly bindings: ReadonlyMap<string, readonly Binding[]>;
  /** Undefined for the module, whose names are looked up in the service's code. */
  readonly parent: Scope | undefined;
}

const COMPREHENSIONS = new Set(['list_comprehension', 'set_comprehension', 'dictionary_comprehension', 'generator_expression']);

export function opensScope({ type, named }: SyntaxNode): boolean {
  // The word `lambda` is a node, too.
  return named && (type === 'function_definition' || type === 'lambda' || COMPREHENSIONS.has(type));
}

export function moduleScope(file: PythonFile): Scope {
  return { file, node: file.root, bindings: new Map(), parent: undefined };
}

/** The scope that a function, a lambda or a comprehension opens. */
export function scopeOf(node: SyntaxNode, parent: Scope): Scope {
  const { file } = parent;
  const bindings = new Map<string, Binding[]>();
  const bind = (name: SyntaxNode, binding: Binding): void => {
    const text = textOf(file, name);
    bindings.set(text, [...(bindings.get(text) ?? []), binding]);
  };
  if (!COMPREHENSIONS.has(node.type)) bindParameters(node, file, bind);
  for (const child of node.children) if (child.field !== 'parameters' && child.field !== 'name') bindBelow(child, file, bind);
  return { file, node, bindings, parent };
}

type Bind = (name: SyntaxNode, binding: Binding) => void;

function bindParameters(node: SyntaxNode, file: PythonFile, bind: Bind): void {
  const parameters = childInField(node, 'parameters');
  namedChildren(parameters ?? { ...node, children: [] }).forEach((parameter, index) => {
    const annotation = childInField(parameter, 'type');
    const receiver = index === 0 && annotation === undefined ? receiverOf(node, file) : undefined;
    const name = parameter.type === 'identifier' ? parameter : (childInField(parameter, 'name') ?? parameter.children[0]);
    if (name === undefined) return;
    if (name.type !== 'identifier') for (const each of targetsOf(name)) bind(each, { kind: 'unknown' });
    else bind(name, receiver ?? (annotation === undefined ? { kind: 'unknown' } : { kind: 'annotated', annotation }));
  });
}

function receiverOf(node: SyntaxNode, file: PythonFile): Binding | undefined {
  const outer = node.parent?.type === 'decorated_definition' ? node.parent : node;
  const classNode = outer.parent?.parent;
  if (node.type !== 'function_definition' || classNode?.type !== 'class_definition') return undefined;
  const decorators = outer === node ? '' : file.text.slice(outer.start, node.start);
  return /@staticmethod\b/.test(decorators)
    ? undefined
    : { kind: 'receiver', classNode, isClass: /@(?:classmethod|field_validator|validator|model_validator)\b/.test(decorators) };
}

/** Everything that a part of a function binds in the function; what opens a scope of its own binds nothing but its name. */
function bindBelow(node: SyntaxNode, file: PythonFile, bind: Bind): void {
  if (node.type === 'function_definition') return bind(childInField(node, 'name')!, { kind: 'function', node });
  if (node.type === 'class_definition') return bind(childInField(node, 'name')!, { kind: 'unknown' });
  bindHere(node, bind);
  for (const child of node.children) if (!opensScope(child) || child.type === 'function_definition') bindBelow(child, file, bind);
}

function bindHere(node: SyntaxNode, bind: Bind): void {
  switch (node.type) {
    case 'assignment':
      return bindAssignment(node, bind);
    case 'augmented_assignment':
      return bindTargets(childInField(node, 'left')!, { kind: 'unknown' }, bind);
    case 'named_expression':
      return bind(childInField(node, 'name')!, { kind: 'value', node: childInField(node, 'value')! });
    case 'for_statement':
    case 'for_in_clause':
      return bindTargets(childInField(node, 'left')!, { kind: 'element', node: childInField(node, 'right')! }, bind);
    case 'as_pattern_target':
    case 'case_pattern':
    case 'global_statement':
    case 'nonlocal_statement':
    case 'import_from_statement':
    case 'import_statement':
      return bindTargets(node, { kind: 'unknown' }, bind);
    default:
      return undefined;
  }
}

function bindAssignment(node: SyntaxNode, bind: Bind): void {
  const left = childInField(node, 'left')!;
  const annotation = childInField(node, 'type');
  const right = childInField(node, 'right');
  if (annotation !== undefined) bindTargets(left, { kind: 'annotated', annotation }, bind);
  else if (right !== undefined) bindTargets(left, { kind: 'value', node: right }, bind);
}

/** A name gets the binding; names inside a pattern get parts of it, and which is not known. */
function bindTargets(target: SyntaxNode, binding: Binding, bind: Bind): void {
  if (target.type === 'identifier') bind(target, binding);
  else for (const each of targetsOf(target)) bind(each, { kind: 'unknown' });
}

/** Names that an assignment to a pattern binds; objects whose attribute or item is stored are not among them. */
function targetsOf(node: SyntaxNode): readonly SyntaxNode[] {
  if (node.type === 'identifier') return [node];
  if (node.type === 'attribute' || node.type === 'subscript' || node.type === 'call') return [];
  return node.children.flatMap(targetsOf);
}

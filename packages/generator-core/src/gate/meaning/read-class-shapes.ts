import { childInField, namedChildren, type SyntaxNode } from '@org/validator';
import type { ClassShape, FunctionShape, MemberShape } from './class-shape';
import { nodesBelow, textOf, type PythonFile } from './python-file';

/** The classes of a module by name; those inside functions and classes are nobody's business from outside. */
export function readClassShapes(file: PythonFile): ReadonlyMap<string, ClassShape> {
  const shapes = new Map<string, ClassShape>();
  for (const statement of namedChildren(file.root)) {
    const node = definitionIn(statement);
    if (node.type === 'class_definition') shapes.set(nameOf(file, node), readClass(file, node));
  }
  return shapes;
}

/** The functions of a module by name. */
export function readFunctionShapes(file: PythonFile): ReadonlyMap<string, FunctionShape> {
  const shapes = new Map<string, FunctionShape>();
  for (const statement of namedChildren(file.root)) {
    const node = definitionIn(statement);
    if (node.type === 'function_definition') shapes.set(nameOf(file, node), readFunction(file, node, false));
  }
  return shapes;
}

/** What stands under the decorators, if any. */
export function definitionIn(statement: SyntaxNode): SyntaxNode {
  return statement.type === 'decorated_definition' ? (childInField(statement, 'definition') ?? statement) : statement;
}

function nameOf(file: PythonFile, node: SyntaxNode): string {
  return textOf(file, childInField(node, 'name')!);
}

function decoratorsOf(file: PythonFile, node: SyntaxNode): readonly string[] {
  const { parent } = node;
  if (parent?.type !== 'decorated_definition') return [];
  return parent.children.filter(({ type }) => type === 'decorator').map((child) => textOf(file, child).slice(1).trim());
}

const HARMLESS_ON_CLASSES = /^(?:dataclasses\.)?dataclass\b|^(?:typing\.)?final$|^(?:functools\.)?total_ordering$/;

/** Pydantic: what is not declared is kept, too. */
const TAKES_ANY_FIELD = /\bextra["']?\s*[=:]\s*["']allow["']|\bExtra\.allow\b/;

function readClass(file: PythonFile, node: SyntaxNode): ClassShape {
  const heads = namedChildren(childInField(node, 'superclasses') ?? { ...node, children: [] });
  const members = new Map<string, MemberShape>();
  for (const statement of namedChildren(childInField(node, 'body')!)) {
    for (const [name, member] of membersIn(file, statement)) members.set(name, member);
  }
  for (const [name, member] of storedOnSelf(file, node)) if (!members.has(name)) members.set(name, member);
  for (const name of storedFromModule(file, nameOf(file, node))) members.set(name, { kind: 'field', annotation: undefined });
  return {
    file,
    name: nameOf(file, node),
    node,
    bases: heads.filter(({ type }) => type !== 'keyword_argument'),
    members,
    isOpen:
      heads.some((head) => head.type === 'keyword_argument' || head.type.endsWith('splat')) ||
      decoratorsOf(file, node).some((decorator) => !HARMLESS_ON_CLASSES.test(decorator)) ||
      members.has('__getattr__') ||
      members.has('__getattribute__') ||
      members.has('__get__') ||
      TAKES_ANY_FIELD.test(textOf(file, node)) ||
      namedChildren(childInField(node, 'body')!).some(({ type }) => /^(?:if|for|while|with|try|match)_statement$/.test(type)),
  };
}

function membersIn(file: PythonFile, statement: SyntaxNode): readonly [string, MemberShape][] {
  const definition = definitionIn(statement);
  if (definition.type === 'function_definition') return [[nameOf(file, definition), readMethod(file, definition)]];
  if (definition.type === 'class_definition') return [[nameOf(file, definition), { kind: 'field', annotation: undefined }]];
  const assignment = statement.type === 'expression_statement' ? statement.children[0] : undefined;
  if (assignment?.type !== 'assignment') return [];
  const annotation = childInField(assignment, 'type');
  const targets = [...nodesBelow(childInField(assignment, 'left')!)].filter(({ type }) => type === 'identifier');
  return targets.map((target) => [textOf(file, target), { kind: 'field', annotation }]);
}

function readMethod(file: PythonFile, node: SyntaxNode): MemberShape {
  const shape = readFunction(file, node, true);
  const isProperty = decoratorsOf(file, node).some((each) => /^(?:functools\.)?(?:cached_)?property$|\.setter$/.test(each));
  return { kind: isProperty ? 'property' : 'method', function: shape };
}

const HARMLESS_ON_FUNCTIONS =
  /^(?:\w+\.)?(?:lru_cache|cache)\b|^\w*router\.(?:get|post|put|patch|delete)\b|^(?:staticmethod|classmethod|unimplemented|override)$|^(?:functools\.)?(?:cached_)?property$/;

export function readFunction(file: PythonFile, node: SyntaxNode, isMethod: boolean): FunctionShape {
  const decorators = decoratorsOf(file, node);
  const isAsync = node.children[0]?.type === 'async';
  const body = childInField(node, 'body')!;
  const isGenerator = [...nodesBelow(body, isScope)].some(({ type }) => type === 'yield');
  return {
    file,
    name: nameOf(file, node),
    node,
    isCoroutine: isAsync && !isGenerator,
    isOpaque: isGenerator || decorators.some((decorator) => !HARMLESS_ON_FUNCTIONS.test(decorator)),
    binding: !isMethod || decorators.includes('staticmethod') ? 'none' : decorators.includes('classmethod') ? 'class' : 'self',
  };
}

function isScope({ type }: SyntaxNode): boolean {
  return type === 'function_definition' || type === 'class_definition' || type === 'lambda';
}

/** `self.session = session`: what a method stores; its type is that of the parameter it comes from. */
function storedOnSelf(file: PythonFile, node: SyntaxNode): readonly [string, MemberShape][] {
  return [...nodesBelow(childInField(node, 'body')!)].flatMap((each): [string, MemberShape][] => {
    const left = each.type === 'assignment' || each.type === 'augmented_assignment' ? childInField(each, 'left') : undefined;
    if (left === undefined) return [];
    return [...nodesBelow(left)]
      .filter(({ type, children }) => type === 'attribute' && textOf(file, children[0]!) === 'self')
      .map((target) => [
        textOf(file, childInField(target, 'attribute')!),
        { kind: 'field', annotation: childInField(each, 'type') ?? annotationOfSource(file, each) },
      ]);
  });
}

function annotationOfSource(file: PythonFile, assignment: SyntaxNode): SyntaxNode | undefined {
  const right = childInField(assignment, 'right');
  if (right?.type !== 'identifier') return undefined;
  let owner = assignment.parent;
  while (owner !== undefined && owner.type !== 'function_definition') owner = owner.parent;
  const parameters = owner === undefined ? [] : namedChildren(childInField(owner, 'parameters')!);
  const source = parameters.find((each) => each.children[0] !== undefined && textOf(file, each.children[0]) === textOf(file, right));
  return source === undefined ? undefined : childInField(source, 'type');
}

/** `Book.rating = column_property(…)` after the class: how SQLAlchemy adds what needs the class itself. */
function storedFromModule(file: PythonFile, name: string): readonly string[] {
  const stored = new RegExp(`^${name}\\.(\\w+)\\s*(?::[^=\\n]+)?=[^=]`, 'gm');
  return [...file.text.matchAll(stored)].map(([, attribute]) => attribute!);
}

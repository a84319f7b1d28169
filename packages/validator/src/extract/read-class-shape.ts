import { BUILTIN_NAMES } from '../python/builtin-names.data';
import { childInField } from '../parse/child-in-field';
import { namedChildren } from '../parse/named-children';
import type { SyntaxNode } from '../parse/syntax-node';
import type { ClassField, ClassShape, FunctionShape, OwnReference } from './callable';
import { dottedParts } from './dotted-parts';
import type { FactCollector } from './fact-collector';
import { knownImport } from './known-import';
import { decoratorsOf, readFunctionShape, withoutFirst } from './read-function-shape';
import { shorten } from './read-parameters';
import type { Scope } from './scope';

const PLAIN_BASES: ReadonlySet<string> = new Set(['abc.ABC', 'typing.Generic', 'typing.Protocol', 'typing_extensions.Protocol']);
/** Where a name in an annotation is a type for certain, and no alias with a default in it. */
const TYPE_MODULES = new Set(['datetime', 'uuid', 'decimal', 'enum', 'pathlib', 'typing', 'collections.abc', 'pydantic']);
const DATACLASS = 'dataclasses.dataclass';
/** Statements that bind nothing but what stands in the class body itself. */
const PLAIN_STATEMENTS = new Set([
  'expression_statement',
  'function_definition',
  'class_definition',
  'decorated_definition',
  'pass_statement',
]);
/** Methods with which a class answers its own call in another way than with `__init__`. */
const CONSTRUCTION = new Set(['__new__', '__call__', '__init_subclass__', '__class_getitem__', '__get_pydantic_core_schema__']);

/** Undefined when running the program alone can tell how the class is called. */
export function readClassShape(node: SyntaxNode, scope: Scope, facts: FactCollector): ClassShape | undefined {
  const bases = readBases(node, scope, facts);
  const decoration = readDecoration(node, scope, facts);
  const members = readMembers(node, facts);
  if (bases === undefined || decoration === undefined || members === undefined) return undefined;
  const isConstructorPlain = !['__new__', '__init_subclass__'].some((name) => members.names.has(name));
  if (!isConstructorPlain) return undefined;
  const { functions, fieldNodes, names } = members;
  const ownConstructor = functions.get('__init__');
  const initializer = ownConstructor === undefined ? undefined : readFunctionShape(ownConstructor, scope, facts);
  const constructorShape = initializer === undefined || decoratorsOf(ownConstructor!).length > 0 ? undefined : withoutFirst(initializer);
  if (names.has('__init__') && constructorShape === undefined) return undefined;
  const fields = readFields(fieldNodes, decoration.isKeywordOnly, facts);
  if (fields === undefined) return undefined;
  return {
    kind: 'class',
    line: facts.lines.position(childInField(node, 'name')?.start ?? node.start).line,
    bases,
    isDataclass: decoration.isDataclass,
    constructorShape,
    fields,
    mayFillFields: /alias|model_validator|root_validator|model_construct|__get_pydantic|__pydantic/.test(facts.textOf(node)),
    methods: readMethods(functions, scope, facts),
  };
}

function readBases(node: SyntaxNode, scope: Scope, facts: FactCollector): readonly OwnReference[] | undefined {
  const list = childInField(node, 'superclasses');
  const bases: OwnReference[] = [];
  for (const argument of list === undefined ? [] : namedChildren(list)) {
    const base = argument.type === 'subscript' ? childInField(argument, 'value')! : argument;
    const parts = dottedParts(base, facts);
    if (parts === undefined) return undefined;
    const [name, ...attributes] = parts;
    if (name === 'object' || PLAIN_BASES.has(knownImport(base, scope, facts) ?? '')) continue;
    bases.push({ kind: 'own', name: name!, attributes });
  }
  return bases;
}

interface Decoration {
  readonly isDataclass: boolean;
  readonly isKeywordOnly: boolean;
}

function readDecoration(node: SyntaxNode, scope: Scope, facts: FactCollector): Decoration | undefined {
  const decorators = decoratorsOf(node);
  if (decorators.length === 0) return { isDataclass: false, isKeywordOnly: false };
  const callee = decorators[0]!.type === 'call' ? childInField(decorators[0]!, 'function')! : decorators[0]!;
  if (decorators.length > 1 || knownImport(callee, scope, facts) !== DATACLASS) return undefined;
  const source = facts.textOf(decorators[0]!).replace(/\s/g, '');
  if (/\binit=|\*\*|kw_only=(?!True|False)/.test(source)) return undefined;
  return { isDataclass: true, isKeywordOnly: source.includes('kw_only=True') };
}

interface Members {
  /** Functions that are bound once. */
  readonly functions: ReadonlyMap<string, SyntaxNode>;
  readonly fieldNodes: readonly SyntaxNode[];
  readonly names: ReadonlySet<string>;
}

/** Undefined when the body does more than define and assign. */
function readMembers(node: SyntaxNode, facts: FactCollector): Members | undefined {
  const functions = new Map<string, SyntaxNode>();
  const fieldNodes: SyntaxNode[] = [];
  const names = new Set<string>();
  const body = childInField(node, 'body');
  for (const statement of body === undefined ? [] : namedChildren(body)) {
    if (!PLAIN_STATEMENTS.has(statement.type)) return undefined;
    const definition = statement.type === 'decorated_definition' ? childInField(statement, 'definition')! : statement;
    const isDefinition = definition.type === 'function_definition' || definition.type === 'class_definition';
    const bound = isDefinition ? [childInField(definition, 'name')!] : assignedNames(definition);
    for (const name of bound.map((each) => facts.nameOf(each))) {
      if (names.has(name)) functions.delete(name);
      else if (definition.type === 'function_definition') functions.set(name, definition);
      names.add(name);
    }
    const expression = definition.children[0];
    if (!isDefinition && expression?.type === 'assignment' && childInField(expression, 'type') !== undefined) fieldNodes.push(expression);
  }
  return { functions, fieldNodes, names };
}

function assignedNames(statement: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  const pending = statement.children.filter(({ type }) => type === 'assignment' || type === 'augmented_assignment');
  while (pending.length > 0) {
    const node = pending.pop()!;
    if (node.type === 'identifier') found.push(node);
    else if (node.type === 'assignment' || node.type === 'augmented_assignment') {
      const right = childInField(node, 'right');
      pending.push(childInField(node, 'left')!, ...(right?.type === 'assignment' ? [right] : []));
    } else if (node.type !== 'attribute' && node.type !== 'subscript') pending.push(...namedChildren(node));
  }
  return found;
}

function readMethods(
  functions: ReadonlyMap<string, SyntaxNode>,
  scope: Scope,
  facts: FactCollector,
): Readonly<Record<string, FunctionShape>> {
  const methods: [string, FunctionShape][] = [];
  for (const [name, node] of functions) {
    const shape = CONSTRUCTION.has(name) ? undefined : readFunctionShape(node, scope, facts);
    if (shape !== undefined) methods.push([name, shape]);
  }
  return Object.fromEntries(methods);
}

/** Undefined when a field's part in the constructor cannot be told. */
function readFields(nodes: readonly SyntaxNode[], areKeywordOnly: boolean, facts: FactCollector): readonly ClassField[] | undefined {
  const fields = new Map<string, ClassField>();
  let isKeywordOnly = areKeywordOnly;
  for (const node of nodes) {
    const left = childInField(node, 'left')!;
    const annotation = facts.textOf(childInField(node, 'type')!);
    const value = childInField(node, 'right');
    if (left.type !== 'identifier' || /^["']?(\w+\.)?ClassVar\b/.test(annotation)) continue;
    if (/^(\w+\.)?KW_ONLY$/.test(annotation)) {
      isKeywordOnly = true;
      continue;
    }
    const source = value === undefined ? '' : facts.textOf(value).replace(/\s/g, '');
    if (/^(\w+\.)?(field|Field|PrivateAttr)\(/.test(source) && /\binit=|kw_only=|\*\*/.test(source)) return undefined;
    fields.set(facts.nameOf(left), {
      name: facts.nameOf(left),
      hasDefault: value !== undefined && !isRequiredMarker(source),
      isLenient: isLenient(annotation, facts),
      isKeywordOnly,
      text: shorten(facts.textOf(node)),
    });
  }
  return [...fields.values()];
}

/** `...`, `Field(...)`, `Field(min_length=1)` and `field(repr=False)` give no default. */
function isRequiredMarker(source: string): boolean {
  if (source === '...') return true;
  if (!/^(\w+\.)?(field|Field)\(/.test(source)) return false;
  if (/\b(default|default_factory|factory)=/.test(source)) return false;
  return /^(\w+\.)?(field|Field)\((\.\.\.|\)|\w+=)/.test(source);
}

/** Whether a model may do without a value: None is allowed, or the annotation is an alias that may hold a default. */
function isLenient(annotation: string, facts: FactCollector): boolean {
  if (/\b(Optional|Any|None|object|Annotated|Field|Union)\b|["']/.test(annotation)) return true;
  return (annotation.match(/\b[A-Za-z_]\w*\b/g) ?? []).some((name) => {
    const [binding, ...others] = facts.moduleScope.names.get(name)?.bindings ?? [];
    if (binding === undefined) return !BUILTIN_NAMES.has(name);
    if (others.length > 0 || binding.importIndex === undefined) return binding.kind !== 'class';
    return !TYPE_MODULES.has(facts.imports[binding.importIndex]!.module);
  });
}

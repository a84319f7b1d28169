import { childInField, namedChildren, type SyntaxNode } from '@org/validator';
import type { ClassShape, FunctionShape } from './class-shape';
import { isSameType, type InferredType } from './inferred-type';
import { SELECT_STEPS, SESSION_COROUTINES, SESSION_PROCEDURES } from './known-classes.data';
import { textOf, type PythonFile } from './python-file';
import { readFunction } from './read-class-shapes';
import { moduleScope, opensScope, scopeOf, type Binding, type Scope } from './scope';
import type { Definition, ServiceCode } from './service-code';

const DEEPEST = 24;
const SEQUENCES = new Set(['list', 'List', 'Sequence', 'Iterable', 'Collection', 'set', 'frozenset', 'Set', 'Iterator']);
const MAPPINGS = new Set(['dict', 'Dict', 'Mapping']);
const TRANSPARENT = new Set(['Annotated', 'Optional', 'Mapped', 'Final', 'ClassVar']);

/** Tells the types of expressions from annotations and from what SQLAlchemy's sessions give; undefined where that is not certain. */
export class TypeReader {
  /** A node stands in one scope only. While its type is being read it has none: a name may rest on itself. */
  private readonly known = new Map<SyntaxNode, InferredType | undefined>();

  constructor(private readonly code: ServiceCode) {}

  typeOf(node: SyntaxNode, scope: Scope): InferredType | undefined {
    if (this.known.has(node)) return this.known.get(node);
    this.known.set(node, undefined);
    const type = this.read(node, scope);
    this.known.set(node, type);
    return type;
  }

  /** The type that an annotation stands for, in the module it is written in. */
  annotated(node: SyntaxNode | undefined, file: PythonFile, depth = 0): InferredType | undefined {
    if (node === undefined || depth > DEEPEST) return undefined;
    switch (node.type) {
      case 'type':
      case 'parenthesized_expression':
        return this.annotated(namedChildren(node)[0], file, depth + 1);
      case 'string':
        return this.namedType(/^["'](\w+)["']$/.exec(textOf(file, node))?.[1], file, depth);
      case 'identifier':
        return this.namedType(textOf(file, node), file, depth);
      case 'binary_operator':
        return this.eitherOrNone(namedChildren(node), file, depth);
      case 'generic_type':
      case 'subscript':
        return this.generic(node, file, depth);
      default:
        return undefined;
    }
  }

  private eitherOrNone(sides: readonly SyntaxNode[], file: PythonFile, depth: number): InferredType | undefined {
    const some = sides.filter((side) => textOf(file, side) !== 'None');
    return sides.length === 2 && some.length === 1 ? this.annotated(some[0], file, depth + 1) : undefined;
  }

  private generic(node: SyntaxNode, file: PythonFile, depth: number): InferredType | undefined {
    const [head, ...rest] = namedChildren(node);
    const args = node.type === 'subscript' ? rest : namedChildren(rest[0]!);
    const name = textOf(file, head!);
    if (TRANSPARENT.has(name)) return this.annotated(args[0], file, depth + 1);
    if (SEQUENCES.has(name)) return { kind: 'list', of: this.annotated(args[0], file, depth + 1) };
    if (MAPPINGS.has(name)) return { kind: 'dict', of: this.annotated(args[1], file, depth + 1) };
    return head!.type === 'identifier' ? this.namedType(name, file, depth) : undefined;
  }

  private namedType(name: string | undefined, file: PythonFile, depth: number): InferredType | undefined {
    const definition = name === undefined ? undefined : this.code.definition(file.module, name);
    switch (definition?.kind) {
      case 'class':
        return { kind: 'instance', of: definition.of };
      case 'value':
        return this.annotated(definition.node, definition.file, depth + 1);
      case 'library':
        return definition.module.startsWith('sqlalchemy.ext.asyncio') && definition.name === 'AsyncSession'
          ? { kind: 'session' }
          : undefined;
      default:
        return undefined;
    }
  }

  private read(node: SyntaxNode, scope: Scope): InferredType | undefined {
    switch (node.type) {
      case 'identifier':
        return this.nameType(node, scope);
      case 'parenthesized_expression':
        return this.typeOf(namedChildren(node)[0]!, scope);
      case 'named_expression':
        return this.typeOf(childInField(node, 'value')!, scope);
      case 'attribute':
        return this.attributeType(node, scope);
      case 'call':
        return this.callType(node, scope);
      case 'await':
        return awaited(this.typeOf(namedChildren(node)[0]!, scope));
      case 'list_comprehension':
      case 'set_comprehension':
        return { kind: 'list', of: this.typeOf(childInField(node, 'body')!, scopeOf(node, scope)) };
      case 'dictionary_comprehension': {
        const pair = childInField(node, 'body');
        const value = pair === undefined ? undefined : childInField(pair, 'value');
        return { kind: 'dict', of: value === undefined ? undefined : this.typeOf(value, scopeOf(node, scope)) };
      }
      case 'subscript':
        return this.itemType(node, scope);
      default:
        return undefined;
    }
  }

  private nameType(node: SyntaxNode, scope: Scope): InferredType | undefined {
    const name = textOf(scope.file, node);
    for (let current: Scope | undefined = scope; current !== undefined; current = current.parent) {
      const bindings = current.bindings.get(name);
      if (bindings !== undefined) return this.onlyType(bindings, current);
    }
    return this.definedType(this.code.definition(scope.file.module, name));
  }

  private definedType(definition: Definition | undefined): InferredType | undefined {
    switch (definition?.kind) {
      case 'class':
      case 'function':
      case 'module':
        return definition;
      case 'value':
        return this.typeOf(definition.node, moduleScope(definition.file));
      case 'library':
        return definition.module === 'sqlalchemy' && definition.name === 'select' ? { kind: 'select-function' } : undefined;
      case undefined:
        return undefined;
    }
  }

  /** A name that is bound more than once has a type only if every binding gives the same. */
  private onlyType(bindings: readonly Binding[], scope: Scope): InferredType | undefined {
    const [first, ...others] = bindings.map((binding) => this.bindingType(binding, scope));
    return others.every((other) => isSameType(first, other)) ? first : undefined;
  }

  private bindingType(binding: Binding, scope: Scope): InferredType | undefined {
    switch (binding.kind) {
      case 'value':
        return this.typeOf(binding.node, scope);
      case 'element':
        return elementOf(this.typeOf(binding.node, scope));
      case 'annotated':
        return this.annotated(binding.annotation, scope.file);
      case 'function':
        return { kind: 'function', of: readFunction(scope.file, binding.node, false) };
      case 'receiver': {
        const name = textOf(scope.file, childInField(binding.classNode, 'name')!);
        const definition = this.code.definition(scope.file.module, name);
        return definition?.kind === 'class' && definition.of.node.start === binding.classNode.start
          ? { kind: binding.isClass ? 'class' : 'instance', of: definition.of }
          : undefined;
      }
      case 'unknown':
        return undefined;
    }
  }

  private attributeType(node: SyntaxNode, scope: Scope): InferredType | undefined {
    const receiver = this.typeOf(childInField(node, 'object')!, scope);
    const name = textOf(scope.file, childInField(node, 'attribute')!);
    switch (receiver?.kind) {
      case 'session':
        return { kind: 'session-method', of: name };
      case 'select':
        return SELECT_STEPS.has(name) ? { kind: 'select-step', of: receiver.of } : undefined;
      case 'scalars':
        return { kind: 'scalars-method', of: receiver.of, name };
      case 'module':
        return this.definedType(this.code.definition(receiver.of, name));
      case 'instance':
      case 'class':
        return this.memberType(receiver, name);
      default:
        return undefined;
    }
  }

  private memberType(
    { kind, of }: { readonly kind: 'instance' | 'class'; readonly of: ClassShape },
    name: string,
  ): InferredType | undefined {
    const member = this.code.member(of, name);
    switch (member?.kind) {
      case 'field':
        return kind === 'instance' ? this.annotated(member.annotation, this.fileOf(of, name)) : undefined;
      case 'property':
        return kind === 'instance' && !member.function.isCoroutine ? this.returned(member.function) : undefined;
      case 'method':
        return { kind: 'method', of: member.function, isBound: kind === 'instance' || member.function.binding === 'class' };
      case undefined:
        return undefined;
    }
  }

  /** The file of the class that has the field: its annotation is written there. */
  private fileOf(shape: ClassShape, name: string): PythonFile {
    return this.code.owner(shape, name)?.file ?? shape.file;
  }

  private callType(node: SyntaxNode, scope: Scope): InferredType | undefined {
    const callee = this.typeOf(childInField(node, 'function')!, scope);
    const call = textOf(scope.file, childInField(node, 'function')!).replace(/\s+/g, ' ');
    switch (callee?.kind) {
      case 'class':
        return { kind: 'instance', of: callee.of };
      case 'function':
      case 'method':
        return this.result(callee.of, call);
      case 'session-method':
        return this.sessionResult(callee.of, { node, scope, call });
      case 'select-function':
        return this.selected(node, scope);
      case 'select-step':
        return { kind: 'select', of: callee.of };
      case 'scalars-method':
        return scalarsResult(callee);
      default:
        return this.builtinResult(node, scope);
    }
  }

  /** What a call gives: a coroutine, or what its annotation says. */
  private result(shape: FunctionShape, call: string): InferredType | undefined {
    if (shape.isOpaque) return undefined;
    const of = this.returned(shape);
    return shape.isCoroutine ? { kind: 'coroutine', of, call } : of;
  }

  private returned({ node, file }: FunctionShape): InferredType | undefined {
    return this.annotated(childInField(node, 'return_type'), file);
  }

  private sessionResult(
    name: string,
    { node, scope, call }: { readonly node: SyntaxNode; readonly scope: Scope; readonly call: string },
  ): InferredType | undefined {
    if (SESSION_PROCEDURES.has(name)) return { kind: 'nothing', call };
    if (!SESSION_COROUTINES.has(name)) return undefined;
    const [first] = argumentsOf(node);
    const given = first === undefined ? undefined : this.typeOf(first, scope);
    const row: InferredType | undefined =
      given?.kind === 'select' || given?.kind === 'class' ? { kind: 'instance', of: given.of } : undefined;
    if (row !== undefined && given?.kind === 'select' && name === 'scalars')
      return { kind: 'coroutine', of: { kind: 'scalars', of: row }, call };
    const isRow = given?.kind === 'select' ? name === 'scalar' : name === 'get' || name === 'get_one';
    return { kind: 'coroutine', of: isRow ? row : undefined, call };
  }

  /** `select(Book)` gives books; `select(Book, sold)` and `select(Book.id)` give something else. */
  private selected(node: SyntaxNode, scope: Scope): InferredType | undefined {
    const given = argumentsOf(node);
    const only = given.length === 1 ? this.typeOf(given[0]!, scope) : undefined;
    return only?.kind === 'class' ? { kind: 'select', of: only.of } : undefined;
  }

  private builtinResult(node: SyntaxNode, scope: Scope): InferredType | undefined {
    const callee = childInField(node, 'function')!;
    const [first] = argumentsOf(node);
    if (first === undefined) return undefined;
    if (callee.type === 'identifier' && /^(?:list|sorted|reversed|tuple|set)$/.test(textOf(scope.file, callee)))
      return { kind: 'list', of: elementOf(this.typeOf(first, scope)) };
    return undefined;
  }

  private itemType(node: SyntaxNode, scope: Scope): InferredType | undefined {
    const value = this.typeOf(childInField(node, 'value')!, scope);
    const index = childInField(node, 'subscript');
    if (value?.kind === 'dict') return value.of;
    return value?.kind === 'list' && index?.type !== 'slice' ? value.of : undefined;
  }
}

/** Arguments by position and by name alike, without the parentheses; those of a generator expression are none. */
export function argumentsOf(call: SyntaxNode): readonly SyntaxNode[] {
  const list = childInField(call, 'arguments');
  return list === undefined || opensScope(list) ? [] : namedChildren(list);
}

function awaited(type: InferredType | undefined): InferredType | undefined {
  return type?.kind === 'coroutine' ? type.of : undefined;
}

function elementOf(type: InferredType | undefined): InferredType | undefined {
  return type?.kind === 'list' || type?.kind === 'scalars' ? type.of : undefined;
}

function scalarsResult({ of, name }: Extract<InferredType, { kind: 'scalars-method' }>): InferredType | undefined {
  if (name === 'all' || name === 'fetchall') return { kind: 'list', of };
  if (name === 'unique') return { kind: 'scalars', of };
  return name === 'first' || name === 'one' || name === 'one_or_none' ? of : undefined;
}

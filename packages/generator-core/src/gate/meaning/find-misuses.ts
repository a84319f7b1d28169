import { childInField, namedChildren, type Diagnostic, type SyntaxNode } from '@org/validator';
import { diagnosticAt } from '../diagnostic-at';
import type { ClassShape } from './class-shape';
import { assignArguments, findArgumentFault, parametersOf, type Parameters } from './find-argument-fault';
import type { InferredType } from './inferred-type';
import { SESSION_MEMBERS } from './known-classes.data';
import { lineOf, textOf, type PythonFile } from './python-file';
import { moduleScope, opensScope, scopeOf, type Scope } from './scope';
import type { ServiceCode } from './service-code';
import { argumentsOf, TypeReader } from './type-reader';

/**
 * Uses that fail when they run, where the types are certain: names that an object does not have, coroutines that nobody awaits,
 * `await` of what is no coroutine, wrong arguments of methods. A file in which nothing is certain has none.
 */
export function findMisuses(file: PythonFile, code: ServiceCode): readonly Diagnostic[] {
  return new MisuseFinder(file, code).find();
}

/** Not certain: Python may have been told what the object is. */
const NARROWED = /\b(?:isinstance|issubclass|hasattr|callable)\(\s*([\w.]+)|^\s*match\s+([\w.]+)\s*:/gm;
const OF_COROUTINES = /^(?:__\w+__|send|throw|close|cr_\w+)$/;
const CONSUMERS = new Set(['comparison_operator', 'binary_operator', 'unary_operator', 'not_operator', 'boolean_operator']);

class MisuseFinder {
  private readonly found: Diagnostic[] = [];
  private readonly types: TypeReader;
  private readonly narrowed: ReadonlySet<string>;

  constructor(
    private readonly file: PythonFile,
    private readonly code: ServiceCode,
  ) {
    this.types = new TypeReader(code);
    this.narrowed = new Set([...file.text.matchAll(NARROWED)].map(([, one, other]) => one ?? other!));
  }

  find(): readonly Diagnostic[] {
    this.visit(this.file.root, moduleScope(this.file));
    return this.found;
  }

  private visit(node: SyntaxNode, scope: Scope): void {
    if (!node.named) return;
    const inner = opensScope(node) ? scopeOf(node, scope) : scope;
    this.look(node, inner);
    for (const child of node.children) {
      const isOutside = child.field === 'parameters' || child.field === 'return_type';
      if (child.field !== 'type') this.visit(child, isOutside ? scope : inner);
    }
  }

  private report(node: SyntaxNode, rule: string, message: string): void {
    this.found.push(diagnosticAt(this.file.path, lineOf(this.file, node), rule, message));
  }

  private look(node: SyntaxNode, scope: Scope): void {
    if (CONSUMERS.has(node.type)) return namedChildren(node).forEach((side) => this.wantValue(side, scope));
    switch (node.type) {
      case 'attribute':
        return this.lookAtAttribute(node, scope);
      case 'call':
        return this.lookAtCall(node, scope);
      case 'await':
        return this.lookAtAwait(node, scope);
      case 'expression_statement':
        return namedChildren(node).forEach((child) => child.type === 'call' && this.wantValue(child, scope));
      case 'for_statement':
      case 'for_in_clause':
        return this.wantValue(childInField(node, 'right')!, scope);
      case 'subscript':
        return this.wantValue(childInField(node, 'value')!, scope);
      case 'assignment':
        return this.lookAtUnpacking(node, scope);
      case 'return_statement':
        return this.lookAtReturn(node, scope);
      default:
        return undefined;
    }
  }

  /** A coroutine is of no use here. */
  private wantValue(node: SyntaxNode, scope: Scope): void {
    const type = this.types.typeOf(node, scope);
    if (type?.kind === 'coroutine')
      this.report(
        node,
        'missing-await',
        `\`${shorten(type.call)}(…)\` gives a coroutine, and nothing awaits it here. Write \`await ${shorten(type.call)}(…)\`, in parentheses if its result is used further.`,
      );
  }

  private lookAtUnpacking(node: SyntaxNode, scope: Scope): void {
    const [left, right] = [childInField(node, 'left'), childInField(node, 'right')];
    if (right !== undefined && left?.type !== 'identifier' && left?.type !== 'attribute') this.wantValue(right, scope);
  }

  /** In an `async def`, the caller's own `await` is used up when the function ends. */
  private lookAtReturn(node: SyntaxNode, scope: Scope): void {
    const [value] = namedChildren(node);
    const annotation = childInField(scope.node, 'return_type');
    if (value === undefined || annotation === undefined || scope.node.type !== 'function_definition') return;
    if (scope.node.children[0]?.type !== 'async' || /\b(?:Awaitable|Coroutine|Any|object)\b/.test(textOf(this.file, annotation))) return;
    this.wantValue(value, scope);
  }

  private lookAtAwait(node: SyntaxNode, scope: Scope): void {
    const operand = namedChildren(node)[0]!;
    const type = this.types.typeOf(operand, scope);
    const isValue = type?.kind === 'nothing' || type?.kind === 'list' || type?.kind === 'scalars' || type?.kind === 'dict';
    const isOrdinary = type?.kind === 'instance' && this.isClosed(type.of) && !this.code.membersOf(type.of).names.has('__await__');
    if (isValue || isOrdinary)
      this.report(
        node,
        'needless-await',
        `\`${shorten(textOf(this.file, operand))}\` is no coroutine: leave out the \`await\`, which raises TypeError.`,
      );
  }

  private lookAtAttribute(node: SyntaxNode, scope: Scope): void {
    const object = childInField(node, 'object')!;
    const written = textOf(this.file, object);
    if (this.narrowed.has(written)) return;
    const type = this.types.typeOf(object, scope);
    const name = textOf(this.file, childInField(node, 'attribute')!);
    if (type?.kind === 'coroutine') return OF_COROUTINES.test(name) ? undefined : this.wantValue(object, scope);
    if (type?.kind === 'session') {
      if (!SESSION_MEMBERS.has(name) && !name.startsWith('_'))
        this.report(
          node,
          'unknown-member',
          `An AsyncSession has no \`${name}\`. Write \`await session.scalars(select(…))\` or another of its methods.`,
        );
      return;
    }
    if (type?.kind !== 'instance' && type?.kind !== 'class') return;
    if (this.hasMember(type, name) || (isTarget(node) && this.takesNewNames(type.of))) return;
    if (this.code.mayBeInSubclass(type.of, name)) return;
    this.report(
      node,
      'unknown-member',
      `\`${type.of.name}\` (${type.of.file.module}) has no \`${name}\`. It has ${this.listMembers(type.of)}.`,
    );
  }

  private hasMember(type: Extract<InferredType, { kind: 'instance' | 'class' }>, name: string): boolean {
    if (name.startsWith('__') || !this.isClosed(type.of)) return true;
    const { names, roots } = this.code.membersOf(type.of);
    if (names.has(name)) return true;
    const isEnum = [...roots].some((root) => root.startsWith('enum:'));
    if (isEnum) return type.kind === 'instance' || !/^[A-Z]/.test(name);
    return roots.has(':str') || (type.kind === 'class' && (name === 'mro' || [...roots].some((root) => root.startsWith('abc:'))));
  }

  private isClosed(shape: ClassShape): boolean {
    return this.code.membersOf(shape).isClosed;
  }

  /** Plain classes do; a table would not write the value, and a model refuses it. */
  private takesNewNames(shape: ClassShape): boolean {
    const { roots } = this.code.membersOf(shape);
    return !roots.has('sqlalchemy.orm:DeclarativeBase') && !roots.has('pydantic:BaseModel');
  }

  private listMembers(shape: ClassShape): string {
    const names = [...this.code.membersOf(shape).names].filter(
      (name) => !name.startsWith('_') && !/^(?:model_|parse_|schema|construct|update_forward)/.test(name),
    );
    return names.slice(0, 20).join(', ');
  }

  private lookAtCall(node: SyntaxNode, scope: Scope): void {
    const written = childInField(node, 'function')!;
    const callee = this.types.typeOf(written, scope);
    if (callee?.kind === 'method' && !callee.of.isOpaque) {
      const parameters = parametersOf(callee.of, callee.isBound);
      const fault = findArgumentFault(node, this.file, parameters);
      if (fault !== undefined && !this.isOverridden(written, scope))
        this.report(
          node,
          'wrong-arguments',
          `\`${callee.of.name}\` of ${callee.of.file.module} ${fault}. It is \`${headOf(callee.of.file, callee.of.node)}\`.`,
        );
      this.lookAtArguments(node, parameters, { file: callee.of.file, scope });
    }
    if (callee?.kind === 'function') this.lookAtArguments(node, parametersOf(callee.of, false), { file: callee.of.file, scope });
    if (this.makesModel(written, scope)) for (const each of argumentsOf(node)) this.wantValue(childInField(each, 'value') ?? each, scope);
  }

  /** The object may be of a class that takes other arguments. */
  private isOverridden(callee: SyntaxNode, scope: Scope): boolean {
    const object = childInField(callee, 'object');
    const type = object === undefined ? undefined : this.types.typeOf(object, scope);
    if (object === undefined || (type?.kind !== 'instance' && type?.kind !== 'class')) return false;
    return (
      this.narrowed.has(textOf(this.file, object)) ||
      this.code.mayBeInSubclass(type.of, textOf(this.file, childInField(callee, 'attribute')!))
    );
  }

  /** A coroutine for a parameter that wants an object. */
  private lookAtArguments(
    call: SyntaxNode,
    parameters: Parameters,
    { file, scope }: { readonly file: PythonFile; readonly scope: Scope },
  ): void {
    for (const { value, parameter } of assignArguments(call, this.file, parameters) ?? []) {
      const wanted = parameter === undefined ? undefined : this.types.annotated(parameter.annotation, file);
      if (wanted !== undefined) this.wantValue(value, scope);
    }
  }

  private makesModel(callee: SyntaxNode, scope: Scope): boolean {
    const isValidation = callee.type === 'attribute' && textOf(this.file, childInField(callee, 'attribute')!) === 'model_validate';
    const type = this.types.typeOf(isValidation ? childInField(callee, 'object')! : callee, scope);
    return type?.kind === 'class' && this.code.membersOf(type.of).roots.has('pydantic:BaseModel');
  }
}

/** Something is stored there. */
function isTarget({ parent, field }: SyntaxNode): boolean {
  return parent?.type === 'assignment' && field === 'left';
}

function headOf(file: PythonFile, node: SyntaxNode): string {
  const body = childInField(node, 'body')!;
  return file.text.slice(node.start, body.start).replace(/\s+/g, ' ').replace(/:\s*$/, '').trim();
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

import type { SyntaxNode } from '../parse/syntax-node';
import type { PythonVersion } from '../python/python-version';
import { LineIndex } from '../text/line-index';
import type { Span } from '../text/span';
import type { ImportStatement } from './import-statement';
import type { ScopeDeclaration } from './scope-declaration';
import type { BareExcept, SyntaxFault } from './module-summary';
import { Scope, type Binding, type BindingKind, type NameUse } from './scope';
import type { Visit, WalkContext } from './walk-context';

/** What the walk writes into. Handlers see the source only through it. */
export class FactCollector {
  readonly moduleScope = new Scope('module', undefined);
  readonly imports: ImportStatement[] = [];
  readonly uses: NameUse[] = [];
  readonly bareExcepts: BareExcept[] = [];
  /** Attribute names written on something (`x.name = …`): other modules may gain names this way. */
  readonly storedAttributes = new Set<string>();
  readonly calls: Visit[] = [];
  /** Names a function binds for an enclosing one with `nonlocal`. */
  readonly rebound = new Set<string>();
  readonly declarations: ScopeDeclaration[] = [];
  readonly declarationFaults: SyntaxFault[] = [];
  /** Some code never runs and was left out, though the compiler reads it. */
  hasSkippedBranches = false;
  /** Last parts of names this file replaces through their text, as `mock.patch("app.mail.send")` does. */
  readonly patchedNames = new Set<string>();
  isDynamic = false;
  hasLazyAnnotations: boolean;
  private lineIndex: LineIndex | undefined;

  constructor(
    readonly text: string,
    readonly version: PythonVersion,
  ) {
    this.hasLazyAnnotations = version.minor >= 14;
  }

  get lines(): LineIndex {
    this.lineIndex ??= new LineIndex(this.text);
    return this.lineIndex;
  }

  textOf(node: Span): string {
    return this.text.slice(node.start, node.end);
  }

  bind(
    { scope, context }: Visit,
    identifier: SyntaxNode,
    kind: BindingKind,
    details: Partial<Pick<Binding, 'from' | 'node' | 'importIndex' | 'importedNameIndex'>> = {},
  ): void {
    const name = this.textOf(identifier);
    const binding: Binding = {
      kind,
      from: identifier.end,
      span: { start: identifier.start, end: identifier.end },
      node: identifier,
      typeCheckingOnly: context.typeCheckingOnly,
      conditional: context.conditional,
      ...details,
    };
    this.bindName(scope, name, binding);
  }

  bindName(scope: Scope, name: string, binding: Binding): void {
    let target = scope;
    while (target.kind === 'type-parameters' && binding.kind !== 'type-parameter') target = target.parent!;
    if (target.globals.has(name)) target.module.bind(name, { ...binding, kind: 'global', from: -1 });
    else if (!target.nonlocals.has(name)) target.bind(name, binding);
  }

  use(scope: Scope, context: WalkContext, node: SyntaxNode, attributes: NameUse['attributes'] = []): void {
    this.uses.push({
      name: this.textOf(node),
      span: { start: node.start, end: node.end },
      scope,
      lazy: context.lazy,
      typeCheckingOnly: context.typeCheckingOnly,
      guard: context.nameGuard,
      conditional: context.conditional,
      loop: context.loop,
      attributes,
    });
  }
}

import type { SyntaxNode } from '../parse/syntax-node';
import type { PythonVersion } from '../python/python-version';
import { LineIndex } from '../text/line-index';
import { NamePool } from '../text/name-pool';
import type { Span } from '../text/span';
import type { ImportStatement } from './import-statement';
import type { BareExcept, SyntaxFault } from './module-summary';
import type { NameUse } from './name-use';
import { Scope, type Binding, type BindingKind } from './scope';
import type { ScopeDeclaration } from './scope-declaration';
import type { WalkContext } from './walk-context';

/** Files share most of their names; the pool holds nothing but names. */
const NAMES = new NamePool();

export interface BindingDetails {
  readonly kind: BindingKind;
  /** See `Binding`. */
  readonly from: number;
  readonly node?: SyntaxNode;
  readonly importIndex?: number;
  readonly importedNameIndex?: number;
}

/** What the walk writes into. Handlers see the source only through it. */
export class FactCollector {
  readonly moduleScope = new Scope('module', undefined);
  /** All scopes, outer before inner. */
  readonly scopes: Scope[] = [this.moduleScope];
  readonly imports: ImportStatement[] = [];
  readonly uses: NameUse[] = [];
  readonly bareExcepts: BareExcept[] = [];
  /** Attribute names written on something (`x.name = …`): other modules may gain names this way. At module level with a dot in front, too. */
  readonly storedAttributes = new Set<string>();
  readonly calls: { readonly node: SyntaxNode; readonly context: WalkContext }[] = [];
  /** Names a function binds for an enclosing one with `nonlocal`. */
  readonly rebound = new Set<string>();
  readonly declarations: ScopeDeclaration[] = [];
  readonly declarationFaults: SyntaxFault[] = [];
  /** Some code never runs and was left out, though the compiler reads it. */
  hasSkippedBranches = false;
  /** Last parts of names this file replaces through their text, as `mock.patch("app.mail.send")` does. */
  readonly patchedNames = new Set<string>();
  isDynamic = false;
  /** It may put modules anywhere below itself: see `FilelessModules`. */
  makesModules = false;
  /** `__path__.append(…)` */
  changesPath = false;
  hasLazyAnnotations: boolean;
  /** `pytestmark` skips the tests of the file under a condition. */
  isSkippedSometimes = false;
  private lineIndex: LineIndex | undefined;

  constructor(
    readonly text: string,
    readonly version: PythonVersion,
  ) {
    this.hasLazyAnnotations = version.minor >= 14;
    this.moduleScope.isRead = true;
  }

  get lines(): LineIndex {
    this.lineIndex ??= new LineIndex(this.text);
    return this.lineIndex;
  }

  /** For looking at; what is kept in a summary comes from `nameOf` or through `detach`. */
  textOf({ start, end }: Span): string {
    return this.text.slice(start, end);
  }

  nameOf({ start, end }: Span): string {
    return NAMES.cut(this.text, start, end);
  }

  openScope(kind: Scope['kind'], parent: Scope): Scope {
    const scope = new Scope(kind, parent);
    this.scopes.push(scope);
    return scope;
  }

  bind(identifier: SyntaxNode, context: WalkContext, details: BindingDetails): void {
    this.bindName(context.scope, this.nameOf(identifier), {
      kind: details.kind,
      from: details.from,
      span: identifier,
      node: details.node ?? identifier,
      typeCheckingOnly: context.typeCheckingOnly,
      conditional: context.conditional,
      importIndex: details.importIndex,
      importedNameIndex: details.importedNameIndex,
    });
  }

  /** `dotted`: the whole of `a.b.c`, whose last name may be written, not read. */
  use(identifier: SyntaxNode, context: WalkContext, dotted?: SyntaxNode, isWritten = false): void {
    const { start, end } = identifier;
    this.uses.push({ name: this.nameOf(identifier), start, end, context, dotted, isWritten, found: undefined });
    if (!context.scope.isRead) context.scope.markRead();
  }

  private bindName(scope: Scope, name: string, binding: Binding): void {
    let target = scope;
    while (target.kind === 'type-parameters' && binding.kind !== 'type-parameter') target = target.parent!;
    if (target.globals.has(name)) target.module.bind(name, { ...binding, kind: 'global', from: -1 });
    else if (!target.nonlocals.has(name)) target.bind(name, binding);
  }
}

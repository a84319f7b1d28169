import type { SyntaxNode } from '../parse/syntax-node';
import type { Span } from '../text/span';

export type ScopeKind = 'module' | 'class' | 'function' | 'comprehension' | 'generator' | 'type-parameters';

export type BindingKind =
  'import' | 'function' | 'class' | 'assignment' | 'declaration' | 'parameter' | 'exception' | 'type-alias' | 'type-parameter' | 'global';

export interface Binding {
  readonly kind: BindingKind;
  /** Offset from which on the name is bound; -1 when bound before the scope's first statement. */
  readonly from: number;
  /** Where the name stands. */
  readonly span: Span;
  readonly node: SyntaxNode;
  readonly typeCheckingOnly: boolean;
  readonly conditional: boolean;
  /** For kind `import`: which import of the module, and which of its names. */
  readonly importIndex: number | undefined;
  readonly importedNameIndex: number | undefined;
}

/** A name of a scope and all that binds it there: at least one binding. */
export interface BoundName {
  readonly scope: Scope;
  readonly bindings: Binding[];
}

const NO_NAMES: ReadonlySet<string> = new Set();
const NO_SPANS: readonly Span[] = [];

/** One Python scope while it is being filled. */
export class Scope {
  readonly names = new Map<string, BoundName>();
  /** Whether a name is read in it or below it. */
  isRead = false;
  private removals: Map<string, Span[]> | undefined;
  private globalNames: Set<string> | undefined;
  private nonlocalNames: Set<string> | undefined;

  constructor(
    readonly kind: ScopeKind,
    readonly parent: Scope | undefined,
  ) {}

  get globals(): ReadonlySet<string> {
    return this.globalNames ?? NO_NAMES;
  }

  get nonlocals(): ReadonlySet<string> {
    return this.nonlocalNames ?? NO_NAMES;
  }

  bind(name: string, binding: Binding): void {
    const known = this.names.get(name);
    if (known === undefined) this.names.set(name, { scope: this, bindings: [binding] });
    else known.bindings.push(binding);
  }

  remove(name: string, span: Span): void {
    this.removals ??= new Map();
    const known = this.removals.get(name);
    if (known === undefined) this.removals.set(name, [span]);
    else known.push(span);
  }

  declare(kind: 'global' | 'nonlocal', name: string): void {
    if (kind === 'global') (this.globalNames ??= new Set()).add(name);
    else (this.nonlocalNames ??= new Set()).add(name);
  }

  deletionsOf(name: string): readonly Span[] {
    return this.removals?.get(name) ?? NO_SPANS;
  }

  isDeleted(name: string): boolean {
    return this.removals !== undefined && this.removals.has(name);
  }

  markRead(): void {
    for (let scope: Scope | undefined = this; scope !== undefined && !scope.isRead; scope = scope.parent) scope.isRead = true;
  }

  get module(): Scope {
    let scope: Scope = this;
    while (scope.parent !== undefined) scope = scope.parent;
    return scope;
  }
}

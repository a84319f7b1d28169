import type { SyntaxNode } from '../parse/syntax-node';
import type { Span } from '../text/span';

export type ScopeKind = 'module' | 'class' | 'function' | 'comprehension' | 'generator' | 'type-parameters';

export type BindingKind =
  'import' | 'function' | 'class' | 'assignment' | 'declaration' | 'parameter' | 'exception' | 'type-alias' | 'type-parameter' | 'global';

export interface Binding {
  readonly kind: BindingKind;
  /** Offset from which on the name is bound; -1 when bound before the scope's first statement. */
  readonly from: number;
  readonly span: Span;
  readonly node: SyntaxNode;
  readonly typeCheckingOnly: boolean;
  readonly conditional: boolean;
  /** For kind `import`: which import of the module, and which of its names. */
  readonly importIndex?: number;
  readonly importedNameIndex?: number;
}

export interface NameUse {
  readonly name: string;
  readonly span: Span;
  readonly scope: Scope;
  /** `lazy`: an annotation Python does not evaluate when the statement runs. */
  readonly lazy: boolean;
  readonly typeCheckingOnly: boolean;
  /** A NameError here may be caught: `certainly`, or only by a broad handler while the module loads. */
  readonly guard: 'none' | 'broad' | 'certainly';
  readonly conditional: boolean;
  /** The outermost loop around it in the same run of statements. */
  readonly loop: Span | undefined;
  /** `b` and `c` of `a.b.c`, when read. */
  readonly attributes: readonly { readonly name: string; readonly span: Span }[];
}

/** One Python scope while it is being filled. */
export class Scope {
  readonly bindings = new Map<string, Binding[]>();
  readonly deletions = new Map<string, Span[]>();
  readonly globals = new Set<string>();
  readonly nonlocals = new Set<string>();

  constructor(
    readonly kind: ScopeKind,
    readonly parent: Scope | undefined,
  ) {}

  bind(name: string, binding: Binding): void {
    const known = this.bindings.get(name);
    if (known === undefined) this.bindings.set(name, [binding]);
    else known.push(binding);
  }

  remove(name: string, span: Span): void {
    const known = this.deletions.get(name);
    if (known === undefined) this.deletions.set(name, [span]);
    else known.push(span);
  }

  get module(): Scope {
    let scope: Scope = this;
    while (scope.parent !== undefined) scope = scope.parent;
    return scope;
  }
}

import type { Span } from '../text/span';
import type { Scope } from './scope';

/** A name in a `global` or `nonlocal` statement. */
export interface ScopeDeclaration {
  readonly kind: 'global' | 'nonlocal';
  readonly name: string;
  readonly span: Span;
  readonly scope: Scope;
}

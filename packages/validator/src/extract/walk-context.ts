import type { SyntaxNode } from '../parse/syntax-node';
import type { Span } from '../text/span';
import type { ImportGuard } from './import-statement';
import type { Scope } from './scope';

/** What surrounds a node; immutable, shared between siblings. */
export interface WalkContext {
  readonly typeCheckingOnly: boolean;
  readonly lazy: boolean;
  readonly importGuard: ImportGuard;
  readonly nameGuard: 'none' | 'broad' | 'certainly';
  /** A TypeError here is expected: `certainly`, or only by a broad handler while the module loads. */
  readonly callGuard: 'none' | 'broad' | 'certainly';
  readonly conditional: boolean;
  readonly loop: Span | undefined;
  readonly time: 'load' | 'call';
}

export const MODULE_CONTEXT: WalkContext = {
  typeCheckingOnly: false,
  lazy: false,
  importGuard: 'none',
  nameGuard: 'none',
  callGuard: 'none',
  conditional: false,
  loop: undefined,
  time: 'load',
};

/** A node to visit, in its scope and surroundings. */
export interface Visit {
  readonly node: SyntaxNode;
  readonly scope: Scope;
  readonly context: WalkContext;
}

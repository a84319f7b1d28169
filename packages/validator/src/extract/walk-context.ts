import type { Span } from '../text/span';
import type { ImportGuard } from './import-statement';
import type { Scope } from './scope';

/** What surrounds a node; immutable, shared by all nodes it is true of. */
export interface WalkContext {
  readonly scope: Scope;
  readonly typeCheckingOnly: boolean;
  readonly lazy: boolean;
  readonly importGuard: ImportGuard;
  /** A NameError or AttributeError here is expected: `attribute`, only of attributes, below `hasattr(…)`. */
  readonly nameGuard: 'none' | 'attribute' | 'broad' | 'certainly';
  /** A TypeError here is expected: `certainly`, or only by a broad handler while the module loads. */
  readonly callGuard: 'none' | 'broad' | 'certainly';
  readonly conditional: boolean;
  /** Runs only where a condition on Python's version, or of a test that is skipped, allows it: `@skipUnless(…)`, `if PY314:`. */
  readonly isVersioned: boolean;
  /** The outermost loop around it in the same run of statements. */
  readonly loop: Span | undefined;
  readonly time: 'load' | 'call';
}

export function moduleContext(scope: Scope): WalkContext {
  return {
    scope,
    typeCheckingOnly: false,
    lazy: false,
    importGuard: 'none',
    nameGuard: 'none',
    callGuard: 'none',
    conditional: false,
    isVersioned: false,
    loop: undefined,
    time: 'load',
  };
}

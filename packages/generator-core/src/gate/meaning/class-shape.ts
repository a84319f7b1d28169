import type { SyntaxNode } from '@org/validator';
import type { PythonFile } from './python-file';

/** A function or method as it is written. */
export interface FunctionShape {
  readonly file: PythonFile;
  readonly name: string;
  readonly node: SyntaxNode;
  /** A call gives a coroutine: `async def` without `yield`. */
  readonly isCoroutine: boolean;
  /** What a call gives is unknown: a generator, or a decorator that may change it. */
  readonly isOpaque: boolean;
  /** Whether the first parameter is given by Python. */
  readonly binding: 'none' | 'self' | 'class';
}

export type MemberShape =
  | { readonly kind: 'field'; readonly annotation: SyntaxNode | undefined }
  | { readonly kind: 'property'; readonly function: FunctionShape }
  | { readonly kind: 'method'; readonly function: FunctionShape };

/** A class as its own body makes it; what it inherits is in its bases. */
export interface ClassShape {
  readonly file: PythonFile;
  readonly name: string;
  readonly node: SyntaxNode;
  /** Expressions, as written between the parentheses; keyword arguments are left out. */
  readonly bases: readonly SyntaxNode[];
  readonly members: ReadonlyMap<string, MemberShape>;
  /** A metaclass, an unknown decorator or `__getattr__` may add names that nobody sees. */
  readonly isOpen: boolean;
}

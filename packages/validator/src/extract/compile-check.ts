import type { SyntaxNode } from '../parse/syntax-node';
import type { PythonVersion } from '../python/python-version';

/** A node and what surrounds it for the compiler. */
export interface Place {
  readonly node: SyntaxNode;
  readonly owner: 'module' | 'class' | 'function' | 'async-function' | 'async-generator' | 'lambda';
  readonly isInLoop: boolean;
  /** Inside `except*`, as far as no function begins. */
  readonly isInGroupHandler: boolean;
}

export interface CheckSource {
  readonly text: string;
  readonly version: PythonVersion;
}

/** What the compiler refuses about a node, if anything. */
export type Check = (place: Place, source: CheckSource) => { readonly at: SyntaxNode; readonly message: string } | undefined;

/** By node type. */
export type Checks = Readonly<Record<string, Check>>;

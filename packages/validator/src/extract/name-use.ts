import type { SyntaxNode } from '../parse/syntax-node';
import type { BoundName } from './scope';
import type { WalkContext } from './walk-context';

/** A name that is read. */
export interface NameUse {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly context: WalkContext;
  /** The whole of `a.b.c`, or of a dotted pattern, that begins with the name. */
  readonly dotted: SyntaxNode | undefined;
  /** The last name of `dotted` is written or deleted, not read. */
  readonly isWritten: boolean;
  /** What it means; undefined when only builtins and star imports can tell. Set when the walk is over. */
  found: BoundName | undefined;
}

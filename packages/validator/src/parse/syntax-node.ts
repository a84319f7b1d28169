/** A node of our own light tree. The native tree it was copied from is already dropped. */
export interface SyntaxNode {
  /** The grammar's name; for unnamed nodes the text itself, such as `:`. */
  readonly type: string;
  readonly named: boolean;
  /** The role in the parent, such as `left`; undefined when the grammar gives none. */
  readonly field: string | undefined;
  readonly start: number;
  readonly end: number;
  /** Put in by the parser's recovery: its text is empty. */
  readonly missing: boolean;
  readonly parent: SyntaxNode | undefined;
  readonly children: readonly SyntaxNode[];
}

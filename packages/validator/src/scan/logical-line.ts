import type { Span } from '../text/span';

/** One statement line as Python's tokenizer sees it: brackets and backslashes join physical lines. */
export interface LogicalLine extends Span {
  /** Columns with tabs to 8 and tabs as 1; Python wants both to agree. */
  readonly column: number;
  readonly tabColumn: number;
  readonly firstWord: string;
  readonly secondWord: string;
  readonly lastToken: string;
  readonly lastTokenStart: number;
  /** A `:` stands outside all brackets. */
  readonly hasColon: boolean;
}

export interface LayoutFault {
  readonly span: Span;
  readonly message: string;
  /** A wrong indentation may follow from a fault on the line before. */
  readonly kind: 'token' | 'line-end' | 'indentation' | 'nesting';
  /** Nothing after it can be trusted. */
  readonly isFatal: boolean;
}

export interface Layout {
  readonly lines: readonly LogicalLine[];
  readonly faults: readonly LayoutFault[];
}

/** A place in a text. Lines and columns count from 1; columns and offsets are UTF-16 units, as JavaScript and SARIF count. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

export interface Range {
  readonly start: Position;
  /** One past the last unit. */
  readonly end: Position;
}

/** `possible` diagnostics are shown and never block a gate or fail a build. */
export type Certainty = 'certain' | 'possible';
export type Severity = 'error' | 'warning';

/** One finding of one rule at one place. */
export interface Diagnostic {
  /** Rule id in kebab case: `unresolved-import`. */
  readonly rule: string;
  readonly severity: Severity;
  readonly certainty: Certainty;
  /** Relative to the project root, with `/`. */
  readonly path: string;
  /** Absolute dotted module name of the file; undefined when the file is not importable. */
  readonly module?: string;
  readonly range: Range;
  /** What is wrong, why, and what to do, on one line. */
  readonly message: string;
  /** What the message was made from, for repair prompts and tests: names asked for, places tried, nearest names. */
  readonly data?: Readonly<Record<string, unknown>>;
  readonly fix?: Fix;
  /** For findings about data: the places it passes, from where it comes in to where it does harm. */
  readonly flow?: readonly FlowPlace[];
}

/** One step of a flow; lines and columns as in `Position`. */
export interface FlowPlace {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  /** One past the last unit. */
  readonly endColumn: number;
  readonly message: string;
}

export interface Fix {
  readonly title: string;
  readonly applicability: 'safe' | 'unsafe' | 'display';
  readonly edits: readonly { readonly range: Range; readonly text: string }[];
}

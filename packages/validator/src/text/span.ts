/** A stretch of a text as offsets; `end` is one past the last unit. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

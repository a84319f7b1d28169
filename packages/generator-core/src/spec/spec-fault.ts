/** One fault of a spec, at its place in the YAML. Lines and columns count from 1. */
export interface SpecFault {
  readonly line: number;
  readonly column: number;
  /** Dotted place in the document: `entities.Book.fields.price`; empty for the whole file. */
  readonly place: string;
  /** Stable name of the kind of fault: `unknown-entity`, `reserved-name`, `unknown-key`, … */
  readonly code: string;
  /** What is wrong and why, one sentence. */
  readonly message: string;
  /** What to do, one sentence: `did you mean "Author"?` */
  readonly mend: string;
}

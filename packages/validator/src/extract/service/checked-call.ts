import type { CallExpression } from './expression';

/** A call whose arguments decide whether it protects anything: `jwt.decode(…)`, `add_middleware(CORSMiddleware, …)`. */
export interface CheckedCall {
  readonly call: CallExpression;
  /** The call as written: for values that the vocabulary of expressions does not hold. */
  readonly source: string;
  /** Offset of the innermost function around it. */
  readonly functionOffset: number | undefined;
}

import type { ClassShape, FunctionShape } from './class-shape';

/** What is known of a value; undefined where nothing is. A value that may be None has the type that it has otherwise. */
export type InferredType =
  | { readonly kind: 'instance'; readonly of: ClassShape }
  | { readonly kind: 'class'; readonly of: ClassShape }
  | { readonly kind: 'function'; readonly of: FunctionShape }
  /** Read from an instance or a class. */
  | { readonly kind: 'method'; readonly of: FunctionShape; readonly isBound: boolean }
  /** A module of the service. */
  | { readonly kind: 'module'; readonly of: string }
  /** SQLAlchemy's AsyncSession, and a method of it. */
  | { readonly kind: 'session' }
  | { readonly kind: 'session-method'; readonly of: string }
  /** The function `select`. */
  | { readonly kind: 'select-function' }
  /** A SELECT whose rows are of one class, and a method that gives such a SELECT again. */
  | { readonly kind: 'select'; readonly of: ClassShape }
  | { readonly kind: 'select-step'; readonly of: ClassShape }
  | { readonly kind: 'scalars'; readonly of: InferredType }
  | { readonly kind: 'scalars-method'; readonly of: InferredType; readonly name: string }
  | { readonly kind: 'list'; readonly of: InferredType | undefined }
  | { readonly kind: 'dict'; readonly of: InferredType | undefined }
  /** Gives `of` when awaited. */
  | { readonly kind: 'coroutine'; readonly of: InferredType | undefined; readonly call: string }
  /** What a procedure gives. */
  | { readonly kind: 'nothing'; readonly call: string };

export function isSameType(one: InferredType | undefined, other: InferredType | undefined): boolean {
  if (one === undefined || other === undefined || one.kind !== other.kind) return false;
  const [left, right] = [one, other].map((each) => ('of' in each ? each.of : undefined));
  if (left === right) return true;
  return isType(left) && isType(right) && isSameType(left, right);
}

function isType(value: unknown): value is InferredType {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

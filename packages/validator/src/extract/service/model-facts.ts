import type { Span } from '../../text/span';
import type { Expression, Reference } from './expression';

/** A name a class body binds or annotates, methods aside. */
export interface ClassMember {
  readonly name: string;
  readonly annotation: Expression | undefined;
  /** Undefined without a value, and for inner classes. */
  readonly value: Expression | undefined;
  readonly span: Span;
}

/** `User(name=…)`, `User(**payload.model_dump())`, `UserRead.model_validate(user)` */
export interface ModelCall {
  readonly callee: Reference;
  readonly keywords: readonly { readonly name: string; readonly span: Span }[];
  /** What stands after `**`. */
  readonly spreads: readonly Expression[];
  /** The first argument without a name. */
  readonly argument: Expression | undefined;
  readonly span: Span;
  /** Some `try` around it may expect the failure. */
  readonly isGuarded: boolean;
}

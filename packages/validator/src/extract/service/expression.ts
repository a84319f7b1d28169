import type { Span } from '../../text/span';

/** A dotted name as written, and which binding its first part means. */
export interface Reference {
  readonly names: readonly string[];
  readonly span: Span;
  /** `variable`: bound once in this file. `import`: bound by one import. `ambiguous`: several bindings. `free`: a builtin, or from a star import. */
  readonly binding:
    | { readonly kind: 'variable'; readonly variable: string }
    | { readonly kind: 'import'; readonly importIndex: number; readonly importedNameIndex: number | undefined }
    | { readonly kind: 'ambiguous' }
    | { readonly kind: 'free' };
}

/** The little of a Python expression that wiring is made of; all else is `other`. */
export type Expression =
  | { readonly kind: 'reference'; readonly reference: Reference; readonly span: Span }
  | CallExpression
  /** `list[User]`, `Annotated[User, Depends(f)]` */
  | { readonly kind: 'subscript'; readonly value: Expression; readonly items: readonly Expression[]; readonly span: Span }
  /** A string without interpolation or escapes. */
  | { readonly kind: 'text'; readonly value: string; readonly span: Span }
  /** `f"{PREFIX}/users"`, `PREFIX + "/users"`: texts and names of such. */
  | { readonly kind: 'joined'; readonly parts: readonly Expression[]; readonly span: Span }
  | { readonly kind: 'sequence'; readonly items: readonly Expression[]; readonly span: Span }
  /** `A | B` */
  | { readonly kind: 'union'; readonly items: readonly Expression[]; readonly span: Span }
  | { readonly kind: 'none'; readonly span: Span }
  | { readonly kind: 'other'; readonly span: Span };

export interface CallExpression {
  readonly kind: 'call';
  readonly callee: Expression;
  readonly positional: readonly Expression[];
  readonly keywords: Readonly<Record<string, Expression>>;
  /** `*values` or `**options` stand among the arguments. */
  readonly hasSplat: boolean;
  readonly span: Span;
}

import type { Span } from '../../text/span';

/** A Python expression, reduced to how values move through it. Plain data. */
export type FlowExpression =
  /** Nothing a request could be in: numbers, `None`, what is nested too deep. */
  | { readonly kind: 'plain' }
  | { readonly kind: 'true' }
  /** A string without interpolation; long ones are cut. */
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'name'; readonly name: string; readonly span: Span }
  | { readonly kind: 'attribute'; readonly object: FlowExpression; readonly name: string; readonly span: Span }
  | FlowCall
  | { readonly kind: 'subscript'; readonly object: FlowExpression; readonly key: FlowExpression }
  /** F-strings, `+` and `%`. */
  | { readonly kind: 'joined'; readonly parts: readonly FlowExpression[] }
  /** `folder / name` */
  | { readonly kind: 'divided'; readonly left: FlowExpression; readonly right: FlowExpression }
  | { readonly kind: 'collection'; readonly items: readonly FlowExpression[] }
  | { readonly kind: 'dictionary'; readonly entries: readonly { readonly key: FlowExpression; readonly value: FlowExpression }[] }
  | { readonly kind: 'choice'; readonly test: FlowExpression; readonly then: FlowExpression; readonly otherwise: FlowExpression }
  | { readonly kind: 'test'; readonly operator: TestOperator; readonly items: readonly FlowExpression[] }
  | { readonly kind: 'walrus'; readonly name: string; readonly value: FlowExpression }
  | {
      readonly kind: 'comprehension';
      readonly clauses: readonly { readonly target: FlowTarget; readonly iterable: FlowExpression }[];
      readonly conditions: readonly FlowExpression[];
      readonly elements: readonly FlowExpression[];
    }
  | { readonly kind: 'lambda'; readonly body: FlowExpression };

export interface FlowCall {
  readonly kind: 'call';
  readonly callee: FlowExpression;
  readonly positional: readonly FlowExpression[];
  readonly keywords: readonly { readonly name: string; readonly value: FlowExpression }[];
  /** What stands behind `*` and `**`. */
  readonly splats: readonly FlowExpression[];
  readonly span: Span;
}

export type TestOperator = 'and' | 'or' | 'not' | 'in' | 'not in' | '==' | '!=' | 'is' | 'other';

/** Where a value is put. */
export type FlowTarget =
  | { readonly kind: 'name'; readonly name: string; readonly span: Span }
  | { readonly kind: 'attribute'; readonly object: string; readonly name: string }
  /** `names["x"] = …`, kept with the whole. */
  | { readonly kind: 'element'; readonly object: string }
  | { readonly kind: 'unpacked'; readonly targets: readonly FlowTarget[] }
  | { readonly kind: 'ignored' };

export type FlowStatement =
  | { readonly kind: 'assign'; readonly targets: readonly FlowTarget[]; readonly value: FlowExpression }
  | { readonly kind: 'evaluate'; readonly value: FlowExpression }
  | { readonly kind: 'return'; readonly value: FlowExpression }
  | { readonly kind: 'yield'; readonly value: FlowExpression }
  | { readonly kind: 'raise' }
  /** `break` and `continue`. */
  | { readonly kind: 'jump' }
  | { readonly kind: 'assert'; readonly test: FlowExpression }
  | {
      readonly kind: 'if';
      readonly test: FlowExpression;
      readonly then: readonly FlowStatement[];
      readonly otherwise: readonly FlowStatement[];
    }
  | {
      readonly kind: 'loop';
      /** For `for`. */
      readonly target: FlowTarget | undefined;
      /** The iterable of `for`, the condition of `while`. */
      readonly head: FlowExpression;
      readonly body: readonly FlowStatement[];
    }
  | {
      readonly kind: 'try';
      readonly body: readonly FlowStatement[];
      readonly handlers: readonly (readonly FlowStatement[])[];
      readonly last: readonly FlowStatement[];
    }
  | { readonly kind: 'import'; readonly name: string; readonly importIndex: number; readonly importedNameIndex: number | undefined }
  /** A function inside this one: `function` is its place in `FlowFacts.functions`. */
  | { readonly kind: 'define'; readonly name: string; readonly function: number };

export interface FlowParameter {
  readonly name: string;
  readonly kind: 'plain' | 'keyword-only' | 'rest' | 'keyword-rest';
  readonly annotation: FlowExpression | undefined;
}

export interface FlowFunction {
  readonly name: string;
  /** Where its definition begins; the key that other facts have too. */
  readonly offset: number;
  readonly nameSpan: Span;
  /** The class whose body it stands in. */
  readonly className: string | undefined;
  readonly isStatic: boolean;
  readonly parameters: readonly FlowParameter[];
  /** Names it binds beside its parameters. */
  readonly locals: readonly string[];
  /** The function around it, as a place in `FlowFacts.functions`. */
  readonly outer: number | undefined;
  readonly body: readonly FlowStatement[];
}

export interface FlowClass {
  readonly name: string;
  readonly bases: readonly FlowExpression[];
  readonly fields: readonly { readonly name: string; readonly annotation: FlowExpression; readonly value: FlowExpression }[];
}

/** How values move inside the functions of one file; syntax only. */
export interface FlowFacts {
  readonly functions: readonly FlowFunction[];
  readonly classes: readonly FlowClass[];
}

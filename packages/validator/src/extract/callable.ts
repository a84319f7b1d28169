import type { Span } from '../text/span';

export interface Parameter {
  readonly name: string;
  /** `rest` is `*args`, `keyword-rest` is `**kwargs`. */
  readonly kind: 'positional-only' | 'plain' | 'keyword-only' | 'rest' | 'keyword-rest';
  readonly isRequired: boolean;
  /** As written, for messages. */
  readonly text: string;
}

/** A `def` whose call Python checks against exactly these parameters. */
export interface FunctionShape {
  readonly kind: 'function';
  readonly parameters: readonly Parameter[];
  readonly line: number;
}

/** An annotated name of a class body that becomes a constructor parameter of a dataclass or a model. */
export interface ClassField {
  readonly name: string;
  readonly hasDefault: boolean;
  /** No default, but a model may do without: one of Pydantic's versions takes None by itself, an alias may hold a default. */
  readonly isLenient: boolean;
  readonly isKeywordOnly: boolean;
  readonly text: string;
}

/** A class whose body is plain enough to tell its constructor. */
export interface ClassShape {
  readonly kind: 'class';
  readonly line: number;
  /** Without those that change no constructor, such as `object`, `ABC` and `Generic[T]`. */
  readonly bases: readonly OwnReference[];
  readonly isDataclass: boolean;
  /** Its own `__init__`, without `self`. */
  readonly constructorShape: FunctionShape | undefined;
  readonly fields: readonly ClassField[];
  /** A model may be filled under other names, or before validation. */
  readonly mayFillFields: boolean;
  /** As called through the class: a class method is without `cls`. */
  readonly methods: Readonly<Record<string, FunctionShape>>;
}

export type CallableShape = FunctionShape | ClassShape;

/** `name.attribute` of the module's own scope. */
export interface OwnReference {
  readonly kind: 'own';
  readonly name: string;
  readonly attributes: readonly string[];
}

/** A name bound by one import, also inside a function. */
export interface ImportReference {
  readonly kind: 'import';
  readonly importIndex: number;
  readonly importedNameIndex: number | undefined;
  readonly attributes: readonly string[];
}

/** A function defined once inside another. */
export interface LocalReference {
  readonly kind: 'local';
  readonly shape: FunctionShape;
}

/** A call whose callee can be followed and whose arguments are all written out. */
export interface CallUse {
  readonly callee: OwnReference | ImportReference | LocalReference;
  readonly calleeText: string;
  readonly span: Span;
  readonly positional: readonly Span[];
  readonly keywords: readonly { readonly name: string; readonly span: Span }[];
  /** False when a broad handler hides the failure while the module loads. */
  readonly certain: boolean;
}

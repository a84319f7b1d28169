import type { Span } from '../../text/span';
import type { CallExpression, Expression, Reference } from './expression';
import type { ClassMember, ModelCall } from './model-facts';

/** `x = value`, of a name that is bound once in its scope. */
export interface AssignmentFacts {
  readonly variable: string;
  readonly name: string;
  readonly value: Expression;
  readonly span: Span;
  readonly place: Place;
}

/** Where a statement runs: the function around it, and whether it surely runs when that one does. */
export interface Place {
  /** Offset of the innermost function; undefined at the module's top level. */
  readonly functionOffset: number | undefined;
  readonly conditional: boolean;
  readonly offset: number;
}

export interface ParameterFacts {
  readonly name: string;
  readonly annotation: Expression | undefined;
  readonly value: Expression | undefined;
  readonly isVariadic: boolean;
  readonly span: Span;
}

export interface FunctionFacts {
  readonly name: string;
  readonly nameSpan: Span;
  readonly variable: string | undefined;
  readonly offset: number;
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
  /** Every `return` gives a literal or a display: never something callable. */
  readonly returnsPlainValue: boolean;
  readonly parameters: readonly ParameterFacts[];
  readonly returns: Expression | undefined;
  readonly decorators: readonly Expression[];
  readonly place: Place;
  /** Calls of imported names in the function's own body, where they run with it. */
  readonly calls: readonly Reference[];
}

export interface ClassFacts {
  readonly name: string;
  readonly variable: string | undefined;
  readonly bases: readonly Expression[];
  /** Keywords beside the bases, such as `metaclass=…`. */
  readonly hasKeywords: boolean;
  readonly isDecorated: boolean;
  readonly methods: readonly FunctionFacts[];
  readonly members: readonly ClassMember[];
  /** Its body only defines and assigns, so its names are all known. */
  readonly isPlainBody: boolean;
}

/** `x.include_router(…)` and the other calls that wire routes. */
export interface WiringCall {
  readonly method: string;
  readonly object: Reference | undefined;
  readonly call: CallExpression;
  readonly place: Place;
}

/** What a file says about applications, routers, routes and dependencies; syntax only. */
export interface ServiceFacts {
  readonly assignments: readonly AssignmentFacts[];
  readonly functions: readonly FunctionFacts[];
  readonly classes: readonly ClassFacts[];
  readonly wiring: readonly WiringCall[];
  readonly modelCalls: readonly ModelCall[];
  /** Names read in another way than to wire routes: whoever holds them may do anything with them. */
  readonly looseUses: readonly Reference[];
  /** Imports that share their bound name with another binding. */
  readonly ambiguousImports: readonly { readonly importIndex: number; readonly importedNameIndex: number | undefined }[];
  /** Finds modules or its own names by text (`import_module`, `globals`). */
  readonly hasDynamicLookup: boolean;
}

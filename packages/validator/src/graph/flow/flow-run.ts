import type { FlowExpression, FlowFunction } from '../../extract/flow/flow-facts';
import type { Span } from '../../text/span';
import type { AnnotationValues } from './annotation-values';
import type { FlowIndex, FoundFunction } from './flow-index';
import type { FlowState } from './flow-state';
import type { SinkKind, Value, ValueType } from './flow-value';

/** What a call is given, in the callee's words. */
export interface CallArguments {
  /** For methods: the object, or the class. */
  readonly self: Value | undefined;
  readonly positional: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
  /** What stands behind `*` and `**`. */
  readonly splats: readonly Value[];
}

export interface SinkReport {
  readonly kind: SinkKind;
  readonly path: string;
  readonly span: Span;
  /** What is called, as the message shows it. */
  readonly callee: string;
  readonly value: Value;
  readonly isPossible: boolean;
  readonly needsLeading: boolean;
  /** Text that does not read like SQL counts as possible, or does not count. */
  readonly withoutSql: 'same' | 'possible' | 'nothing';
}

/** What the evaluation of one function asks of the whole project. */
export interface FlowProject {
  readonly index: FlowIndex;
  readonly annotations: AnnotationValues;
  /** Runs a function with these arguments; the state learns what its tests told, and dies when it never returns. */
  readonly callFunction: (found: FoundFunction, given: CallArguments, caller: CallerPlace) => Value;
  readonly construct: (type: ClassPlace, given: CallArguments, caller: CallerPlace) => Value;
  readonly runClosure: (closure: Extract<ValueType, { kind: 'closure' }>, given: CallArguments, caller: CallerPlace) => Value;
  /** What a variable of a module holds. */
  readonly moduleValue: (path: string, variable: string) => Value;
  readonly instanceField: (type: ClassPlace, name: string) => Value;
  readonly report: (report: SinkReport, state: FlowState) => void;
}

export interface ClassPlace {
  readonly path: string;
  readonly name: string;
}

/** Where a call stands. */
export interface CallerPlace {
  readonly path: string;
  readonly span: Span;
  readonly state: FlowState;
  readonly depth: number;
}

/** One evaluation of one function. */
export interface FlowRun {
  readonly project: FlowProject;
  readonly path: string;
  readonly flow: FlowFunction;
  readonly depth: number;
  /** A name of this function, or of one around it, whether or not it is bound yet. */
  readonly isLocal: (name: string) => boolean;
  readonly evaluate: (expression: FlowExpression, state: FlowState) => Value;
}

import type { FlowCall, FlowExpression, TestOperator } from '../../extract/flow/flow-facts';
import type { FlowRun } from './flow-run';
import { addGuards, type FlowState, type Guard } from './flow-state';
import { flatTaints, type SinkKind, type Taint, type Value } from './flow-value';

type Test = Extract<FlowExpression, { kind: 'test' }>;

const HOST_PART = /^(hostname|netloc|host|scheme)$/;
const WITHIN = /^(is_relative_to|relative_to|commonpath|commonprefix)$/;
const HARMLESS = /^(isdigit|isdecimal|isnumeric|isalnum|isalpha|isidentifier)$/;
const NO_GUARD = /^(isinstance|hasattr|exists|is_file|is_dir)$/;

/** What holds where a test came out that way. */
export function refineState(run: FlowRun, test: FlowExpression, outcome: boolean, state: FlowState): void {
  if (test.kind === 'test' && test.items.length === 0) return;
  if (test.kind === 'test' && test.operator === 'not') return refineState(run, test.items[0]!, !outcome, state);
  if (test.kind === 'test' && (test.operator === 'and' || test.operator === 'or')) return refineAll(run, test, outcome, state);
  if (test.kind === 'test') return refineComparison(run, test, outcome, state);
  if (test.kind === 'call') return refineCall(run, test, outcome, state);
  const value = run.evaluate(test, state);
  addGuards(
    state,
    flatTaints(value).filter(({ isDerived }) => isDerived),
    [],
  );
}

/** All parts of `and` are true when it is, all parts of `or` false when it is; otherwise one cannot tell which. */
function refineAll(run: FlowRun, { operator, items }: Test, outcome: boolean, state: FlowState): void {
  if ((operator === 'and') === outcome) for (const item of items) refineState(run, item, outcome, state);
  else for (const item of items) addGuards(state, testedTaints(run, item, state), []);
}

/** Taints a test looks at for more than being there. */
function testedTaints(run: FlowRun, test: FlowExpression, state: FlowState): readonly Taint[] {
  if (test.kind === 'test' && test.operator !== 'is') return test.items.flatMap((item) => testedTaints(run, item, state));
  if (test.kind === 'test' || (test.kind === 'call' && NO_GUARD.test(nameOf(test)))) return [];
  const taints = flatTaints(run.evaluate(test, state));
  return test.kind === 'name' || test.kind === 'attribute' ? taints.filter(({ isDerived }) => isDerived) : taints;
}

function refineComparison(run: FlowRun, test: Test, outcome: boolean, state: FlowState): void {
  if (test.operator === 'is') return;
  const [left, right] = test.items;
  const values = test.items.map((item) => run.evaluate(item, state));
  if (left === undefined || (right !== undefined && (isEmptyText(left) || isEmptyText(right)))) return;
  const cleaned = outcome === isPositive(test.operator) ? cleanedBy(left, values) : [];
  addGuards(state, values.flatMap(flatTaints), cleaned);
}

function isPositive(operator: TestOperator): boolean | undefined {
  if (operator === 'in' || operator === '==') return true;
  return operator === 'not in' || operator === '!=' ? false : undefined;
}

function isEmptyText(expression: FlowExpression): boolean {
  return expression.kind === 'text' && expression.value === '';
}

/** The very value is one of a list nobody outside chooses; or its host is; or its folder. */
function cleanedBy(left: FlowExpression, [value, other]: readonly Value[]): Guard['cleaned'] {
  if (other === undefined || flatTaints(other).length > 0) return mentions(left, WITHIN) ? ['path'] : [];
  if (value!.taints.length > 0 && value!.taints.every(({ isExact, isDerived }) => isExact && !isDerived)) return 'all';
  if (mentions(left, HOST_PART)) return ['redirect', 'url'];
  return mentions(left, WITHIN) ? ['path'] : [];
}

function mentions(expression: FlowExpression, names: RegExp): boolean {
  if (expression.kind === 'attribute') return names.test(expression.name) || mentions(expression.object, names);
  if (expression.kind === 'call') return mentions(expression.callee, names) || expression.positional.some((each) => mentions(each, names));
  return expression.kind === 'name' && names.test(expression.name);
}

function refineCall(run: FlowRun, call: FlowCall, outcome: boolean, state: FlowState): void {
  const name = nameOf(call);
  const value = run.evaluate(call, state);
  if (NO_GUARD.test(name)) return;
  const object = call.callee.kind === 'attribute' ? run.evaluate(call.callee.object, state) : { taints: [] };
  const taints = [value, object, ...call.positional.map((each) => run.evaluate(each, state))].flatMap(flatTaints);
  addGuards(state, taints, outcome ? cleanedByCall(name, flatTaints(object)) : []);
}

function cleanedByCall(name: string, object: readonly Taint[]): Guard['cleaned'] {
  const isResolved = object.length > 0 && object.every((taint) => taint.isResolved);
  const path: readonly SinkKind[] = ['path'];
  if (WITHIN.test(name) || (name === 'startswith' && isResolved)) return path;
  return HARMLESS.test(name) && object.every(({ isExact }) => isExact) ? 'all' : [];
}

function nameOf({ callee }: FlowCall): string {
  return callee.kind === 'attribute' || callee.kind === 'name' ? callee.name : '';
}

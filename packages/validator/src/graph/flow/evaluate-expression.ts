import type { FlowExpression, FlowTarget } from '../../extract/flow/flow-facts';
import { evaluateCall } from './evaluate-call';
import type { FlowRun } from './flow-run';
import { copyState, type FlowState } from './flow-state';
import { addStep, CLEAN, derivedOf, doubted, joinValues, mapTaints, textOf, type Value } from './flow-value';
import { joinTexts, readsLikeSql } from './join-texts';
import { readAttribute, readElement } from './read-attribute';
import { refineState } from './refine-state';

/** What an expression gives, at this point of the function. */
export function evaluateExpression(run: FlowRun, expression: FlowExpression, state: FlowState): Value {
  const evaluate = (each: FlowExpression): Value => run.evaluate(each, state);
  switch (expression.kind) {
    case 'plain':
    case 'true':
      return CLEAN;
    case 'text':
      return readsLikeSql(expression.value) ? { taints: [], isSql: true } : CLEAN;
    case 'name':
      return readName(run, expression.name, state);
    case 'attribute':
      return evaluateAttribute(run, expression, state);
    case 'call':
      return evaluateCall(run, expression, state);
    case 'subscript': {
      const key = expression.key.kind === 'text' ? expression.key.value : undefined;
      return joinValues([readElement(evaluate(expression.object), key), derivedOf([evaluate(expression.key)])]);
    }
    case 'joined':
      return joinTexts(expression.parts.map((part) => ({ text: part.kind === 'text' ? part.value : undefined, value: evaluate(part) })));
    case 'divided': {
      const parts = [evaluate(expression.left), evaluate(expression.right)];
      return { ...textOf(parts, { isExact: false }), type: { kind: 'external', name: 'pathlib.Path' } };
    }
    case 'collection':
      return textOf(expression.items.map(evaluate), { isLeading: false });
    case 'dictionary':
      return dictionaryOf(expression, evaluate);
    case 'choice':
      return evaluateChoice(run, expression, state);
    case 'test':
      return evaluateTest(expression, evaluate);
    case 'walrus': {
      const value = evaluate(expression.value);
      state.variables.set(expression.name, value);
      return value;
    }
    case 'comprehension':
      return evaluateComprehension(run, expression, state);
    case 'lambda':
      return derivedOf([run.evaluate(expression.body, doubtfulCopy(state))]);
  }
}

/** Puts a value where an assignment, a loop or `with` puts it. */
export function assignTarget(run: FlowRun, target: FlowTarget, value: Value, state: FlowState): void {
  switch (target.kind) {
    case 'name': {
      const step = { path: run.path, span: target.span, message: `kept in \`${target.name}\`` };
      const known = mapTaints(value, (taint) => (taint.isDerived ? taint : { ...taint, trail: addStep(taint.trail, step) }));
      if (isPlain(known)) state.variables.delete(target.name);
      else state.variables.set(target.name, known);
      return;
    }
    case 'attribute': {
      const object = state.variables.get(target.object);
      if (object === undefined) return;
      state.variables.set(target.object, { ...object, fields: new Map([...(object.fields ?? []), [target.name, value]]) });
      return;
    }
    case 'element': {
      const object = state.variables.get(target.object) ?? CLEAN;
      state.variables.set(target.object, joinValues([object, textOf([value], {})]));
      return;
    }
    case 'unpacked':
      for (const each of target.targets) assignTarget(run, each, { taints: textOf([value], { isExact: false }).taints }, state);
      return;
    case 'ignored':
  }
}

function readName(run: FlowRun, name: string, state: FlowState): Value {
  const known = state.variables.get(name);
  if (known !== undefined) return known;
  if (run.isLocal(name)) return CLEAN;
  const target = run.project.index.resolve(run.path, [name]);
  return target.kind === 'variable' ? run.project.moduleValue(target.path, target.variable) : CLEAN;
}

function evaluateAttribute(run: FlowRun, expression: Extract<FlowExpression, { kind: 'attribute' }>, state: FlowState): Value {
  const object = run.evaluate(expression.object, state);
  const known = object.fields?.get(expression.name);
  if (object.type?.kind === 'instance' && known === undefined) {
    return joinValues([run.project.instanceField(object.type, expression.name), { taints: doubted(derivedOf([object])).taints }]);
  }
  return readAttribute(object, expression.name, run.project.annotations);
}

function dictionaryOf({ entries }: Extract<FlowExpression, { kind: 'dictionary' }>, evaluate: (each: FlowExpression) => Value): Value {
  const fields = new Map<string, Value>();
  const loose: Value[] = [];
  for (const { key, value } of entries) {
    if (key.kind === 'text') fields.set(key.value, evaluate(value));
    else loose.push(evaluate(key), evaluate(value));
  }
  return { ...textOf(loose, { isExact: false }), ...(fields.size === 0 ? {} : { fields }) };
}

function evaluateChoice(run: FlowRun, { test, then, otherwise }: Extract<FlowExpression, { kind: 'choice' }>, state: FlowState): Value {
  run.evaluate(test, state);
  const [yes, no] = [copyState(state), copyState(state)];
  refineState(run, test, true, yes);
  refineState(run, test, false, no);
  return joinValues([guarded(run.evaluate(then, yes), yes), guarded(run.evaluate(otherwise, no), no)]);
}

/** A value leaves the branch its test stood over: what the test told goes with it. */
function guarded(value: Value, { guards }: FlowState): Value {
  if (guards.size === 0) return value;
  const isClean = (source: string): boolean => [...guards.values()].some((guard) => guard.source === source && guard.cleaned === 'all');
  const isTested = (source: string): boolean => [...guards.values()].some((guard) => guard.source === source);
  return mapTaints(value, (taint) => ({
    ...taint,
    isDerived: taint.isDerived || isClean(taint.source.id),
    isCertain: taint.isCertain && !isTested(taint.source.id),
  }));
}

function evaluateTest({ operator, items }: Extract<FlowExpression, { kind: 'test' }>, evaluate: (each: FlowExpression) => Value): Value {
  const values = items.map(evaluate);
  return operator === 'and' || operator === 'or' ? joinValues(values) : derivedOf(values);
}

/** What is left over after its conditions tells of what they compared: `next((r for r in known if r.link == link), None)`. */
function evaluateComprehension(run: FlowRun, expression: Extract<FlowExpression, { kind: 'comprehension' }>, state: FlowState): Value {
  const inner = copyState(state);
  const compared: Value[] = [];
  for (const { target, iterable } of expression.clauses) assignTarget(run, target, textOf([run.evaluate(iterable, inner)], {}), inner);
  for (const condition of expression.conditions) {
    compared.push(derivedOf([run.evaluate(condition, inner)]));
    refineState(run, condition, true, inner);
  }
  const elements = expression.elements.map((element) => guarded(run.evaluate(element, inner), inner));
  return textOf([...elements, ...compared], { isExact: false });
}

function doubtfulCopy(state: FlowState): FlowState {
  const copy = copyState(state);
  for (const [name, value] of copy.variables) copy.variables.set(name, doubted(value));
  return copy;
}

/** A local name that is not among the variables holds nothing of interest. */
function isPlain({ taints, type, fields, isSql }: Value): boolean {
  return taints.length === 0 && type === undefined && fields === undefined && isSql === undefined;
}

import type { FlowCall, FlowExpression } from '../../extract/flow/flow-facts';
import type { Target } from '../service/reference-resolver';
import { dottedNames } from './flow-index';
import type { CallArguments, CallerPlace, FlowRun, SinkReport } from './flow-run';
import { addGuards, type FlowState } from './flow-state';
import { CLEAN, derivedOf, doubted, flatTaints, joinValues, textOf, type Value } from './flow-value';
import { isRequest, isUpload } from './annotation-values';
import { joinTexts } from './join-texts';
import { CHANGING_METHODS, CHECKING_NAME, PASSING_CALLS, PASSING_METHODS, RUNNERS } from './known-calls.data';
import { readElement } from './read-attribute';
import { SINK_CALLS, SINK_METHODS, type SinkCall, type SinkMethod } from './sink-calls.data';

/** A call being evaluated: what is called, and with what. */
interface Call {
  readonly run: FlowRun;
  readonly call: FlowCall;
  /** Whose method it is; clean when it is none. */
  readonly object: Value;
  readonly given: CallArguments;
  readonly state: FlowState;
}

/** What a call gives: follows it into the project's functions, knows some from outside, and reports those that do harm. */
export function evaluateCall(run: FlowRun, call: FlowCall, state: FlowState): Value {
  const positional = call.positional.map((each) => run.evaluate(each, state));
  const keywords = new Map(call.keywords.map(({ name, value }) => [name, run.evaluate(value, state)]));
  const splats = call.splats.map((each) => run.evaluate(each, state));
  const object = call.callee.kind === 'attribute' ? run.evaluate(call.callee.object, state) : CLEAN;
  const made: Call = { run, call, object, given: { self: undefined, positional, keywords, splats }, state };
  return callTarget(made) ?? callMethod(made) ?? callUnknown(made);
}

function placeOf({ run, call, state }: Call): CallerPlace {
  return { path: run.path, span: call.span, state, depth: run.depth };
}

/** The callee is a name, dotted or not, that does not begin with a local variable. */
function callTarget(made: Call): Value | undefined {
  const { run, call, state } = made;
  const names = dottedNames(call.callee);
  if (names === undefined) return undefined;
  const variable = state.variables.get(names[0]!);
  if (variable?.type?.kind === 'closure' && names.length === 1) return run.project.runClosure(variable.type, made.given, placeOf(made));
  const target = targetOf(run, names, state);
  if (target?.kind === 'external') return callExternal(made, target.name);
  if (target?.kind === 'variable') return callVariable(made, target);
  if (target?.kind !== 'unknown' || names.length < 2) return undefined;
  const owner = targetOf(run, names.slice(0, -1), state);
  const type = owner?.kind === 'variable' ? run.project.index.definitions.definitionAt(`${owner.path}#${owner.variable}`) : undefined;
  if (type?.kind !== 'class') return undefined;
  const method = run.project.index.methodOf({ path: type.path, name: type.definition.name }, names.at(-1)!);
  const self: Value = { taints: [], type: { kind: 'instance', path: type.path, name: type.definition.name } };
  return method === undefined ? undefined : run.project.callFunction(method, { ...made.given, self }, placeOf(made));
}

function targetOf(run: FlowRun, names: readonly string[], state: FlowState): Target | undefined {
  const type = state.variables.get(names[0]!)?.type;
  if (type?.kind === 'import') return run.project.index.resolveImported(run.path, names, type);
  return state.variables.has(names[0]!) || run.isLocal(names[0]!) ? undefined : run.project.index.resolve(run.path, names);
}

function callVariable(made: Call, { path, variable }: Extract<Target, { kind: 'variable' }>): Value | undefined {
  const { project } = made.run;
  const definition = project.index.definitions.definitionAt(`${path}#${variable}`);
  if (definition?.kind === 'function') {
    const found = project.index.functionAt(path, definition.definition.offset);
    return found === undefined ? derivedArguments(made) : project.callFunction(found, made.given, placeOf(made));
  }
  if (definition?.kind === 'class') return project.construct({ path, name: definition.definition.name }, made.given, placeOf(made));
  return undefined;
}

function callExternal(made: Call, name: string): Value {
  const { sinks, passing, isRunner } = knownCall(name);
  reportExternal(made, name, sinks);
  if (isRunner) return runArgument(made);
  const { positional, keywords } = made.given;
  const values = [...positional, ...keywords.values(), ...made.given.splats];
  if (passing !== undefined) return typedBy(name, textOf(leadingFirst(name, values), passing.change));
  if (sinks.some(({ kind }) => kind === 'sql')) return CLEAN;
  return { ...callUnknown(made), type: { kind: 'external', name } };
}

/** `os.path.join(folder, name)`: what follows the first is not where the text begins. */
function leadingFirst(name: string, values: readonly Value[]): readonly Value[] {
  if (!/^os\.path\.join$/.test(name)) return values;
  return values.map((value, index) => (index === 0 ? value : textOf([value], { isLeading: false })));
}

function typedBy(name: string, value: Value): Value {
  return /Path$/.test(name) ? { ...value, type: { kind: 'external', name } } : value;
}

interface KnownCall {
  readonly sinks: readonly SinkCall[];
  readonly passing: (typeof PASSING_CALLS)[number] | undefined;
  readonly isRunner: boolean;
}

/** The tables of known calls by whole names: the same few are asked for all the time. */
const knownCalls = new Map<string, KnownCall>();

function knownCall(name: string): KnownCall {
  const known = knownCalls.get(name);
  if (known !== undefined) return known;
  const found: KnownCall = {
    sinks: SINK_CALLS.filter((sink) => sink.name.test(name)),
    passing: PASSING_CALLS.find((each) => each.name.test(name)),
    isRunner: RUNNERS.test(name),
  };
  knownCalls.set(name, found);
  return found;
}

function reportExternal(made: Call, name: string, sinks: readonly SinkCall[]): void {
  for (const sink of sinks) {
    const isPossible = sink.isPossible === true;
    for (const value of argumentsAt(made, sink)) report(made, { ...sink, callee: name, value, isPossible, withoutSql: 'same' });
  }
  if (/^subprocess\.(run|call|check_call|check_output|Popen)$/.test(name)) reportProcess(made, name);
  if (/^yaml\.(load|load_all)$/.test(name) && !hasSafeLoader(made.call)) {
    for (const value of made.given.positional.slice(0, 1))
      report(made, { kind: 'deserialization', callee: name, value, isPossible: false, withoutSql: 'same' });
  }
}

/** With a shell, the text is a program; without, only where it begins with what the client chose. */
function reportProcess(made: Call, callee: string): void {
  const shell = made.call.keywords.find(({ name }) => name === 'shell')?.value.kind;
  const [value] = argumentsAt(made, { positions: [0], keywords: ['args'] });
  if (value === undefined) return;
  if (shell === 'true') report(made, { kind: 'command', callee, value, isPossible: false, withoutSql: 'same' });
  else report(made, { kind: 'command', callee, value, isPossible: true, withoutSql: 'same', needsLeading: true });
}

function hasSafeLoader({ positional, keywords }: FlowCall): boolean {
  const loader = keywords.find(({ name }) => name === 'Loader')?.value ?? positional[1];
  const name = loader === undefined ? undefined : dottedNames(loader)?.at(-1);
  return name !== undefined && !/^(Loader|UnsafeLoader|CLoader)$/.test(name);
}

type Reported = Pick<SinkReport, 'kind' | 'callee' | 'value' | 'isPossible' | 'withoutSql'> & { readonly needsLeading?: boolean };

function report({ run, call, state }: Call, { kind, callee, value, isPossible, withoutSql, needsLeading = false }: Reported): void {
  run.project.report({ kind, callee, value, isPossible, withoutSql, needsLeading, path: run.path, span: call.span }, state);
}

function argumentsAt({ given }: Call, sink: Pick<SinkMethod, 'positions' | 'keywords'>): readonly Value[] {
  const positional = sink.positions.flatMap((position) => given.positional[position] ?? []);
  return [...positional, ...sink.keywords.flatMap((name) => given.keywords.get(name) ?? [])];
}

/** A method of some object. */
function callMethod(made: Call): Value | undefined {
  const { run, call, given, object } = made;
  if (call.callee.kind !== 'attribute') return undefined;
  const { name } = call.callee;
  if (object.type?.kind === 'instance') {
    const method = run.project.index.methodOf(object.type, name);
    if (method !== undefined) return run.project.callFunction(method, { ...given, self: object }, placeOf(made));
  }
  reportMethod(made, name, object);
  if (name === 'add_task' || name === 'run_in_executor') return runArgument(made, name === 'add_task' ? 0 : 1);
  return methodResult(made, name, object);
}

const knownMethods = new Map<string, readonly SinkMethod[]>();

function sinkMethods(name: string): readonly SinkMethod[] {
  const known = knownMethods.get(name) ?? SINK_METHODS.filter(({ method }) => method.test(name));
  knownMethods.set(name, known);
  return known;
}

function reportMethod(made: Call, name: string, object: Value): void {
  if (sinkMethods(name).length === 0) return;
  const type = object.type?.kind === 'external' ? object.type.name : undefined;
  const objectName = made.call.callee.kind === 'attribute' ? (dottedNames(made.call.callee.object)?.at(-1) ?? '') : '';
  for (const sink of sinkMethods(name)) {
    const isOfType = sink.type !== undefined && type !== undefined && sink.type.test(type);
    const looksLike = sink.object !== undefined && type === undefined && sink.object.test(objectName);
    if (!isOfType && !looksLike && sink.needsSql !== true) continue;
    const callee = `${objectName === '' ? '…' : objectName}.${name}`;
    const values = sink.positions[0] === -1 ? [object] : argumentsAt(made, sink);
    const isPossible = !isOfType && sink.needsSql !== true;
    for (const value of values)
      report(made, { ...sink, callee, value, isPossible, withoutSql: sink.needsSql === true ? 'nothing' : 'same' });
  }
}

function methodResult(made: Call, name: string, object: Value): Value | undefined {
  const { positional, keywords } = made.given;
  const values = [...positional, ...keywords.values()];
  if (name === 'format') return formatted(made, object);
  if (name === 'join') return textOf([object, ...values], { isExact: false });
  if (name === 'joinpath')
    return { ...textOf([object, ...values], { isExact: false }), ...(object.type === undefined ? {} : { type: object.type }) };
  if (name === 'append' || name === 'extend' || name === 'add' || name === 'insert' || name === 'update') return grown(made, values);
  if (flatTaints(object).length === 0) return undefined;
  if ((name === 'get' || name === 'pop') && !isRequest(object.type)) return readElement(object, literalKey(made.call));
  if (CHANGING_METHODS.has(name) || (name === 'strip' && positional.length > 0)) return doubted(textOf([object], { isExact: false }));
  if (!PASSING_METHODS.has(name)) return undefined;
  if (isRequest(object.type) && !/^(json|body|form|stream|receive_\w+|iter_\w+)$/.test(name)) return CLEAN;
  if (isUpload(object.type) && name !== 'read') return CLEAN;
  const isResolved = name === 'resolve' ? { isResolved: true } : {};
  const type = object.type?.kind === 'external' && !isRequest(object.type) && !isUpload(object.type) ? { type: object.type } : {};
  return { ...textOf([object], { ...isResolved, isExact: false }), ...type };
}

function formatted({ call, given }: Call, object: Value): Value {
  const text = call.callee.kind === 'attribute' && call.callee.object.kind === 'text' ? call.callee.object.value : undefined;
  const values = [...given.positional, ...given.keywords.values(), ...given.splats];
  return joinTexts([{ text, value: object }, ...values.map((value) => ({ text: undefined, value }))]);
}

/** `parts.append(x)`: the list has it from now on. */
function grown({ call, state }: Call, values: readonly Value[]): Value {
  const object: FlowExpression | undefined = call.callee.kind === 'attribute' ? call.callee.object : undefined;
  if (object?.kind === 'name' && values.some((value) => flatTaints(value).length > 0)) {
    const known = state.variables.get(object.name) ?? CLEAN;
    state.variables.set(object.name, joinValues([known, textOf(values, { isExact: false })]));
  }
  return CLEAN;
}

function literalKey({ positional }: FlowCall): string | undefined {
  return positional[0]?.kind === 'text' ? positional[0].value : undefined;
}

/** `asyncio.to_thread(f, x)` calls `f(x)`. */
function runArgument({ run, call, state }: Call, position = 0): Value {
  const callee = call.positional[position];
  if (callee === undefined) return CLEAN;
  return evaluateCall(run, { ...call, callee, positional: call.positional.slice(position + 1) }, state);
}

/** Whatever is not known may refuse what it is given; functions it is given may be called. */
function callUnknown(made: Call): Value {
  const { run, call, given, state } = made;
  const values = [...given.positional, ...given.keywords.values(), ...given.splats];
  for (const { type } of values) {
    if (type?.kind !== 'closure') continue;
    const variables = new Map([...type.variables].map(([name, value]) => [name, doubted(value)]));
    run.project.runClosure({ ...type, variables }, { self: undefined, positional: [], keywords: new Map(), splats: [] }, placeOf(made));
  }
  const name = call.callee.kind === 'attribute' || call.callee.kind === 'name' ? call.callee.name : '';
  const result = derivedArguments(made);
  if (CHECKING_NAME.test(name)) addGuards(state, result.taints, []);
  return result;
}

function derivedArguments({ object, given }: Call): Value {
  const values = [object, ...given.positional, ...given.keywords.values(), ...given.splats];
  return derivedOf(values.filter(({ type }) => !isRequest(type)));
}

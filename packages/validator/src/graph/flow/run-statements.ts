import type { FlowStatement } from '../../extract/flow/flow-facts';
import { assignTarget } from './evaluate-expression';
import type { FlowRun } from './flow-run';
import { copyState, joinGuards, joinStates, type FlowState, type Guard } from './flow-state';
import { joinValues, textOf, type Value } from './flow-value';
import { refineState } from './refine-state';

/** How a function ends. */
export interface FlowOutcome {
  readonly value: Value;
  readonly guards: ReadonlyMap<string, Guard>;
  /** What its first parameter holds then: for constructors. */
  readonly self: Value | undefined;
  /** Some way through it comes to an end. */
  readonly returns: boolean;
}

interface Exit {
  readonly value: Value | undefined;
  readonly state: FlowState;
}

interface Body {
  readonly run: FlowRun;
  readonly exits: Exit[];
  readonly yielded: Value[];
  readonly jumps: FlowState[];
}

/** Runs the body of a function over abstract values: each branch on a copy, loops twice. */
export function runStatements(run: FlowRun, state: FlowState): FlowOutcome {
  const body: Body = { run, exits: [], yielded: [], jumps: [] };
  runBlock(body, run.flow.body, state);
  if (!state.isDead) body.exits.push({ value: undefined, state });
  const self = run.flow.parameters[0]?.name;
  return {
    value: joinValues([...body.exits.flatMap(({ value }) => value ?? []), ...body.yielded]),
    guards: new Map(joinGuards(body.exits.map((exit) => exit.state.guards))),
    self: self === undefined ? undefined : joinValues(body.exits.flatMap((exit) => exit.state.variables.get(self) ?? [])),
    returns: body.exits.length > 0 || body.yielded.length > 0,
  };
}

function runBlock(body: Body, statements: readonly FlowStatement[], state: FlowState): void {
  for (const statement of statements) {
    if (state.isDead) return;
    runStatement(body, statement, state);
  }
}

function runStatement(body: Body, statement: FlowStatement, state: FlowState): void {
  const { run } = body;
  switch (statement.kind) {
    case 'assign': {
      const value = run.evaluate(statement.value, state);
      for (const target of statement.targets) assignTarget(run, target, value, state);
      return;
    }
    case 'evaluate':
      run.evaluate(statement.value, state);
      return;
    case 'return': {
      const value = run.evaluate(statement.value, state);
      if (!state.isDead) body.exits.push({ value, state: copyState(state) });
      state.isDead = true;
      return;
    }
    case 'yield':
      body.yielded.push(run.evaluate(statement.value, state));
      return;
    case 'raise':
      state.isDead = true;
      return;
    case 'jump':
      body.jumps.push(copyState(state));
      state.isDead = true;
      return;
    case 'assert':
      refineState(run, statement.test, true, state);
      return;
    case 'if':
      return runIf(body, statement, state);
    case 'loop':
      return runLoop(body, statement, state);
    case 'try':
      return runTry(body, statement, state);
    case 'import': {
      const { name, importIndex, importedNameIndex } = statement;
      state.variables.set(name, { taints: [], type: { kind: 'import', importIndex, importedNameIndex } });
      return;
    }
    case 'define':
      state.variables.set(statement.name, {
        taints: [],
        type: { kind: 'closure', path: run.path, function: statement.function, variables: new Map(state.variables) },
      });
  }
}

function runIf(body: Body, { test, then, otherwise }: Extract<FlowStatement, { kind: 'if' }>, state: FlowState): void {
  body.run.evaluate(test, state);
  const [yes, no] = [copyState(state), copyState(state)];
  refineState(body.run, test, true, yes);
  refineState(body.run, test, false, no);
  runBlock(body, then, yes);
  runBlock(body, otherwise, no);
  joinStates(state, [yes, no]);
}

function runLoop(body: Body, { head, target, body: statements }: Extract<FlowStatement, { kind: 'loop' }>, state: FlowState): void {
  const loop: Body = { ...body, jumps: [] };
  for (let round = 0; round < 2; round += 1) {
    const value = body.run.evaluate(head, state);
    const inner = copyState(state);
    if (target === undefined) refineState(body.run, head, true, inner);
    else assignTarget(body.run, target, { taints: textOf([value], { isExact: false }).taints }, inner);
    runBlock(loop, statements, inner);
    joinStates(state, [copyState(state), inner, ...loop.jumps]);
  }
}

/** A handler starts from anywhere in the body. */
function runTry(body: Body, { body: statements, handlers, last }: Extract<FlowStatement, { kind: 'try' }>, state: FlowState): void {
  const before = copyState(state);
  runBlock(body, statements, state);
  const after = { ...copyState(state), isDead: false };
  const ends = [copyState(state)];
  for (const handler of handlers) {
    const start = copyState(before);
    joinStates(start, [copyState(before), after]);
    runBlock(body, handler, start);
    ends.push(start);
  }
  joinStates(state, ends);
  const isDead = state.isDead;
  if (isDead) state.isDead = false;
  runBlock(body, last, state);
  state.isDead ||= isDead;
}

import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { busyError, obstacleError, unfinishedError, unwritableError } from './disk-trouble';
import type { FileChange } from './file-change';
import { removeEmptyFolders } from './remove-empty-folders';
import { freeRunLock, takeRunLock } from './run-lock';
import { commitChanges, discardChanges, finishChanges, isCommitted, isUntouched, type Finished, type Stage } from './staged-changes';
import { transactionFolder } from './transaction-folder';

/** The one run of a service that may write now. */
export interface Transaction {
  /** What was left of a run that was killed, and is in place now. */
  readonly recovered: Finished | undefined;
  /** Puts all changes in place: all of them or, where the process is killed, all of them when the next run begins. Throws `UserError`. */
  readonly apply: (changes: readonly FileChange[]) => Finished;
  /** As `apply`, but somebody else puts them in place, before `close`. */
  readonly announce: (changes: readonly FileChange[]) => void;
  /** Ends the run; what was announced is in place. */
  readonly close: () => void;
}

interface Service {
  /** Absolute. */
  readonly workspaceRoot: string;
  /** From the workspace root. */
  readonly directory: string;
}

/** A service that this process is at. A generator may call another one for the same service, so they are counted. */
interface OpenRun {
  readonly stage: Stage;
  readonly lock: string;
  count: number;
  hasAnnounced: boolean;
}

const openRuns = new Map<string, OpenRun>();

/** Begins a run: alone, and with nothing left of the one before. Throws `UserError` where another process is at it, or nothing can be written. */
export function openTransaction(service: Service): Transaction {
  const { directory } = service;
  const stage = stageOf(service);
  const known = openRuns.get(stage.folder);
  const run = known ?? enter(stage, directory);
  const recovered = known === undefined ? recover(run, directory) : undefined;
  run.count += 1;
  return {
    recovered,
    apply: (changes) => {
      commit(stage, directory, changes);
      return finish(stage, directory);
    },
    announce: (changes) => {
      commit(stage, directory, changes);
      run.hasAnnounced = true;
    },
    close: () => {
      run.count -= 1;
      if (run.count > 0) return;
      if (run.hasAnnounced) discardChanges(stage);
      leave(run);
    },
  };
}

function stageOf({ workspaceRoot, directory }: Service): Stage {
  return { workspaceRoot, folder: join(workspaceRoot, directory, transactionFolder) };
}

function enter(stage: Stage, directory: string): OpenRun {
  const lock = join(stage.folder, 'lock');
  const taking = onDisk(
    () => takeRunLock(lock),
    (error) => {
      removeEmptyFolders(stage.folder, stage.workspaceRoot);
      return unwritableError(directory, error);
    },
  );
  if (taking.kind === 'busy') throw busyError(directory, taking.holder, `${directory}/${transactionFolder}/lock`);
  const run = { stage, lock, count: 0, hasAnnounced: false };
  if (openRuns.size === 0) process.once('exit', leaveAll);
  openRuns.set(stage.folder, run);
  return run;
}

/** Finishes what an earlier run had committed, and drops what it had not. */
function recover(run: OpenRun, directory: string): Finished | undefined {
  try {
    onDisk(
      () => writeFileSync(join(run.stage.folder, '.gitignore'), '*\n'),
      (error) => unwritableError(directory, error),
    );
    if (isCommitted(run.stage)) return finish(run.stage, directory);
    discardChanges(run.stage);
    return undefined;
  } catch (error) {
    leave(run);
    throw error;
  }
}

function commit(stage: Stage, directory: string, changes: readonly FileChange[]): void {
  const obstacles = onDisk(
    () => commitChanges(stage, changes),
    (error) => unwritableError(directory, error),
  );
  if (obstacles.length > 0) throw obstacleError(directory, obstacles);
}

function finish(stage: Stage, directory: string): Finished {
  return onDisk(
    () => finishChanges(stage),
    (error) => unfinishedError(directory, error),
  );
}

/** Frees the service. A plan that is still there is left for the next run. */
function leave({ stage, lock }: OpenRun): void {
  openRuns.delete(stage.folder);
  if (openRuns.size === 0) process.removeListener('exit', leaveAll);
  if (!isCommitted(stage)) rmSync(join(stage.folder, '.gitignore'), { force: true });
  freeRunLock(lock);
  removeEmptyFolders(stage.folder, stage.workspaceRoot);
}

/** The process ends and somebody has not closed: what was announced and not begun will not be. */
function leaveAll(): void {
  for (const run of [...openRuns.values()]) {
    if (run.hasAnnounced && isCommitted(run.stage) && isUntouched(run.stage)) discardChanges(run.stage);
    leave(run);
  }
}

function onDisk<Result>(work: () => Result, toError: (error: unknown) => unknown): Result {
  try {
    return work();
  } catch (error) {
    throw toError(error);
  }
}

import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { isWritable } from '../is-writable';
import type { FileChange } from './file-change';
import { moveFile } from './move-file';
import { removeEmptyFolders } from './remove-empty-folders';
import { syncFolder } from './sync-folder';

/**
 * Texts put down in a folder, to be moved to their places later. The rename of `plan.json` is the commit: before it, nothing has happened;
 * after it, whoever comes next can do all that is left, as often as it takes.
 */
export interface Stage {
  /** Absolute. */
  readonly workspaceRoot: string;
  /** Absolute. */
  readonly folder: string;
}

/** What keeps a change from being made. */
export interface Obstacle {
  readonly path: string;
  readonly kind: 'changed-meanwhile' | 'read-only' | 'folder-in-the-way' | 'file-in-the-way';
}

/** A file that somebody has given another text after the commit: it stays, and the new text stands beside it. */
export interface SetAside {
  readonly path: string;
  readonly beside: string;
}

export interface Finished {
  readonly files: number;
  readonly setAside: readonly SetAside[];
}

interface PlannedChange {
  readonly path: string;
  /** Name of the file in the folder that holds the new text; left out: the file is to be deleted. */
  readonly staged?: string;
  /** SHA-256 of what it held; left out: it was not there. */
  readonly before?: string;
  readonly after?: string;
}

interface Plan {
  readonly version: 1;
  readonly changes: readonly PlannedChange[];
}

const planName = 'plan.json';
const draftName = 'plan.json.draft';

export function isCommitted({ folder }: Stage): boolean {
  return existsSync(join(folder, planName));
}

/** Stages all texts and commits; an obstacle, or an error, leaves everything as it was. */
export function commitChanges(stage: Stage, changes: readonly FileChange[]): readonly Obstacle[] {
  const obstacles = changes.flatMap((change) => obstaclesOf(stage, change));
  if (obstacles.length > 0) return obstacles;
  try {
    discardChanges(stage);
    mkdirSync(stage.folder, { recursive: true });
    const plan: Plan = { version: 1, changes: changes.map((change, index) => stageChange(stage, change, String(index))) };
    writeFileSync(join(stage.folder, draftName), JSON.stringify(plan), { flush: true });
    syncFolder(stage.folder);
    renameSync(join(stage.folder, draftName), join(stage.folder, planName));
    syncFolder(stage.folder);
    return [];
  } catch (error) {
    discardChanges(stage);
    throw error;
  }
}

/** Does what is left of the committed plan. */
export function finishChanges(stage: Stage): Finished {
  const { changes } = readPlan(stage);
  const setAside = changes.flatMap((change) => (change.staged === undefined ? remove(stage, change) : moveIn(stage, change)));
  for (const folder of new Set(changes.map(({ path }) => dirname(placeOf(stage, path))))) syncFolder(folder);
  discardChanges(stage);
  return { files: changes.length, setAside };
}

/** Whether nothing of the committed plan has reached its place. */
export function isUntouched(stage: Stage): boolean {
  return readPlan(stage).changes.every(({ path, before }) => hashAt(stage, path) === before);
}

/** Forgets the plan, and then the texts. */
export function discardChanges({ folder }: Stage): void {
  if (!existsSync(folder)) return;
  rmSync(join(folder, planName), { force: true });
  const staged = readdirSync(folder).filter((name) => /^\d+$/.test(name) || name === draftName);
  for (const name of staged) rmSync(join(folder, name), { force: true });
}

function readPlan({ folder }: Stage): Plan {
  return JSON.parse(readFileSync(join(folder, planName), 'utf8')) as Plan;
}

function stageChange(stage: Stage, { path, after, before, mode }: FileChange, name: string): PlannedChange {
  const hashes = { ...(before && { before: hashOf(before) }), ...(after && { after: hashOf(after) }) };
  if (after === undefined) return { path, ...hashes };
  const file = join(stage.folder, name);
  writeFileSync(file, after, { flush: true });
  const modeNow = statSync(placeOf(stage, path), { throwIfNoEntry: false })?.mode;
  const kept = mode ?? modeNow;
  if (kept !== undefined) chmodSync(file, kept & 0o777);
  return { path, staged: name, ...hashes };
}

function obstaclesOf(stage: Stage, { path, before }: FileChange): readonly Obstacle[] {
  const place = placeOf(stage, path);
  let folder = dirname(place);
  while (!existsSync(folder)) folder = dirname(folder);
  if (!statSync(folder).isDirectory()) return [{ path, kind: 'file-in-the-way' }];
  const found = statSync(place, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) return [{ path, kind: 'folder-in-the-way' }];
  if (hashAt(stage, path) !== (before && hashOf(before))) return [{ path, kind: 'changed-meanwhile' }];
  return isWritable(folder) && (found === undefined || isWritable(place)) ? [] : [{ path, kind: 'read-only' }];
}

function moveIn(stage: Stage, { path, staged = '', before, after }: PlannedChange): readonly SetAside[] {
  const from = join(stage.folder, staged);
  const current = hashAt(stage, path);
  if (current === after || !existsSync(from)) return [];
  const isFree = current === before;
  const beside = `${path}.generated`;
  moveFile(from, placeOf(stage, isFree ? path : beside));
  return isFree ? [] : [{ path, beside }];
}

function remove(stage: Stage, { path, before }: PlannedChange): readonly SetAside[] {
  const place = placeOf(stage, path);
  if (hashAt(stage, path) === before) rmSync(place, { force: true });
  removeEmptyFolders(dirname(place), stage.workspaceRoot);
  return [];
}

function hashAt(stage: Stage, path: string): string | undefined {
  try {
    return hashOf(readFileSync(placeOf(stage, path)));
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(code)) return undefined;
    throw error;
  }
}

/** Where a file lies: for a link, which stays one, where it points to. */
function placeOf({ workspaceRoot }: Stage, path: string): string {
  const file = join(workspaceRoot, path);
  return existsSync(file) && lstatSync(file).isSymbolicLink() ? realpathSync(file) : file;
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

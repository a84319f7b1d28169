import { readdirSync, realpathSync, statSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { reasonOf, unreadable } from './unreadable';

/** A file of a project as the folder and the inode tell it; its bytes are not read yet. */
export interface ListedFile {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly kind: 'python' | 'manifest' | 'compiled';
  readonly size: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly inode: number;
}

export interface ProjectListing {
  /** Sorted by path. */
  readonly files: readonly ListedFile[];
  /** One for each file or folder that is none, or that the system does not show. */
  readonly diagnostics: readonly Diagnostic[];
}

const SKIPPED_FOLDERS = new Set(['node_modules', '__pycache__', 'dist', 'venv', 'site-packages']);
/** The manifest of generated services is the one thing that is read in a hidden folder. */
const GENERATED_FOLDER = '.fastapi';
const GENERATED_MANIFEST = /^manifest\.jsonl?$/;
const COMPILED_FILE = /\.(so|pyd)$/;
const MANIFEST_FILE =
  /(^|\/)(service\.yaml|\.fastapi\/manifest\.jsonl?|pyproject\.toml|setup\.cfg|pytest\.ini|tox\.ini|Pipfile|(uv|poetry|pdm)\.lock|[\w.-]*requirements[\w.-]*\.(txt|in)|requirements\/[\w.-]+\.(txt|in))$/;

interface Walk {
  readonly root: string;
  readonly files: ListedFile[];
  readonly diagnostics: Diagnostic[];
  /** Real paths: a folder reached a second time through a symbolic link is empty. */
  readonly visited: Set<string>;
  readonly pending: Folder[];
}

interface Folder {
  readonly path: string;
  readonly real: string;
}

/** Lists the Python files, compiled modules, manifests and specs of services below a folder. Hidden folders, environments and build output are left out. */
export function listProjectFiles(root: string): ProjectListing {
  const walk: Walk = { root, files: [], diagnostics: [], visited: new Set(), pending: [{ path: '', real: realpathSync(root) }] };
  while (walk.pending.length > 0) {
    const folder = walk.pending.pop()!;
    for (const entry of readFolder(walk, folder)) takeEntry(walk, folder, entry);
  }
  walk.files.sort((left, right) => (left.path < right.path ? -1 : 1));
  return walk;
}

function readFolder(walk: Walk, { path, real }: Folder): readonly Dirent[] {
  if (walk.visited.has(real)) return [];
  walk.visited.add(real);
  try {
    const entries = readdirSync(real, { withFileTypes: true }).sort((left, right) => (left.name < right.name ? -1 : 1));
    return path !== '' && entries.some(({ name }) => name === 'pyvenv.cfg') ? [] : entries;
  } catch (error) {
    if (path === '') throw error;
    walk.diagnostics.push(unreadable(path, reasonOf(error)));
    return [];
  }
}

function takeEntry(walk: Walk, folder: Folder, entry: Dirent): void {
  const { name } = entry;
  const path = folder.path === '' ? name : `${folder.path}/${name}`;
  if (isGenerated(folder.path) && !GENERATED_MANIFEST.test(name)) return;
  const kind = kindOf(path);
  if (entry.isDirectory()) return takeFolder(walk, path, { path, real: join(folder.real, name) });
  if (entry.isSymbolicLink()) return takeLink(walk, path, kind);
  if (kind !== undefined) takeFile(walk, path, kind);
}

function isGenerated(folder: string): boolean {
  return folder === GENERATED_FOLDER || folder.endsWith(`/${GENERATED_FOLDER}`);
}

function takeFolder(walk: Walk, path: string, folder: Folder): void {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if ((name.startsWith('.') && name !== GENERATED_FOLDER) || SKIPPED_FOLDERS.has(name)) return;
  if (name.endsWith('.py'))
    walk.diagnostics.push(unreadable(path, 'it is a folder, which no import finds under this name. Rename it', 'possible'));
  walk.pending.push(folder);
}

function takeLink(walk: Walk, path: string, kind: ListedFile['kind'] | undefined): void {
  try {
    const status = statSync(join(walk.root, path));
    if (status.isDirectory()) takeFolder(walk, path, { path, real: realpathSync(join(walk.root, path)) });
    else if (kind !== undefined) takeFile(walk, path, kind);
  } catch (error) {
    if (kind !== undefined && kind !== 'compiled') walk.diagnostics.push(unreadable(path, reasonOf(error)));
  }
}

/** A pipe or a device is never opened: reading it could wait for ever. */
function takeFile(walk: Walk, path: string, kind: ListedFile['kind']): void {
  try {
    const status = statSync(join(walk.root, path));
    const { size, mtimeMs, ctimeMs, ino } = status;
    if (status.isFile()) walk.files.push({ path, kind, size, mtimeMs, ctimeMs, inode: ino });
    else if (kind !== 'compiled')
      walk.diagnostics.push(unreadable(path, 'it is a pipe, a socket or a device, and no file. Move it, or put a file there'));
  } catch (error) {
    if (kind !== 'compiled') walk.diagnostics.push(unreadable(path, reasonOf(error)));
  }
}

function kindOf(path: string): ListedFile['kind'] | undefined {
  if (path.endsWith('.py')) return 'python';
  if (COMPILED_FILE.test(path)) return 'compiled';
  return MANIFEST_FILE.test(path) ? 'manifest' : undefined;
}

import { chmodSync, existsSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic';

export interface ProjectFiles {
  /** Path relative to the root → text, sorted by path. */
  readonly files: ReadonlyMap<string, string>;
  /** One `unreadable-file` for each file or folder that could not be read. */
  readonly diagnostics: readonly Diagnostic[];
}

const SKIPPED_FOLDERS = new Set(['node_modules', '__pycache__', 'dist', 'venv', 'site-packages']);
/** Compiled modules exist for imports; their bytes are not read. */
const COMPILED_FILE = /\.(so|pyd)$/;
const WANTED_FILE =
  /(\.py|(^|\/)(pyproject\.toml|setup\.cfg|pytest\.ini|tox\.ini|Pipfile|(uv|poetry|pdm)\.lock|[\w.-]*requirements[\w.-]*\.(txt|in)|requirements\/[\w.-]+\.(txt|in)))$/;

/** Reads the Python files and manifests below a folder. Hidden folders, environments and build output are left out. */
export function readProjectFiles(root: string): ProjectFiles {
  const texts: [string, string][] = [];
  const diagnostics: Diagnostic[] = [];
  const visitedFolders = new Set<string>();
  const pending = [''];
  while (pending.length > 0) {
    const folder = pending.pop()!;
    const entries = readFolder(root, folder, visitedFolders, diagnostics);
    for (const name of entries) {
      const path = folder === '' ? name : `${folder}/${name}`;
      const kind = kindOf(join(root, path), path, diagnostics);
      if (kind === 'folder' && !name.startsWith('.') && !SKIPPED_FOLDERS.has(name)) pending.push(path);
      if (kind === 'file' && COMPILED_FILE.test(name)) texts.push([path, '']);
      if (kind !== 'file' || !WANTED_FILE.test(path)) continue;
      const text = readText(join(root, path), path, diagnostics);
      if (text !== undefined) texts.push([path, text]);
    }
  }
  texts.sort(([left], [right]) => (left < right ? -1 : 1));
  return { files: new Map(texts), diagnostics };
}

/** The nearest folder at or above a path that has a pyproject.toml; does not look above `ceiling`. */
export function findProjectRoot(path: string, ceiling?: string): string | undefined {
  for (let folder = path; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'pyproject.toml'))) return folder;
    if (folder === ceiling || folder === dirname(folder)) return undefined;
  }
}

export interface TextChange {
  readonly before: string;
  readonly after: string;
}

/**
 * Replaces a file's text whole: a reader sees the old or the new one. Keeps the file's mode, its byte order mark and a link to it.
 * Throws when the file no longer holds `before`.
 */
export function replaceText(file: string, { before, after }: TextChange): void {
  const target = realpathSync(file);
  const bytes = readFileSync(target);
  if (new TextDecoder('utf-8').decode(bytes) !== before)
    throw new Error(`${file} was changed while it was checked, and is left as it is. Run the command again.`);
  const mark = bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) ? '\uFEFF' : '';
  const draft = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
  try {
    writeFileSync(draft, mark + after, { flag: 'wx' });
    chmodSync(draft, statSync(target).mode);
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new Error(`${file} cannot be written: ${reasonOf(error, 'writable')}.`, { cause: error });
  }
}

/** A folder reached a second time through a symbolic link is empty; so is a virtual environment. */
function readFolder(root: string, folder: string, visited: Set<string>, diagnostics: Diagnostic[]): readonly string[] {
  try {
    const real = realpathSync(join(root, folder));
    if (visited.has(real)) return [];
    visited.add(real);
    const names = readdirSync(real).sort();
    return folder !== '' && names.includes('pyvenv.cfg') ? [] : names;
  } catch (error) {
    if (folder === '') throw error;
    diagnostics.push(unreadable(folder, reasonOf(error)));
    return [];
  }
}

function kindOf(file: string, path: string, diagnostics: Diagnostic[]): 'file' | 'folder' | 'other' {
  try {
    const status = statSync(file);
    if (status.isDirectory()) return 'folder';
    return status.isFile() ? 'file' : 'other';
  } catch (error) {
    if (WANTED_FILE.test(path)) diagnostics.push(unreadable(path, reasonOf(error)));
    return 'other';
  }
}

function readText(file: string, path: string, diagnostics: Diagnostic[]): string | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    diagnostics.push(unreadable(path, reasonOf(error)));
    return undefined;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    diagnostics.push(unreadable(path, 'it is not UTF-8 text. Save it as UTF-8'));
    return undefined;
  }
}

function reasonOf(error: unknown, wanted: 'readable' | 'writable' = 'readable'): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EACCES') return `permission is denied. Make it ${wanted}`;
  return `the system says ${code ?? String(error)}. Make it ${wanted}${wanted === 'readable' ? ', or remove it' : ''}`;
}

function unreadable(path: string, reason: string): Diagnostic {
  const position = { line: 1, column: 1, offset: 0 };
  return {
    rule: 'unreadable-file',
    severity: 'error',
    certainty: 'certain',
    path,
    range: { start: position, end: position },
    message: `${path} cannot be read: ${reason}.`,
  };
}

import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
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
const WANTED_FILE = /(\.py|^pyproject\.toml|^requirements[\w.-]*\.txt|^(uv|poetry|pdm)\.lock)$/;

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
      if (kind !== 'file' || !WANTED_FILE.test(name)) continue;
      const text = readText(join(root, path), path, diagnostics);
      if (text !== undefined) texts.push([path, text]);
    }
  }
  texts.sort(([left], [right]) => (left < right ? -1 : 1));
  return { files: new Map(texts), diagnostics };
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

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'EACCES'
    ? 'permission is denied. Make it readable'
    : `the system says ${code ?? String(error)}. Make it readable, or remove it`;
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

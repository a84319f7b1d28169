import type { Tree } from '@nx/devkit';
import { outputFiles } from '../../executors/validate/output-files';

/** What Python tools leave behind, wherever they are run, and what `validate` writes: Nx keeps that with its results. */
const rows = [
  '.venv/',
  '__pycache__/',
  '.import_linter_cache/',
  '.mypy_cache/',
  '.pytest_cache/',
  '.ruff_cache/',
  ...Object.values(outputFiles).map((path) => `**/${path}`),
];

/** Adds the rows that the workspace's `.gitignore` has not yet; Nx does not look into ignored folders either. */
export function ignorePythonFiles(tree: Tree): void {
  const text = tree.read('.gitignore', 'utf-8') ?? '';
  const present = new Set(text.split(/\r?\n/).map(nameOf));
  const missing = rows.filter((row) => !present.has(nameOf(row)));
  if (missing.length === 0) return;
  const start = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  tree.write('.gitignore', `${start}${start === '' ? '' : '\n'}# Python\n${missing.join('\n')}\n`);
}

// `.venv`, `.venv/` and `**/.venv` ignore the same; with another `/` inside, a row without `**` ignores one place only.
function nameOf(row: string): string {
  return row
    .trim()
    .replace(/\/$/, '')
    .replace(/^\*\*\/(?=[^/]*$)/, '');
}

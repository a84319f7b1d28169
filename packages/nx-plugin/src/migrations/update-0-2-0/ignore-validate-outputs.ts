import type { Tree } from '@nx/devkit';

/** What `validate` writes into each project since 0.2.0; fixed here, whatever `init` adds to new workspaces later. */
const rows = ['**/.fastapi/surface.json', '**/.fastapi/validate.sarif'];

/** Adds to `.gitignore` what workspaces of 0.1.0 do not ignore yet. Run again, it changes nothing. */
export default function ignoreValidateOutputs(tree: Tree): void {
  const text = tree.read('.gitignore', 'utf-8') ?? '';
  const present = new Set(text.split(/\r?\n/).map((row) => row.trim()));
  const missing = rows.filter((row) => !present.has(row));
  if (missing.length === 0) return;
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const start = text === '' ? '' : `${text.replace(/(\r?\n)*$/, '')}${lineBreak}${lineBreak}`;
  tree.write('.gitignore', `${start}${['# Written by validate', ...missing, ''].join(lineBreak)}`);
}

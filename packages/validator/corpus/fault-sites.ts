import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** An import on one line at a module's top level, as CPython's parser sees it. */
export interface ImportSite {
  readonly kind: 'import' | 'from';
  readonly line: number;
  /** Absolute. */
  readonly module: string;
  readonly written: string;
  readonly level: number;
  readonly names: readonly { readonly name: string; readonly bound: string; readonly after: number | null }[];
  /** The project file it reaches. */
  readonly target: string | null;
  readonly stdlib: boolean;
}

export interface RouteSite {
  readonly router: string;
  readonly method: string;
  readonly path: string;
  readonly pathLine: number;
  readonly line: number;
  readonly name: string;
  readonly parameters: readonly string[];
}

export interface FileSites {
  readonly module: string;
  readonly imports: readonly ImportSite[];
  readonly definitions: readonly { readonly name: string; readonly line: number; readonly end: number }[];
  /** Names bound by one statement of the whole file, with the lines where running code reads them. */
  readonly once: Readonly<Record<string, readonly number[]>>;
  /** The last line of the `__future__` imports; 0 without. */
  readonly future: number;
  readonly relative: boolean;
  readonly routes: readonly RouteSite[];
}

/** Where faults can be planted; the validator has no part in choosing. */
export function listSites(folder: string, paths: readonly string[]): ReadonlyMap<string, FileSites> {
  const run = spawnSync('python3', [join(__dirname, 'list-sites.py'), folder], {
    input: JSON.stringify(paths),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (run.status !== 0) throw new Error(`The places for faults cannot be listed: ${run.stderr}`);
  return new Map(Object.entries(JSON.parse(run.stdout) as Record<string, FileSites>));
}

import type { Workspace } from '@astral-sh/ruff-wasm-nodejs';
import type { PythonVersion } from '../python/python-version';

interface RuffSettings {
  readonly version: PythonVersion;
  /** Rule codes and prefixes, such as `B006` and `ASYNC`. */
  readonly select: readonly string[];
}

const workspaces = new Map<string, Workspace>();

/** Ruff with these settings; made once, and its WebAssembly loaded only when somebody asks. Throws what ruff says about a wrong code. */
export function ruffWorkspace({ version, select }: RuffSettings): Workspace {
  const key = `${version.minor} ${select.join(',')}`;
  const known = workspaces.get(key);
  if (known !== undefined) return known;
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const ruff = require('@astral-sh/ruff-wasm-nodejs') as typeof import('@astral-sh/ruff-wasm-nodejs');
  const workspace = new ruff.Workspace({ 'target-version': targetVersion(version), lint: { select } }, ruff.PositionEncoding.Utf16);
  workspaces.set(key, workspace);
  return workspace;
}

const [OLDEST, NEWEST] = [7, 15];

function targetVersion({ minor }: PythonVersion): string {
  return `py3${Math.min(Math.max(minor, OLDEST), NEWEST)}`;
}

import { joinPath } from './join-path';
import { readToml } from './read-toml';
import type { TomlTable } from './toml-table';

/** The `pyproject.toml` of that folder; an empty table when there is none, or when it is no TOML. */
export function readPyproject(base: string, texts: ReadonlyMap<string, string>): TomlTable {
  const path = joinPath(base, 'pyproject.toml')!;
  const outcome = readToml(path, texts.get(path) ?? '');
  return outcome.kind === 'table' ? outcome.table : {};
}

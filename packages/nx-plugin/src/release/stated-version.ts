import { stringAt, stringsAt, valueAt, type TomlTable } from '../pyproject/toml-document';

export type StatedVersion =
  /** At these keys of `pyproject.toml`; a project may say it twice, for Poetry and for others. */
  | { readonly kind: 'stated'; readonly version: string; readonly paths: readonly (readonly string[])[] }
  /** Made from something else when the package is built: a git tag, a file. */
  | { readonly kind: 'dynamic' }
  | { readonly kind: 'missing' };

/** The version in a `pyproject.toml`: `[project].version` (PEP 621) before `[tool.poetry].version`. */
export function readStatedVersion(pyproject: TomlTable): StatedVersion {
  const places = [
    ['project', 'version'],
    ['tool', 'poetry', 'version'],
  ];
  const paths = places.filter((path) => valueAt(pyproject, ...path) !== undefined);
  const version = paths.map((path) => stringAt(pyproject, ...path)).find((text) => text !== undefined);
  if (version !== undefined) return { kind: 'stated', version, paths };
  return stringsAt(pyproject, 'project', 'dynamic').includes('version') ? { kind: 'dynamic' } : { kind: 'missing' };
}

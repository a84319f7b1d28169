import { stringsOf, tableAt, tablesOf, type TomlTable } from './toml-table';

/** Extension modules a pyproject.toml has compiled: by maturin, setuptools and setuptools-rust. */
export function listBuiltModules(pyproject: TomlTable): readonly string[] {
  const tool = tableAt(pyproject, 'tool');
  return [
    ...stringsOf(tableAt(tool, 'maturin')['module-name']),
    ...tablesOf(tableAt(tool, 'setuptools')['ext-modules']).flatMap(({ name }) => stringsOf(name)),
    ...tablesOf(tableAt(tool, 'setuptools-rust')['ext-modules']).flatMap(({ target }) => stringsOf(target)),
  ];
}

/** `Extension("shop._speedups", …)` in a setup.py. */
export function extensionsIn(setup: string): readonly string[] {
  return [...setup.matchAll(/\w*Extension\(\s*(?:(?:name|target)\s*=\s*)?["']([\w.]+)["']/g)].map(([, module]) => module!);
}

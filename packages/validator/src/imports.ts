/** What a project graph asks: which modules a text imports, and what manifests say. Loads no parser of Python, no rules. */
export { listImports } from './scan/list-imports';
export type { WrittenImport } from './scan/written-import';
export { decodeSource } from './python/decode-source';
export { parseDistributionName } from './python/distribution-name';
export { DEFAULT_PYTHON_VERSION } from './python/python-version';
export { isStdlibModule } from './python/is-stdlib-module';
export { joinPath } from './resolve/join-path';
export { listPythonFolders } from './resolve/list-python-folders';
export { readImportRoots } from './resolve/read-import-roots';
export { readPackagedRoots } from './resolve/read-packaged-roots';
export { readPyprojectRequirements } from './resolve/read-pyproject-requirements';
export { readToml } from './resolve/read-toml';
export { isTable, stringsOf, tableAt, tablesOf, type TomlTable } from './resolve/toml-table';
export { RULES_VERSION as rulesVersion } from './rules/rules-version';

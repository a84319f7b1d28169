import type { ModuleSummary } from '../extract/module-summary';

/** Everything of a file that the links of other files can depend on. Equal keys: nobody else needs another look. */
export function exportKey(path: string, summary: ModuleSummary): string {
  const imports = summary.imports
    .filter((statement) => statement.kind === 'star' || path.endsWith('__init__.py'))
    .map(({ kind, level, module, names, time, typeCheckingOnly }) => [
      kind,
      level,
      module,
      names.map(({ name }) => name),
      time,
      typeCheckingOnly,
    ]);
  return JSON.stringify([
    [...summary.symbols.values()].map(({ name, kind, status }) => [name, kind === 'import', status]),
    summary.dunderAll,
    summary.isDynamic,
    summary.hasModuleGetattr,
    [...summary.storedAttributes].sort(),
    imports,
  ]);
}

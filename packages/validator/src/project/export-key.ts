import type { ModuleSummary, ModuleSymbol } from '../extract/module-summary';

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
    summary.fileless,
    summary.hasModuleGetattr,
    [...summary.storedAttributes].sort(),
    imports,
    [...summary.symbols.values()].map((symbol) => originKey(symbol, summary)),
    JSON.stringify([...summary.callables], (field, value: unknown) => (SHOWN_FIELDS.has(field) ? undefined : value)),
  ]);
}

/** What only messages show of a definition. Other files with findings need another look when it changes. */
export function shownKey(summary: ModuleSummary): string {
  return JSON.stringify([...summary.callables]);
}

const SHOWN_FIELDS: ReadonlySet<string> = new Set(['line', 'text']);

function originKey({ origin }: ModuleSymbol, { imports }: ModuleSummary): unknown {
  const statement = origin === undefined ? undefined : imports[origin.importIndex]!;
  if (statement === undefined) return undefined;
  const name = origin!.importedNameIndex === undefined ? undefined : statement.names[origin!.importedNameIndex]!.name;
  return [statement.level, statement.module, statement.hasAlias, name];
}

import { parseDistributionName } from '../python/distribution-name';
import { stringsOf, tablesOf, isTable, type TomlTable } from './toml-table';

/** Distribution → the distributions it needs, normalised, as uv.lock, poetry.lock or pdm.lock says. */
export function readLock(table: TomlTable): ReadonlyMap<string, readonly string[]> {
  const packages = new Map<string, readonly string[]>();
  for (const entry of tablesOf(table['package'])) {
    const name = typeof entry['name'] === 'string' ? parseDistributionName(entry['name']) : undefined;
    if (name !== undefined) packages.set(name, [...(packages.get(name) ?? []), ...neededBy(entry)]);
  }
  return packages;
}

/** uv writes tables with a name, pdm requirement texts, Poetry a table by name; extras of uv stand apart. */
function neededBy(entry: TomlTable): readonly string[] {
  const { dependencies } = entry;
  const named = isTable(dependencies)
    ? Object.keys(dependencies)
    : [...stringsOf(dependencies), ...tablesOf(dependencies).flatMap(({ name }) => stringsOf(name))];
  const optional = isTable(entry['optional-dependencies'])
    ? Object.values(entry['optional-dependencies']).flatMap((list) => tablesOf(list).flatMap(({ name }) => stringsOf(name)))
    : [];
  return [...named, ...optional].map((text) => parseDistributionName(text)).filter((name) => name !== undefined);
}

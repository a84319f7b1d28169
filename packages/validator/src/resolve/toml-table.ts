/** A table of a TOML file, nothing known of its values yet. */
export type TomlTable = Readonly<Record<string, unknown>>;

/** The table at the end of these keys; an empty one when there is none. */
export function tableAt(table: unknown, ...keys: readonly string[]): TomlTable {
  let current: unknown = table;
  for (const key of keys) current = isTable(current) ? current[key] : undefined;
  return isTable(current) ? current : {};
}

/** The strings of a list; a lone string is a list of one. */
export function stringsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : [];
}

/** The tables of a list of tables. */
export function tablesOf(value: unknown): readonly TomlTable[] {
  return Array.isArray(value) ? value.filter(isTable) : [];
}

export function isTable(value: unknown): value is TomlTable {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

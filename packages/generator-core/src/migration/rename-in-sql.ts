/** A condition with other names for its columns; what stands in single quotes is text and stays, as do functions. */
export function renameInSql(sql: string, nameOf: (column: string) => string): string {
  return sql.replace(/'(?:[^']|'')*'|\b[A-Za-z_][A-Za-z0-9_]*\b(?!\s*\()/g, (word) => (word.startsWith("'") ? word : nameOf(word)));
}

import type { ImportStatement } from './import-statement';

/** An import as Python writes it, of one name alone. */
export function importText(statement: ImportStatement, importedNameIndex: number | undefined): string {
  const module = `${'.'.repeat(statement.level)}${statement.module}`;
  if (importedNameIndex === undefined) return `import ${module}${statement.hasAlias ? ` as ${statement.boundName}` : ''}`;
  const { name, boundName } = statement.names[importedNameIndex]!;
  return `from ${module} import ${name}${name === boundName ? '' : ` as ${boundName}`}`;
}

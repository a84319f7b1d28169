import type { Diagnostic } from '@org/validator';
import { diagnosticAt } from '../diagnostic-at';
import type { PythonFile } from './python-file';

const TARGET = /\bForeignKey\(\s*["']([\w.]+)\.\w+["']/g;
const TABLE = /^\s+__tablename__\s*(?::[^=]+)?=\s*["'](\w+)["']|\bTable\(\s*["'](\w+)["']/gm;

/** Foreign keys to tables that no file makes: SQLAlchemy raises when it first needs the mapping, far away from the line. */
export function findUnknownTables(file: PythonFile, texts: Iterable<string>): readonly Diagnostic[] {
  const targets = [...file.text.matchAll(TARGET)];
  if (targets.length === 0) return [];
  const tables = new Set([...texts].flatMap((text) => [...text.matchAll(TABLE)].map(([, mapped, plain]) => mapped ?? plain!)));
  return targets
    .filter(([, table]) => !tables.has(table!))
    .map(({ index, 1: table }) => {
      const line = file.text.slice(0, index).split('\n').length;
      return diagnosticAt(
        file.path,
        line,
        'unknown-table',
        `No file makes a table \`${table}\`. There are ${[...tables].sort().join(', ')}.`,
      );
    });
}

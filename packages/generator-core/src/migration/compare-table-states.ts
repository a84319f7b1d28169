import type { TableDescription } from '../artifacts/tables/table-description';
import type { ProjectReader } from '../project/project-reader';
import { formatTableState, statePath, statePaths } from './table-state';

/** What to write and to delete, so that the record of the tables is that of these; both sorted as given. */
export function compareTableStates(
  tables: readonly TableDescription[],
  project: ProjectReader,
): { readonly writes: readonly (readonly [string, string])[]; readonly deletes: readonly string[] } {
  const texts = new Map(tables.map((table) => [statePath(table), formatTableState(table)]));
  return {
    writes: [...texts].filter(([path, text]) => project.read(path) !== text),
    deletes: statePaths(project).filter((path) => !texts.has(path)),
  };
}

import type { Artifact } from '../plan/artifact';
import type { ServiceSpec } from '../spec/service-spec';
import type { ArtifactRole } from './artifact-role';
import { databaseUses } from './database';
import { pythonString } from './python/python-text';
import { paths } from './python/spec-lookup';
import { describeTables, indexName } from './tables/describe-tables';
import { foreignKeyArguments, indexArguments, tableItems } from './tables/operation-text';
import { ringKeys, ringKeysOf } from './tables/ring-keys';
import type { TableDescription } from './tables/table-description';
import { webPaths } from './web/web-paths';

const files = [
  { path: 'alembic.ini', needs: [] },
  { path: 'alembic/env.py', needs: [paths.config, paths.database, webPaths.extensions] },
  { path: 'alembic/script.py.mako', needs: [] },
  { path: 'alembic/versions/0001_initial.py', needs: [], writeOnce: true },
] satisfies readonly Pick<Artifact, 'path' | 'needs' | 'writeOnce'>[];

/** Migrations. The first one is written from the spec, not by comparing: `alembic check` proves that both agree. */
export const alembicRole: ArtifactRole = {
  role: 'alembic',
  phase: 'app',
  artifacts: () => files.map((file) => ({ ...file, phase: 'app', role: 'alembic', template: `${file.path}.jinja`, provides: [] })),
  view: (spec) => {
    const tables = describeTables(spec);
    return {
      uses: databaseUses(spec),
      tables: migrationTables(tables),
      ring_keys: tables.flatMap((table) =>
        ringKeysOf(tables, table).map((key) => ({ name: key.name, table: table.name, arguments: foreignKeyArguments(table.name, key) })),
      ),
      descending_indexes: descendingIndexes(spec),
    };
  },
};

function descendingIndexes(spec: ServiceSpec): readonly string[] {
  return spec.entities.flatMap((entity) =>
    entity.indexes
      .filter((columns) => columns.some(({ descending }) => descending))
      .map((columns) => pythonString(indexName(entity.table, columns))),
  );
}

/** Tables, each after those that it refers to: the arguments of `op.create_table` after the name, and those of `op.create_index`. */
function migrationTables(tables: readonly TableDescription[]) {
  const later = ringKeys(tables);
  return tables.map((table) => ({
    name: table.name,
    items: tableItems(table, later),
    indexes: table.indexes.map((index) => indexArguments(table.name, index)),
  }));
}

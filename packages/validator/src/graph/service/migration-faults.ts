import { stronglyConnectedComponents } from '../../algorithms/strongly-connected-components';
import type { Migration } from './read-migrations';

/** Migrations that bear the revision of an earlier one, with that one. */
export function listDuplicateRevisions(
  migrations: readonly Migration[],
): readonly { readonly migration: Migration; readonly first: Migration }[] {
  const firsts = new Map<string, Migration>();
  return migrations.flatMap((migration) => {
    const first = firsts.get(migration.revision);
    if (first === undefined) firsts.set(migration.revision, migration);
    return first === undefined ? [] : [{ migration, first }];
  });
}

/** Groups of revisions that follow one another in a circle. */
export function listRevisionCycles(migrations: readonly Migration[]): readonly (readonly string[])[] {
  const afterOf = new Map(migrations.map(({ revision, after }) => [revision, after]));
  return stronglyConnectedComponents([...afterOf.keys()], (revision) => afterOf.get(revision) ?? []).filter(
    ([revision, ...others]) => others.length > 0 || afterOf.get(revision!)!.includes(revision!),
  );
}

import type { TableDescription } from '../artifacts/tables/table-description';
import type { ProjectReader } from '../project/project-reader';
import { compareTables, isEmpty } from './compare-tables';
import { describeLosses, slugOf, summarize } from './describe-difference';
import { findMigrationFaults, type MigrationConsent } from './find-migration-faults';
import { matchTables, reversePairs } from './match-tables';
import type { MigrationFault } from './migration-fault';
import { operationLines } from './operation-lines';
import { readHistory, versionsFolder } from './read-history';
import { readTableStates } from './table-state';
import { wayBack } from './way-back';

export interface MigrationWishes extends MigrationConsent {
  /** `none`: the user writes the migration, and the tables are taken to be as the spec says. */
  readonly write: 'next' | 'none';
}

export const noWishes: MigrationWishes = { drop: new Set(), narrow: new Set(), write: 'next' };

/** A migration that the tables of a spec ask for. */
export interface Revision {
  readonly path: string;
  /** What Alembic calls it. */
  readonly revision: string;
  readonly follows: string;
  readonly summary: string;
  /** What a downgrade cannot give back. */
  readonly losses: readonly string[];
  /** Python statements. */
  readonly upgrade: readonly string[];
  readonly downgrade: readonly string[];
}

export type NextMigration =
  /** No migration stands in the project: the first one makes all tables. */
  | { readonly kind: 'first' }
  /** The tables are as the last migration left them. */
  | { readonly kind: 'none' }
  /** There are migrations, but no record of the tables: they are taken to be as the spec says. */
  | { readonly kind: 'adopted' }
  /** The user writes it. */
  | { readonly kind: 'by-hand'; readonly summary: string }
  | { readonly kind: 'next'; readonly revision: Revision }
  | { readonly kind: 'several-heads'; readonly heads: readonly string[] }
  | { readonly kind: 'faulty'; readonly faults: readonly MigrationFault[] };

/** What has to be migrated for the tables of a spec, by what the last migration left. Same project, same migration. */
export function nextMigration({
  tables,
  project,
  wishes,
}: {
  readonly tables: readonly TableDescription[];
  readonly project: ProjectReader;
  readonly wishes: MigrationWishes;
}): NextMigration {
  const history = readHistory(project);
  if (history === undefined) return { kind: 'first' };
  const states = readTableStates(project);
  if (states === undefined) return { kind: 'adopted' };
  const pairs = matchTables(states, tables);
  const difference = compareTables(pairs);
  if (isEmpty(difference)) return { kind: 'none' };
  if (wishes.write === 'none') return { kind: 'by-hand', summary: summarize(difference) };
  const faults = findMigrationFaults(difference, wishes);
  if (faults.length > 0) return { kind: 'faulty', faults };
  const [head, ...others] = history.heads;
  if (head === undefined || others.length > 0) return { kind: 'several-heads', heads: history.heads.map(({ path }) => path) };
  const back = compareTables(reversePairs(pairs));
  const name = `${String(history.last + 1).padStart(4, '0')}_${slugOf(difference)}`;
  return {
    kind: 'next',
    revision: {
      path: `${versionsFolder}${name}.py`,
      revision: name,
      follows: head.revision,
      summary: summarize(difference),
      losses: describeLosses(back),
      upgrade: operationLines(difference),
      downgrade: operationLines(wayBack(back)),
    },
  };
}

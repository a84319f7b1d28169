import type { MigrationFault, RefusedMigration } from '@org/generator-core';

/** Why no migration, and so nothing at all, was written: all there is to say, each with the words that settle it. */
export function describeRefusedMigration(refused: RefusedMigration, directory: string): string {
  if (refused.kind === 'several-heads') {
    return [
      `Nothing was written to ${directory}, because two migrations come last there, and the next one can follow only one:`,
      ...refused.heads.map((path) => `  ${path}`),
      `What to do: cd ${directory} && uv run alembic merge heads -m "merge", and run again.`,
    ].join('\n');
  }
  const { faults } = refused;
  return [
    `Nothing was written to ${directory}, because the spec changes tables in a way that needs your word:`,
    ...faults.map((fault) => `  ${describeFault(fault)}`),
    ...agreement(faults),
    'Or write the migration yourself: run with --migration none, then `uv run alembic revision --autogenerate`.',
  ].join('\n');
}

function describeFault(fault: MigrationFault): string {
  const { name, what } = fault;
  switch (fault.kind) {
    case 'dropped':
      return `${name}: ${what} would be lost. If it only has another name now, say so in the spec with "was".`;
    case 'narrowed':
      return `${name}: ${what} holds less, so that values may be cut, rounded or refused.`;
    case 'no-backfill':
      return fault.isReference
        ? `${name}: ${what} is required, and rows that are there have none. Let it be empty ("?"), or write backfill=none where no row lacks one.`
        : `${name}: ${what} is required, and rows that are there have no value. Add a default, or backfill=VALUE (backfill=none where no row lacks one).`;
    case 'same-backfill':
      return `${name}: ${what} is unique, and every row that is there would get the same value. Let it be empty ("?") first, or write backfill=none where there are no rows.`;
    case 'inconvertible':
      return `${name}: ${what} cannot be converted for every value. Add a new field or relation for it, and move the values in a migration of your own.`;
    default:
      return fault satisfies never;
  }
}

/** The options that agree to all of it, ready to be added to the command. */
function agreement(faults: readonly MigrationFault[]): readonly string[] {
  const options = faults.flatMap(({ kind, name }) =>
    kind === 'dropped' ? [`--drop ${name}`] : kind === 'narrowed' ? [`--narrow ${name}`] : [],
  );
  return options.length === 0 ? [] : [`To agree to what is lost, add: ${options.join(' ')}`];
}

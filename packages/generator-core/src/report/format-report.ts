import { assertNever } from '../spec/assert-never';
import type { FileConflict } from '../promote/file-outcome';
import type { GenerationReport, MigrationReport } from './generation-report';

/** The report for people: what was made, what was left alone, what is still to do. */
export function formatReport(report: GenerationReport): string {
  return [
    `${report.service}: ${countOf(report.written.length, 'file')} written, ${report.unchanged.length} unchanged, ${report.deleted.length} deleted; each passed the gates before it was written`,
    ...(report.made === report.artifacts
      ? []
      : [`  made ${report.made} of ${report.artifacts}; the others would be made from the same as before`]),
    `  ${report.phases.map(({ phase, artifacts }) => `${phase} ${artifacts}`).join(' · ')}`,
    ...listOf('kept as you edited them, the generator has nothing new for them', report.keptEdits),
    ...(report.migration === undefined ? [] : describeMigration(report.migration)),
    ...listOf('left deleted, as you did', report.keptDeletions),
    ...listOf('what a model wrote no longer fits, so the template stands there until a model or you write it', report.unfit),
    ...listOf('merged: your edits and what is new', report.merged),
    ...listOf(
      'moved, as the entity has another name',
      report.moved.map(({ from, path, isMerged }) => `${from} → ${path}${isMerged ? ', with your edits' : ''}`),
    ),
    ...listOf('yours by the spec, not touched', report.owned),
    ...listOf('yours from now on: edited, and no longer part of the service', report.left),
    ...describeConflicts(report.conflicts),
    ...report.operations.map(describeOperation),
  ].join('\n');
}

function describeConflicts(conflicts: readonly FileConflict[]): readonly string[] {
  const beside = conflicts.filter(({ isBeside }) => isBeside);
  const alone = conflicts.filter(({ isBeside }) => !isBeside);
  return [
    ...(beside.length === 0
      ? []
      : [
          `  ${countOf(beside.length, 'conflict')}: these files are as you left them; beside each stand the new text (.generated) and both in one (.merge)`,
          ...beside.flatMap(describeConflict),
          '    What to do: put what you want into the file and remove its .merge; the next run takes it from there.',
        ]),
    ...(alone.length === 0
      ? []
      : [
          `  ${countOf(alone.length, 'file')} of yours no longer ${alone.length === 1 ? 'goes' : 'go'} with the rest:`,
          ...alone.flatMap(describeConflict),
          '    What to do: mend what is said above; until then the service does not pass its checks.',
        ]),
  ];
}

function describeConflict({ path, why, from, diagnostics = [] }: FileConflict): readonly string[] {
  return [
    `    ${path}${from === undefined ? '' : ` (was ${from})`}: ${reasonOf(why)}`,
    ...diagnostics.map(({ path: place, range, rule, message }) => `      ${place}:${range.start.line} ${rule}: ${message}`),
  ];
}

function reasonOf(why: FileConflict['why']): string {
  switch (why) {
    case 'same-lines':
      return 'you and the generator changed the same lines';
    case 'no-base':
      return 'you edited it, and what it was generated as is not known any more';
    case 'gates':
      return 'with the rest as it is now, it would not pass the gates';
    case 'foreign':
      return 'it is yours, and the generator has a file of that name now';
    default:
      return assertNever(why);
  }
}

function describeMigration(migration: MigrationReport): readonly string[] {
  switch (migration.kind) {
    case 'written':
      return [
        `  migration: ${migration.path}: ${migration.summary}`,
        ...(migration.losses.length === 0 ? [] : [`    when it is taken back: ${migration.losses.join('; ')}`]),
      ];
    case 'by-hand':
      return [`  migration: left to you; the tables are taken to be as the spec says. ${migration.summary}`];
    case 'not-compared':
      return [
        '  migration: none written, as there was no record of the tables; there is one from now on.',
        '    If this change of the spec changes tables: uv run alembic upgrade head && uv run alembic revision --autogenerate -m "…"',
      ];
    default:
      return assertNever(migration);
  }
}

function describeOperation({ name, path, examples }: GenerationReport['operations'][number]): string {
  const tests = examples === 0 ? 'no examples' : `${countOf(examples, 'example')} as tests`;
  return `  to do: ${name} answers 501 until you write ${path} (${tests})`;
}

function listOf(title: string, paths: readonly string[]): readonly string[] {
  return paths.length === 0 ? [] : [`  ${title}:`, ...paths.map((path) => `    ${path}`)];
}

function countOf(count: number, one: string): string {
  return `${count} ${count === 1 ? one : `${one}s`}`;
}

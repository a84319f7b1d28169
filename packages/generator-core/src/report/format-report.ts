import { assertNever } from '../spec/assert-never';
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
    ...report.operations.map(describeOperation),
  ].join('\n');
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

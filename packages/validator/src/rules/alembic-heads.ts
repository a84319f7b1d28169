import { listDuplicateRevisions, listRevisionCycles } from '../graph/service/migration-faults';
import { listRevisions, readMigrations, type Migration, type MigrationFolder } from '../graph/service/read-migrations';
import { defineServiceRule } from './define-service-rule';
import { listInWords } from './list-in-words';
import type { PlacedReport } from './rule';

export const alembicHeads = defineServiceRule(
  {
    id: 'alembic-heads',
    since: '0.2.0',
    severity: 'error',
    summary:
      'The migrations are not one chain: several are last, two have one revision, or one follows itself or a revision that is not there.',
    why: '`alembic upgrade head` refuses to run: it does not know which head is meant, or cannot find the revision.',
    whatToDo: 'Let each migration follow the one before it (`down_revision`), or merge the heads with `alembic merge heads`.',
    examples: [
      {
        bad: '# 0002_a.py\nrevision = "0002a"\ndown_revision = "0001"\n# 0002_b.py\nrevision = "0002b"\ndown_revision = "0001"',
        good: '# 0003_b.py\nrevision = "0003"\ndown_revision = "0002a"',
      },
    ],
  },
  ({ index, moduleOf }) => {
    const folders = readMigrations(index);
    const known = folders.length === 0 ? new Set<string>() : listRevisions(index);
    return folders.flatMap((folder) => [
      ...reportDuplicates(folder, moduleOf),
      ...reportCycles(folder),
      ...reportGaps(folder, known),
      ...reportHeads(folder),
    ]);
  },
);

/** Run with Alembic 1.20: a warning, then one of them is forgotten, or both count as heads. */
function reportDuplicates({ migrations }: MigrationFolder, moduleOf: (path: string) => string): readonly PlacedReport[] {
  return listDuplicateRevisions(migrations).map(({ migration: { path, revision, revisionSpan }, first }) => ({
    path,
    span: revisionSpan,
    message: `Revision \`${revision}\` is taken by \`${moduleOf(first.path)}\`: Alembic warns, and runs at most one of the two. Give this one a revision of its own.`,
    data: { revision },
  }));
}

function reportCycles({ migrations, isPlain }: MigrationFolder): readonly PlacedReport[] {
  if (!isPlain) return [];
  return listRevisionCycles(migrations).flatMap((revisions) => {
    const { path, afterSpan } = migrations.find(({ revision }) => revision === revisions[0])!;
    const message = `${listInWords(revisions, 'and')} ${revisions.length === 1 ? 'follows itself' : 'follow each other in a circle'}: Alembic cannot load the migrations. Let the first one follow \`None\`.`;
    return [{ path, span: afterSpan, message, data: { revisions } }];
  });
}

/** `known`: the revisions of the whole project, as `version_locations` may name several folders. */
function reportGaps({ migrations, isPlain }: MigrationFolder, known: ReadonlySet<string>): readonly PlacedReport[] {
  return migrations.flatMap((migration) =>
    migration.after.filter((previous) => isPlain && !known.has(previous)).map((previous) => reportGap(migration, previous)),
  );
}

function reportGap({ path, afterSpan, revision }: Migration, previous: string): PlacedReport {
  return {
    path,
    span: afterSpan,
    message: `Migration \`${revision}\` follows \`${previous}\`, and no file of the project has that revision: Alembic cannot load the migrations. Name a revision that is there, or \`None\` for the first.`,
    data: { revision, missing: previous },
  };
}

function reportHeads({ migrations, isPlain }: MigrationFolder): readonly PlacedReport[] {
  const followed = migrations.flatMap(({ after }) => after);
  const heads = migrations.filter(({ revision }) => !followed.includes(revision));
  if (!isPlain || heads.length < 2) return [];
  return heads.slice(1).map(({ path, revision, revisionSpan }) => ({
    path,
    span: revisionSpan,
    message: `${listInWords(
      heads.map((head) => head.revision),
      'and',
    )} are all last: \`alembic upgrade head\` fails with several heads. Let \`${revision}\` follow the one before it, or merge them with \`alembic merge heads\`.`,
    data: { heads: heads.map((head) => head.revision) },
  }));
}

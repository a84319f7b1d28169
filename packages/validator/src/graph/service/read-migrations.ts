import type { ModuleSummary } from '../../extract/module-summary';
import type { AssignmentFacts } from '../../extract/service/service-facts';
import type { Span } from '../../text/span';

/** One Alembic revision. */
export interface Migration {
  readonly path: string;
  readonly revision: string;
  readonly revisionSpan: Span;
  /** The revisions it comes after; none for the first. */
  readonly after: readonly string[];
  readonly afterSpan: Span;
}

/** The revisions of one `versions` folder beside an `env.py`. */
export interface MigrationFolder {
  readonly folder: string;
  readonly migrations: readonly Migration[];
  /** False when a revision is computed, or branches are meant: then heads and gaps mean nothing. */
  readonly isPlain: boolean;
}

/** `paths`: all files, sorted. */
export function readMigrations(paths: readonly string[], summaries: ReadonlyMap<string, ModuleSummary>): readonly MigrationFolder[] {
  const folders = new Map<string, string[]>();
  for (const path of paths) {
    const isMigration = path.includes('versions/') && /^(.*\/)?versions\/[^/]+\.py$/.test(path);
    const folder = isMigration ? path.slice(0, path.lastIndexOf('/')) : undefined;
    if (folder === undefined || path.endsWith('/__init__.py') || !summaries.has(`${folder.slice(0, -'versions'.length)}env.py`)) continue;
    folders.set(folder, [...(folders.get(folder) ?? []), path]);
  }
  return [...folders].map(([folder, members]) => readFolder(folder, members, summaries));
}

/** Every text some file binds to `revision`, wherever it lies. */
export function listRevisions(summaries: ReadonlyMap<string, ModuleSummary>): ReadonlySet<string> {
  const assignments = [...summaries.values()].flatMap(({ service }) => service?.assignments ?? []);
  return new Set(assignments.flatMap(({ variable, value }) => (variable === 'revision' && value.kind === 'text' ? [value.value] : [])));
}

function readFolder(folder: string, paths: readonly string[], summaries: ReadonlyMap<string, ModuleSummary>): MigrationFolder {
  const read = paths.map((path) => readMigration(path, summaries.get(path)!));
  const migrations = read.filter((migration) => migration !== 'no-migration' && migration !== 'unclear');
  return { folder, migrations, isPlain: !read.includes('unclear') };
}

function readMigration(path: string, { symbols, service }: ModuleSummary): Migration | 'no-migration' | 'unclear' {
  if (service === undefined) return 'unclear';
  if (!symbols.has('revision') && !symbols.has('down_revision')) return 'no-migration';
  const named = (name: string): AssignmentFacts | undefined =>
    service.assignments.find(({ variable, place }) => variable === name && !place.conditional);
  const [revision, after, labels, needs] = ['revision', 'down_revision', 'branch_labels', 'depends_on'].map(named);
  const isBranch = [labels, needs].some((each) => each !== undefined && each.value.kind !== 'none');
  const isHidden = [
    ['branch_labels', labels],
    ['depends_on', needs],
  ].some(([name, each]) => each === undefined && symbols.has(name as string));
  const previous = after === undefined ? undefined : revisionsIn(after);
  if (revision?.value.kind !== 'text' || after === undefined || previous === undefined || isBranch || isHidden) return 'unclear';
  return { path, revision: revision.value.value, revisionSpan: revision.value.span, after: previous, afterSpan: after.value.span };
}

function revisionsIn({ value }: AssignmentFacts): readonly string[] | undefined {
  if (value.kind === 'none') return [];
  if (value.kind === 'text') return [value.value];
  if (value.kind !== 'sequence') return undefined;
  const texts = value.items.map((item) => (item.kind === 'text' ? item.value : undefined));
  return texts.every((text) => text !== undefined) ? texts : undefined;
}

import type { ModuleSummary } from '../../extract/module-summary';
import type { DefinitionIndex } from './definition-index';
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

export function readMigrations({ memo, paths, project: { summaries } }: DefinitionIndex): readonly MigrationFolder[] {
  const folders = memo.derive('migrations', [paths()], () => listFolders(paths()));
  return [...folders].map(([folder, members]) => readFolder(folder, members, summaries));
}

/** Folder → its migrations. */
function listFolders(paths: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const folders = new Map<string, string[]>();
  const candidates = paths.filter((path) => path.includes('versions/') && /^(.*\/)?versions\/[^/]+\.py$/.test(path));
  const known = new Set(candidates.length === 0 ? [] : paths);
  for (const path of candidates) {
    const folder = path.slice(0, path.lastIndexOf('/'));
    if (path.endsWith('/__init__.py') || !known.has(`${folder.slice(0, -'versions'.length)}env.py`)) continue;
    folders.set(folder, [...(folders.get(folder) ?? []), path]);
  }
  return folders;
}

/** Every text some file binds to `revision`, wherever it lies. */
export function listRevisions(index: DefinitionIndex): ReadonlySet<string> {
  const revisions = index.itemsOf('revisions', (path) =>
    (index.project.summaries.get(path)?.service?.assignments ?? []).flatMap(({ variable, value }) =>
      variable === 'revision' && value.kind === 'text' ? [value.value] : [],
    ),
  );
  return new Set(revisions);
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

import type { ProjectReader } from '../project/project-reader';
import { formatManifest } from './format-manifest';
import { manifestPath, type Manifest } from './manifest';
import { textHash } from './text-hash';

export type DiskComparison =
  | {
      readonly kind: 'clean';
      /** Text by path of what has to be written, sorted. */
      readonly writes: ReadonlyMap<string, string>;
      readonly deletes: readonly string[];
      /** On the disk already, or written once by an earlier run and never again. */
      readonly unchanged: readonly string[];
      /** Edited by the user while the generator has nothing new for them; sorted. */
      readonly keptEdits: readonly string[];
      /** Deleted by the user, and left so; sorted. */
      readonly keptDeletions: readonly string[];
    }
  | { readonly kind: 'conflict'; readonly edited: readonly string[]; readonly foreign: readonly string[] };

/** What may stand in a folder before the first run without being in the way: the user's spec and Nx's project file. */
const welcomeBeforeFirstRun = new Set(['service.yaml', 'project.json', '.gitkeep']);

type Verdict = 'unchanged' | 'write' | 'kept-edit' | 'kept-deletion' | 'edited' | 'foreign';

/**
 * Compares the generated texts with the disk, by the manifest of the last run.
 * A file that the user has touched is never written: it stays when the generator has nothing new for it, and is a conflict otherwise.
 */
export function compareWithDisk({
  texts,
  manifest,
  previous,
  project,
  writeOnce = new Set(),
  kept = new Set(),
}: {
  readonly texts: ReadonlyMap<string, string>;
  readonly manifest: Manifest;
  readonly previous: Manifest | undefined;
  readonly project: ProjectReader;
  /** Paths of artifacts that are never rewritten. */
  readonly writeOnce?: ReadonlySet<string>;
  /** Paths whose text is the user's own: it is not to be written, whatever it is. */
  readonly kept?: ReadonlySet<string>;
}): DiskComparison {
  const verdicts = new Map(
    [...texts].map(([path, text]): [string, Verdict] => [
      path,
      kept.has(path)
        ? 'kept-edit'
        : judge({ text, disk: project.read(path), recorded: previous?.files[path], isOnce: writeOnce.has(path) }),
    ]),
  );
  const withVerdict = (verdict: Verdict) =>
    [...verdicts]
      .filter(([, found]) => found === verdict)
      .map(([path]) => path)
      .sort();
  const edited = withVerdict('edited');
  const foreign = [...new Set([...withVerdict('foreign'), ...(previous ? [] : strangers(project, texts))])].sort();
  if (edited.length > 0 || foreign.length > 0) return { kind: 'conflict', edited, foreign };

  const writes = new Map(withVerdict('write').map((path) => [path, texts.get(path) ?? '']));
  const manifestText = formatManifest(manifest);
  if (project.read(manifestPath) !== manifestText) writes.set(manifestPath, manifestText);
  return {
    kind: 'clean',
    writes: new Map([...writes].sort(([a], [b]) => (a < b ? -1 : 1))),
    deletes: leftovers({ texts, previous, project }),
    unchanged: withVerdict('unchanged'),
    keptEdits: withVerdict('kept-edit'),
    keptDeletions: withVerdict('kept-deletion'),
  };
}

function judge({
  text,
  disk,
  recorded,
  isOnce,
}: {
  text: string;
  disk: string | undefined;
  recorded: string | undefined;
  isOnce: boolean;
}): Verdict {
  if (disk === undefined) return recorded === undefined ? 'write' : 'kept-deletion';
  if (disk === text) return 'unchanged';
  if (recorded === undefined) return 'foreign';
  if (isOnce) return 'unchanged';
  if (recorded === textHash(disk)) return 'write';
  return recorded === textHash(text) ? 'kept-edit' : 'edited';
}

/** Before the first run the folder should hold nothing that is not ours: it may be another project. */
function strangers(project: ProjectReader, texts: ReadonlyMap<string, string>): readonly string[] {
  return project.list().filter((path) => !welcomeBeforeFirstRun.has(path) && project.read(path) !== texts.get(path));
}

/** Files of the last run that the plan has no longer; only those that the user has not touched. */
function leftovers({
  texts,
  previous,
  project,
}: {
  texts: ReadonlyMap<string, string>;
  previous: Manifest | undefined;
  project: ProjectReader;
}): readonly string[] {
  return Object.entries(previous?.files ?? {})
    .filter(([path, hash]) => !texts.has(path) && hashOnDisk(project, path) === hash)
    .map(([path]) => path)
    .sort();
}

function hashOnDisk(project: ProjectReader, path: string): string | undefined {
  const disk = project.read(path);
  return disk === undefined ? undefined : textHash(disk);
}

import type { ProjectReader } from '../project/project-reader';
import { baseFolder, basePathOf } from './base-path';
import { formatManifest } from './format-manifest';
import { firstManifestPath, type LastGeneration } from './last-generation';
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

const specPath = 'service.yaml';

type Verdict = 'unchanged' | 'write' | 'kept-edit' | 'kept-deletion' | 'edited' | 'foreign';

/**
 * Compares the generated texts with the disk, by what the last run left.
 * A file that the user has touched is never written: it stays when the generator has nothing new for it, and is a conflict otherwise.
 */
export function compareWithDisk({
  texts,
  manifest,
  last,
  project,
  writeOnce = new Set(),
  users = new Set(),
}: {
  readonly texts: ReadonlyMap<string, string>;
  readonly manifest: Manifest;
  readonly last: LastGeneration | undefined;
  readonly project: ProjectReader;
  /** Paths of artifacts that are never rewritten. */
  readonly writeOnce?: ReadonlySet<string>;
  /** Paths whose text is the user's own: it is not to be written, whatever it is. */
  readonly users?: ReadonlySet<string>;
}): DiskComparison {
  const verdicts = new Map(
    [...texts].map(([path, text]): [string, Verdict] => [
      path,
      users.has(path) ? 'kept-edit' : judge({ path, text, disk: project.read(path), last, isOnce: writeOnce.has(path) }),
    ]),
  );
  const withVerdict = (verdict: Verdict) =>
    [...verdicts]
      .filter(([, found]) => found === verdict)
      .map(([path]) => path)
      .sort();
  const edited = withVerdict('edited');
  const foreign = [...new Set([...withVerdict('foreign'), ...(last ? [] : strangers(project, texts))])].sort();
  if (edited.length > 0 || foreign.length > 0) return { kind: 'conflict', edited, foreign };

  const writes = new Map(withVerdict('write').map((path) => [path, texts.get(path) ?? '']));
  const kept = keepForNextRun({ texts, manifest, last, project, isNotWritten: (path) => writeOnce.has(path) || users.has(path) });
  return {
    kind: 'clean',
    writes: new Map([...writes, ...kept.writes].sort(([a], [b]) => (a < b ? -1 : 1))),
    deletes: [...leftovers({ texts, last, project }), ...kept.deletes].sort(),
    unchanged: withVerdict('unchanged'),
    keptEdits: withVerdict('kept-edit'),
    keptDeletions: withVerdict('kept-deletion'),
  };
}

function judge({
  path,
  text,
  disk,
  last,
  isOnce,
}: {
  path: string;
  text: string;
  disk: string | undefined;
  last: LastGeneration | undefined;
  isOnce: boolean;
}): Verdict {
  const isOurs = last?.manifest.artifacts.has(path) === true;
  if (disk === undefined) return isOurs ? 'kept-deletion' : 'write';
  if (disk === text) return 'unchanged';
  if (!isOurs) return 'foreign';
  if (isOnce) return 'unchanged';
  if (isAsGenerated(path, disk, last)) return 'write';
  return last.baseOf(path, text) === text ? 'kept-edit' : 'edited';
}

/** The spec has no base: the manifest knows its hash. */
function isAsGenerated(path: string, disk: string, last: LastGeneration): boolean {
  return path === specPath ? textHash(disk) === last.manifest.spec : last.baseOf(path) === disk;
}

/** Before the first run the folder should hold nothing that is not ours: it may be another project. */
function strangers(project: ProjectReader, texts: ReadonlyMap<string, string>): readonly string[] {
  return project.list().filter((path) => !welcomeBeforeFirstRun.has(path) && project.read(path) !== texts.get(path));
}

/** Files of the last run that the plan has no longer; only those that the user has not touched. */
function leftovers({
  texts,
  last,
  project,
}: {
  texts: ReadonlyMap<string, string>;
  last: LastGeneration | undefined;
  project: ProjectReader;
}): readonly string[] {
  return [...(last?.manifest.artifacts.keys() ?? [])].filter((path) => {
    const disk = project.read(path);
    return !texts.has(path) && disk !== undefined && last?.baseOf(path) === disk;
  });
}

/** The manifest, and each text as the generator has it. */
function keepForNextRun({
  texts,
  manifest,
  last,
  project,
  isNotWritten,
}: {
  texts: ReadonlyMap<string, string>;
  manifest: Manifest;
  last: LastGeneration | undefined;
  project: ProjectReader;
  isNotWritten: (path: string) => boolean;
}): { readonly writes: readonly (readonly [string, string])[]; readonly deletes: readonly string[] } {
  const bases = [...texts].flatMap(([path, text]): (readonly [string, string])[] => {
    const isFirst = last?.manifest.artifacts.has(path) !== true;
    const base = isNotWritten(path) && !isFirst ? last.baseOf(path, text) : text;
    return base === undefined || path === specPath ? [] : [[basePathOf(path), base]];
  });
  const wanted = new Map([...bases, [manifestPath, formatManifest(manifest)] as const]);
  const isOld = (path: string): boolean => path === firstManifestPath || (path.startsWith(baseFolder) && !wanted.has(path));
  return {
    writes: [...wanted].filter(([path, text]) => project.read(path) !== text),
    deletes: project.list().filter(isOld),
  };
}

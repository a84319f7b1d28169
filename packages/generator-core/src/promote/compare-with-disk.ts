import type { Diagnostic } from '@org/validator';
import type { ProjectReader } from '../project/project-reader';
import { baseFolder, basePathOf, madePathOf } from './base-path';
import { conflictPaths, readConflict, type FoundConflict } from './conflict-files';
import { decideFile, type DecisionTools, type FileDecision, type FileState } from './decide-file';
import type { FileOutcome } from './file-outcome';
import { formatManifest } from './format-manifest';
import { firstManifestPath, type LastGeneration } from './last-generation';
import { withLineEndsOf, withoutCarriageReturns } from './line-ends';
import { manifestPath, type ArtifactRecord, type Manifest } from './manifest';
import { textHash } from './text-hash';

export type DiskComparison =
  | {
      readonly kind: 'compared';
      /** Text by path of what differs from the disk: files, bases, what is put beside files in conflict, the manifest; sorted. */
      readonly writes: ReadonlyMap<string, string>;
      /** Sorted. */
      readonly deletes: readonly string[];
      /** By path, of the plan's files and those of the last run's plan; sorted. */
      readonly outcomes: ReadonlyMap<string, FileOutcome>;
      readonly manifest: Manifest;
    }
  | DiskRefusal;

/**
 * Nothing may be written. `foreign`: files that stood there before the first run.
 * `edited`: the spec, when the user has edited the one in the folder and handed in another.
 */
export interface DiskRefusal {
  readonly kind: 'refused';
  readonly edited: readonly string[];
  readonly foreign: readonly string[];
}

interface FileSource {
  /** By path: what this run would write, if nobody had touched anything. */
  readonly texts: ReadonlyMap<string, string>;
  readonly last: LastGeneration | undefined;
  readonly project: ProjectReader;
  readonly tools: DecisionTools;
  /** Paths of artifacts that are never rewritten. */
  readonly writeOnce?: ReadonlySet<string>;
  /** Paths that the spec gives to the user. */
  readonly isOwned?: (path: string) => boolean;
  /** Where files stood whose entity has another name now: new path → old path. */
  readonly moves?: ReadonlyMap<string, string>;
  /** A text with the old names of entities, and their new ones in it. */
  readonly renamed?: (path: string, text: string) => string;
  /** What the gates say of files as an earlier comparison would have left them. */
  readonly faults?: ReadonlyMap<string, readonly Diagnostic[]>;
}

interface ComparisonSource extends FileSource {
  readonly manifest: Manifest;
}

/** What may stand in a folder before the first run without being in the way: the user's spec and Nx's project file. */
const welcomeBeforeFirstRun = new Set(['service.yaml', 'project.json', '.gitkeep']);
const specPath = 'service.yaml';

/**
 * Holds this run's texts against what stands on the disk, by what the last run left: each file is decided by itself.
 * Nothing that the user wrote is lost: it stays, is merged, or is in a conflict whose files stand beside it.
 */
export function compareWithDisk(source: ComparisonSource): DiskComparison {
  const { texts, last, project } = source;
  const refusal = refusalByDisk(source);
  if (refusal !== undefined) return refusal;
  const moves = usableMoves(source);
  const left = new Set(moves.values());
  const paths = [...new Set([...texts.keys(), ...(last?.manifest.artifacts.keys() ?? []), ...(source.faults?.keys() ?? [])])]
    .filter((path) => !left.has(path) || texts.has(path))
    .sort();
  const results = paths.flatMap((path) => compareFile({ ...source, moves }, path) ?? []);
  const manifest = withConflicts(source.manifest, results);
  const wanted = new Map([...results.flatMap(({ writes }) => writes), [manifestPath, formatManifest(manifest)] as const].sort(byPath));
  const deletes = new Set([...results.flatMap((result) => result.deletes), ...staleRecords(project, wanted)]);
  return {
    kind: 'compared',
    writes: new Map([...wanted].filter(([path, text]) => project.read(path) !== text)),
    deletes: [...deletes].filter((path) => !wanted.has(path) && project.read(path) !== undefined).sort(),
    outcomes: new Map(results.map(({ path, outcome }) => [path, outcome])),
    manifest,
  };
}

/** Why nothing may be written, whatever the other texts are; undefined where it may. */
export function refusalByDisk(source: FileSource): DiskRefusal | undefined {
  const { texts, last, project } = source;
  const foreign = last === undefined ? strangers(project, texts) : [];
  if (foreign.length > 0) return { kind: 'refused', edited: [], foreign };
  const isSpecInConflict = compareFile({ ...source, moves: new Map() }, specPath)?.outcome.kind === 'conflict';
  return isSpecInConflict ? { kind: 'refused', edited: [specPath], foreign: [] } : undefined;
}

/** Before the first run the folder should hold nothing that is not ours: it may be another project. */
function strangers(project: ProjectReader, texts: ReadonlyMap<string, string>): readonly string[] {
  const found = [...new Set([...project.list(), ...texts.keys()])].filter((path) => texts.has(path) || !welcomeBeforeFirstRun.has(path));
  return found
    .filter((path) => {
      const disk = project.read(path);
      return disk !== undefined && disk !== texts.get(path);
    })
    .sort();
}

/** A file moves where it still stands at its old place, or the user has moved it already; not into another file, and not when it is owned. */
function usableMoves({ moves = new Map(), project, isOwned = () => false }: FileSource): ReadonlyMap<string, string> {
  const isFree = (path: string, from: string): boolean => project.read(path) === undefined || project.read(from) === undefined;
  return new Map([...moves].filter(([path, from]) => !isOwned(path) && !isOwned(from) && isFree(path, from)));
}

interface FileResult {
  readonly path: string;
  readonly outcome: FileOutcome;
  readonly writes: readonly (readonly [string, string])[];
  /** Those that are not there do not matter. */
  readonly deletes: readonly string[];
  /** Hash of the merge beside the file. */
  readonly conflict?: string | undefined;
}

function compareFile(source: FileSource, path: string): FileResult | undefined {
  const { project, tools } = source;
  const before = readBefore(source, path);
  const { state, found } = before;
  const decision = decideFile(state, tools);
  if (decision === undefined) return undefined;
  if (found?.merge !== undefined && !before.isMergeOurs && decision.text !== undefined && state.theirs !== undefined)
    return openConflict(before, { outcome: { kind: 'conflict', why: 'same-lines', isBeside: true } }, project);
  if (decision.marked !== undefined) return openConflict(before, decision, project);

  const moved = before.from === undefined ? undefined : movedOutcome(decision.outcome, before.from);
  const text = decision.text ?? (moved === undefined ? undefined : movedText(state, decision.outcome));
  return {
    path,
    outcome: moved ?? decision.outcome,
    writes: [...(text === undefined ? [] : [[path, text] as const]), ...keptBase(state)],
    deletes: [
      ...(decision.outcome.kind === 'deleted' ? [path] : []),
      ...(before.from === undefined ? [] : [before.from]),
      ...besideOf(before),
    ],
  };
}

/** A file with all that is known of it from before. */
interface FileBefore {
  readonly state: FileState;
  /** Where it stands on the disk, when its entity has another name now. */
  readonly from: string | undefined;
  readonly found: FoundConflict | undefined;
  /** Where the files of the conflict stand. */
  readonly foundAt: string;
  /** Whether the merge beside it is as we wrote it, or the user has removed it. */
  readonly isMergeOurs: boolean;
  readonly isGeneratedOurs: boolean;
}

function readBefore({ texts, last, project, writeOnce, isOwned, moves, renamed, faults }: FileSource, path: string): FileBefore {
  const from = moves?.get(path);
  const at = from ?? path;
  const record = last?.manifest.artifacts.get(at);
  const found = readConflict(project, at);
  const isSettled = found !== undefined && found.merge === undefined;
  const base = isSettled ? found.offered : baseOf({ path: at, ours: texts.get(path), last, project });
  const stands = from !== undefined && project.read(from) !== undefined;
  const theirs = project.read(stands ? from : path);
  const asNow = (text: string | undefined): string | undefined =>
    from === undefined || text === undefined ? text : (renamed?.(path, text) ?? text);
  return {
    state: {
      path,
      ours: texts.get(path),
      base: asNow(base),
      theirs: stands ? asNow(theirs) : theirs,
      isRecorded: record !== undefined,
      isContested: record?.isContested === true || (record?.key === undefined && last?.manifest.spec === undefined),
      isOwned: isOwned?.(path) === true,
      isWrittenOnce: writeOnce?.has(path) === true,
      faults: faults?.get(path) ?? [],
    },
    from,
    found,
    foundAt: at,
    isMergeOurs: found?.merge === undefined || textHash(withoutCarriageReturns(found.merge)) === record?.conflict,
    isGeneratedOurs: found?.generated === undefined || withoutCarriageReturns(found.generated) === withoutCarriageReturns(found.offered),
  };
}

/** The manifest has the hash of the spec: its text is kept nowhere else. */
function baseOf({
  path,
  ours,
  last,
  project,
}: {
  path: string;
  ours: string | undefined;
  last: LastGeneration | undefined;
  project: ProjectReader;
}): string | undefined {
  if (path !== specPath) return last?.baseOf(path, ours);
  return [project.read(path), ours].find((text) => text !== undefined && textHash(text) === last?.manifest.spec);
}

/** At its new place the file is the generator's where nothing but its form tells them apart, and the user's otherwise. */
function movedText({ ours, theirs }: FileState, outcome: FileOutcome): string | undefined {
  return outcome.kind === 'unchanged' && ours !== undefined ? withLineEndsOf(theirs, ours) : theirs;
}

function movedOutcome(outcome: FileOutcome, from: string): FileOutcome {
  switch (outcome.kind) {
    case 'replaced':
    case 'unchanged':
    case 'new':
      return { kind: 'moved', from, isMerged: false };
    case 'merged':
    case 'kept-edit':
      return { kind: 'moved', from, isMerged: true };
    case 'conflict':
      return { ...outcome, from };
    default:
      return outcome;
  }
}

/**
 * What the next run takes for the text that was generated last time: where nothing of this run came to the disk, it stays, and beside it
 * stands what was made, since the manifest has its key. The spec has none.
 */
function keptBase({ path, ours, base, theirs, isRecorded, isOwned, isWrittenOnce }: FileState): readonly (readonly [string, string])[] {
  if (ours === undefined || path === specPath) return [];
  const isOld = theirs === undefined ? isRecorded : isOwned || (isWrittenOnce && isRecorded);
  const kept = isOld ? base : ours;
  if (kept === undefined) return [];
  const isOlder = kept !== ours && !isWrittenOnce;
  return [[basePathOf(path), kept], ...(isOlder ? [[madePathOf(path), ours] as const] : [])];
}

/** The user's file stays; the generator's text and the merge are put beside it, unless the user has written into those. */
function openConflict(before: FileBefore, decision: FileDecision, project: ProjectReader): FileResult {
  const { state, from, foundAt } = before;
  const { path, ours = '', base, theirs } = state;
  const paths = conflictPaths(path);
  const found = foundAt === path ? before.found : undefined;
  const mayWrite = (at: string, isOurs: boolean): boolean => (found === undefined ? project.read(at) === undefined : isOurs);
  const marked = mayWrite(paths.merge, before.isMergeOurs) ? decision.marked : undefined;
  return {
    path,
    outcome: from === undefined ? decision.outcome : movedOutcome(decision.outcome, from),
    writes: [
      ...(from === undefined || theirs === undefined ? [] : [[path, theirs] as const]),
      ...(base === undefined ? [] : [[basePathOf(path), base] as const]),
      [paths.offered, ours],
      ...(mayWrite(paths.generated, before.isGeneratedOurs) ? [[paths.generated, withLineEndsOf(theirs, ours)] as const] : []),
      ...(marked === undefined ? [] : [[paths.merge, withLineEndsOf(theirs, marked)] as const]),
    ],
    deletes: from === undefined ? [] : [from, ...besideOf(before)],
    conflict: marked === undefined ? undefined : textHash(marked),
  };
}

/** What is cleared away when a conflict is over: what we wrote, and the user has not written into. */
function besideOf({ found, foundAt, isMergeOurs, isGeneratedOurs }: FileBefore): readonly string[] {
  if (found === undefined) return [];
  const { generated, merge, offered } = conflictPaths(foundAt);
  return [offered, ...(isGeneratedOurs ? [generated] : []), ...(isMergeOurs ? [merge] : [])];
}

function withConflicts(manifest: Manifest, results: readonly FileResult[]): Manifest {
  const conflicts = new Map(results.map(({ path, conflict }) => [path, conflict]));
  const artifacts = [...manifest.artifacts].map(([path, record]): [string, ArtifactRecord] => [
    path,
    { ...record, conflict: conflicts.get(path) },
  ]);
  return { ...manifest, artifacts: new Map(artifacts) };
}

/** Bases of files that are no longer ours, and the manifest of version 1. */
function staleRecords(project: ProjectReader, wanted: ReadonlyMap<string, string>): readonly string[] {
  return [firstManifestPath, ...project.list().filter((path) => path.startsWith(baseFolder) && !wanted.has(path))];
}

function byPath([left]: readonly [string, string], [right]: readonly [string, string]): number {
  return left < right ? -1 : 1;
}

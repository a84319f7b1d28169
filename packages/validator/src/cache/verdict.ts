import { crc32 } from 'node:zlib';
import { readCacheFile, writeCacheFile } from '../system/cache-folder';
import { listProjectFiles, type ListedFile } from '../system/list-project-files';
import type { ReadFiles } from '../system/node-file-system';
import { digestOf, readSource } from '../system/read-source';
import { toolStamp } from '../system/tool-stamp';

/** What a run said, and all that it depends on. */
export interface Verdict<Outcome> {
  readonly outcome: Outcome;
  /** Absolute folder → what was read of it. */
  readonly reads: ReadonlyMap<string, ReadFiles>;
  /** Milliseconds since 1970, from before the first folder was listed. */
  readonly startedAt: number;
}

export interface VerdictPlace {
  readonly cacheFolder: string;
  /** What else the verdict depends on, such as arguments. */
  readonly key: string;
  /** @internal For tests: stands for the version of the rules. */
  readonly stamp?: string;
}

/** `entries`: each file's path, kind, size, times and inode, then the digest of its text. */
interface StoredFolder {
  readonly top: string;
  readonly refused: string;
  readonly files: readonly (ListedFile & { readonly digest: string })[];
}

interface StoredVerdict {
  readonly stamp: string;
  readonly key: string;
  readonly startedAt: number;
  readonly folders: readonly StoredFolder[];
  readonly outcome: unknown;
}

/** A file written this shortly before the run may have been written again within the same tick of its clock; so git does. */
const TICK_MS = 2_000;

/** Keeps a verdict for as long as none of the files differs. One that may be otherwise with the same files is not kept. */
export function rememberVerdict<Outcome>({ cacheFolder, key, stamp }: VerdictPlace, verdict: Verdict<Outcome>): void {
  const { outcome, reads, startedAt } = verdict;
  if ([...reads.values()].some(({ isRepeatable }) => !isRepeatable)) return;
  const folders = [...reads].map(([top, { listed, refused }]) => ({ top, refused: JSON.stringify(refused), files: listed }));
  writeVerdict(cacheFolder, { stamp: stamp ?? toolStamp(), key, startedAt, folders, outcome });
}

/** What a run with the same key said, when no file differs since. Nothing is parsed, and few files are opened. */
export function recallVerdict<Outcome>({ cacheFolder, key, stamp }: VerdictPlace): Outcome | undefined {
  const stored = readVerdict(cacheFolder, key);
  if (stored === undefined || stored.key !== key) return undefined;
  if (stored.stamp !== (stamp ?? toolStamp())) return undefined;
  const startedAt = Date.now();
  const folders: StoredFolder[] = [];
  for (const folder of stored.folders) {
    const files = compareFolder(folder, stored.startedAt);
    if (files === undefined) return undefined;
    folders.push({ ...folder, files });
  }
  const isAsListed = folders.every(({ files }, index) => files.every((file, at) => file === stored.folders[index]!.files[at]));
  if (!isAsListed) writeVerdict(cacheFolder, { ...stored, startedAt, folders });
  return stored.outcome as Outcome;
}

/** The files as they are listed now when they have the same texts; undefined when not. */
function compareFolder({ top, refused, files }: StoredFolder, startedAt: number): StoredFolder['files'] | undefined {
  const listing = tryListing(top);
  if (listing === undefined || listing.files.length !== files.length || JSON.stringify(listing.diagnostics) !== refused) return undefined;
  const current: (ListedFile & { readonly digest: string })[] = [];
  for (const [index, now] of listing.files.entries()) {
    const before = files[index]!;
    if (now.path !== before.path || now.kind !== before.kind) return undefined;
    if (isSurelySame(before, now, startedAt)) current.push(before);
    else {
      const source = readSource(top, now);
      if (source.kind === 'withheld' || source.digest !== before.digest) return undefined;
      current.push({ ...now, digest: source.digest });
    }
  }
  return current;
}

function isSurelySame(before: ListedFile, now: ListedFile, startedAt: number): boolean {
  return (
    now.mtimeMs === before.mtimeMs &&
    now.ctimeMs === before.ctimeMs &&
    now.size === before.size &&
    now.inode === before.inode &&
    Math.max(now.mtimeMs, now.ctimeMs) < startedAt - TICK_MS
  );
}

function tryListing(top: string): ReturnType<typeof listProjectFiles> | undefined {
  try {
    return listProjectFiles(top);
  } catch {
    return undefined;
  }
}

function nameOf(key: string): string {
  return `${digestOf(key).replaceAll(/[^\w]/g, '').slice(0, 24)}.verdict`;
}

/** Eight digits of CRC-32, then JSON: a damaged file is none. */
function writeVerdict(cacheFolder: string, verdict: StoredVerdict): void {
  const json = Buffer.from(JSON.stringify(verdict), 'utf8');
  writeCacheFile(cacheFolder, nameOf(verdict.key), [Buffer.from(checkDigits(json), 'latin1'), json]);
}

function readVerdict(cacheFolder: string, key: string): StoredVerdict | undefined {
  const bytes = readCacheFile(cacheFolder, nameOf(key));
  if (bytes === undefined || bytes.toString('latin1', 0, 8) !== checkDigits(bytes.subarray(8))) return undefined;
  return JSON.parse(bytes.toString('utf8', 8)) as StoredVerdict;
}

function checkDigits(bytes: Uint8Array): string {
  return crc32(bytes).toString(16).padStart(8, '0');
}

import { chmodSync, existsSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { decodeSource } from '../python/decode-source';
import { listProjectFiles, type ListedFile } from './list-project-files';
import { readSource } from './read-source';
import { reasonOf, unreadable } from './unreadable';

export interface ProjectFiles {
  /** Path relative to the root → text, sorted by path. */
  readonly files: ReadonlyMap<string, string>;
  /** One `unreadable-file` for each file or folder that could not be read. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What else reading a project tells; for caches. */
export interface ReadFiles extends ProjectFiles {
  /** Path → digest of the text. */
  readonly digests: ReadonlyMap<string, string>;
  /** As the folders told before the first file was read; with what was found in the files. */
  readonly listed: readonly (ListedFile & { readonly digest: string })[];
  /** What the folders alone told of files that are none. */
  readonly refused: readonly Diagnostic[];
  /** False when the same files may read otherwise next time: the system withheld the bytes of one. */
  readonly isRepeatable: boolean;
}

/** Reads the Python files and manifests below a folder. Hidden folders, environments and build output are left out. */
export function readProjectFiles(root: string): ProjectFiles {
  const { files, diagnostics } = readFiles(root);
  return { files, diagnostics };
}

/** Like `readProjectFiles`, with what caches want to know. */
export function readFiles(root: string): ReadFiles {
  const listing = listProjectFiles(root);
  const files = new Map<string, string>();
  const diagnostics = [...listing.diagnostics];
  const listed: (ListedFile & { readonly digest: string })[] = [];
  const closed = listing.diagnostics.map(({ path }) => path);
  for (const file of listing.files) {
    const source = readSource(root, file);
    if (source.kind === 'text') files.set(file.path, source.text);
    else {
      closed.push(file.path);
      diagnostics.push(unreadable(file.path, source.reason, source.kind === 'withheld' || source.certain ? 'certain' : 'possible'));
    }
    if (source.kind !== 'withheld') listed.push({ ...file, digest: source.digest });
  }
  const sorted = [...files, ...closed.flatMap(unknownModule)].sort(([left], [right]) => (left < right ? -1 : 1));
  return {
    files: new Map(sorted),
    diagnostics,
    listed,
    digests: new Map(listed.map(({ path, digest }) => [path, digest])),
    refused: listing.diagnostics,
    isRepeatable: listed.length === listing.files.length,
  };
}

/** A module that is there but cannot be read may have any name, like a compiled one: its importers are not to blame. */
function unknownModule(path: string): readonly [string, string][] {
  return path.endsWith('.py') ? [[path.replace(/\.py$/, '.unreadable.so'), '']] : [];
}

/** The nearest folder at or above a path that has a pyproject.toml; does not look above `ceiling`. */
export function findProjectRoot(path: string, ceiling?: string): string | undefined {
  for (let folder = path; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'pyproject.toml'))) return folder;
    if (folder === ceiling || folder === dirname(folder)) return undefined;
  }
}

export interface TextChange {
  readonly before: string;
  readonly after: string;
}

/**
 * Replaces a file's text whole: a reader sees the old or the new one. Keeps the file's mode, its byte order mark and a link to it.
 * Throws when the file no longer holds `before`.
 */
export function replaceText(file: string, { before, after }: TextChange): void {
  const target = realpathSync(file);
  const bytes = readFileSync(target);
  const source = decodeSource(bytes);
  if (source.kind === 'fault' || source.text !== before)
    throw new Error(`${file} was changed while it was checked, and is left as it is. Run the command again.`);
  const content = source.encoding === 'utf-8' ? withMarkOf(bytes, after) : encodeLatin1(file, after);
  const draft = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
  try {
    writeFileSync(draft, content, { flag: 'wx' });
    chmodSync(draft, statSync(target).mode);
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new Error(`${file} cannot be written: ${reasonOf(error, 'writable')}.`, { cause: error });
  }
}

function withMarkOf(bytes: Buffer, text: string): string {
  return bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) ? `\uFEFF${text}` : text;
}

/** Of the encodings besides UTF-8, Node writes this one, and ASCII with it. */
function encodeLatin1(file: string, text: string): Buffer {
  const bytes = Buffer.from(text, 'latin1');
  const source = decodeSource(bytes);
  if (source.kind === 'text' && source.text === text) return bytes;
  throw new Error(`${file} is in an encoding that fixes are not written in. Save it as UTF-8, and run the command again.`);
}

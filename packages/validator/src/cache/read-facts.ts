import { decodeSummary } from '../extract/decode-summary';
import type { ModuleSummary } from '../extract/module-summary';
import { DEFAULT_PYTHON_VERSION, parsePythonVersion, type PythonVersion } from '../python/python-version';
import { readRequirements } from '../resolve/read-requirements';
import { readCacheFile, writeCacheFile } from '../system/cache-folder';
import { digestOf } from '../system/read-source';
import { toolStamp } from '../system/tool-stamp';
import { extractFacts } from './extract-facts';
import type { FactsDepth } from './extract-job';
import { decodePack, encodePack, type FactPack } from './fact-pack';

export interface FactsOptions {
  /** Where facts are kept from run to run; undefined: nowhere. */
  readonly cacheFolder?: string | undefined;
  /** Tells the projects of one cache folder apart: facts of files that a project no longer has are dropped. */
  readonly project?: string;
  /** `outline`: only what other modules can see, for `readOutline` of `openProject`; most functions' bodies are not read. By default all. */
  readonly depth?: FactsDepth;
  /** As for `openProject`. */
  readonly pythonVersion?: string;
  /** How many threads read texts that have no facts; 1: only this one. By default as many as there are processors, at most 4. */
  readonly threads?: number | undefined;
  /** Path → digest of the text, where it is known already. */
  readonly digests?: ReadonlyMap<string, string>;
  /** @internal For tests: stands for the version of the rules. */
  readonly stamp?: string;
  /** @internal For tests. */
  readonly workerFile?: string;
}

export interface FactsReader {
  /** For `openProject` with the same files: gives each file's facts once, then forgets them. Undefined for a text without an outline, too. */
  readonly readSummary: (path: string, text: string) => ModuleSummary | undefined;
  /** The files whose texts had to be parsed, sorted. */
  readonly parsed: readonly string[];
}

/** The facts of a project's Python files: those kept from earlier runs, the rest made now, in several threads when it is much. */
export async function readFacts(files: ReadonlyMap<string, string>, options: FactsOptions = {}): Promise<FactsReader> {
  const { cacheFolder, project = '', threads, workerFile, depth = 'full' } = options;
  const version = versionOf(files, options.pythonVersion);
  const name = `${digestOf(project).replaceAll(/[^\w]/g, '').slice(0, 16)}${depth === 'full' ? '' : '-outlines'}.facts`;
  const stamp = options.stamp ?? (cacheFolder === undefined ? '' : toolStamp());
  const known = readPack(cacheFolder, name, stamp);
  const keys = keysOf(files, version, options.digests);
  const missing = new Map([...keys].filter(([, key]) => !known.has(key)).map(([path, key]) => [key, path]));
  const texts = [...missing.values()].map((path) => files.get(path)!);
  const made = await extractFacts(texts, { version, depth, threads, workerFile });
  const fresh = new Map([...missing.keys()].map((key, index) => [key, made[index]!]));
  const pack = new Map([...new Set(keys.values())].map((key) => [key, fresh.get(key) ?? known.get(key)!]));
  if (cacheFolder !== undefined && (fresh.size > 0 || pack.size < known.size)) writeCacheFile(cacheFolder, name, encodePack(pack, stamp));
  return { readSummary: readerOf(files, keys, pack), parsed: [...keys].filter(([, key]) => fresh.has(key)).map(([path]) => path) };
}

function versionOf(files: ReadonlyMap<string, string>, stated: string | undefined): PythonVersion {
  return parsePythonVersion(stated ?? readRequirements(files).requiresPython ?? '') ?? DEFAULT_PYTHON_VERSION;
}

function readPack(cacheFolder: string | undefined, name: string, stamp: string): FactPack {
  const bytes = cacheFolder === undefined ? undefined : readCacheFile(cacheFolder, name);
  return (bytes === undefined ? undefined : decodePack(bytes, stamp)) ?? new Map<string, Uint8Array>();
}

/** Path → key, sorted by path. Facts are a function of the text and the Python version alone; the stamp says of which code. */
function keysOf(
  files: ReadonlyMap<string, string>,
  { minor }: PythonVersion,
  digests: ReadonlyMap<string, string> | undefined,
): ReadonlyMap<string, string> {
  const paths = [...files.keys()].filter((path) => path.endsWith('.py')).sort();
  return new Map(paths.map((path) => [path, `${minor} ${digests?.get(path) ?? digestOf(files.get(path)!)}`]));
}

function readerOf(
  files: ReadonlyMap<string, string>,
  keys: ReadonlyMap<string, string>,
  pack: ReadonlyMap<string, Uint8Array>,
): FactsReader['readSummary'] {
  const left = new Map([...keys].map(([path, key]) => [path, pack.get(key)!]));
  return (path, text) => {
    const bytes = left.get(path);
    if (bytes === undefined || files.get(path) !== text) return undefined;
    left.delete(path);
    if (bytes.length === 0) return undefined;
    return decodeSummary(bytes, text);
  };
}

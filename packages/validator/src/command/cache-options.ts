import { resolve } from 'node:path';
import { findCacheFolder } from '../system/cache-folder';

const OPTION = '--cache-dir';

/**
 * Where the cache of a run with these words is; undefined: it wants none. Read apart from all other words,
 * so that a kept verdict is found before anything that judges is loaded.
 */
export function cacheFolderOf(words: readonly string[], folder: string): string | undefined {
  if (words.includes('--no-cache') || words.some((word) => /^--(fix|unsafe-fixes|help|explain.*)$|^-h$/.test(word))) return undefined;
  const at = words.findLastIndex((word) => word === OPTION || word.startsWith(`${OPTION}=`));
  if (at === -1) return findCacheFolder(folder);
  const value = words[at] === OPTION ? words[at + 1] : words[at]!.slice(OPTION.length + 1);
  return value === undefined || value === '' ? undefined : resolve(folder, value);
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceDataDirectory } from '../../nx-plugin-cache';

/** File → the projects that Nx has stored it to need; `everything` when there is nothing stored, `unknown` when it cannot be read. */
export type StoredTargets = ReadonlyMap<string, readonly string[]> | 'everything' | 'unknown';

/** What Nx wrote into its `file-map.json`, which it will lay over our edges of files that did not change. */
export function readStoredTargets(folder: string = workspaceDataDirectory): StoredTargets {
  try {
    const { fileMap } = JSON.parse(readFileSync(join(folder, 'file-map.json'), 'utf8')) as NxFileMap;
    const targets = new Map<string, readonly string[]>();
    for (const files of Object.values(fileMap.projectFileMap)) {
      for (const { file, deps } of files) if (deps !== undefined) targets.set(file, deps.map(targetOf));
    }
    return targets;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'everything' : 'unknown';
  }
}

interface NxFileMap {
  readonly fileMap: { readonly projectFileMap: Readonly<Record<string, readonly StoredFile[]>> };
}

interface StoredFile {
  readonly file: string;
  readonly deps?: readonly (string | readonly [target: string, type: string])[];
}

function targetOf(dependency: string | readonly [target: string, type: string]): string {
  return typeof dependency === 'string' ? dependency : dependency[0];
}

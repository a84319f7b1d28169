import type { Artifact } from '../plan/artifact';
import type { LastGeneration } from './last-generation';

export interface EntityRename {
  readonly was: string;
  readonly name: string;
}

/** Where the files of renamed entities stood: new path → old path. */
export function findMoves({
  artifacts,
  renames,
  last,
  renamed,
}: {
  readonly artifacts: readonly Artifact[];
  readonly renames: readonly EntityRename[];
  readonly last: LastGeneration | undefined;
  /** A text with the new names in place of the old ones. */
  readonly renamed: (text: string) => string;
}): ReadonlyMap<string, string> {
  const planned = new Set(artifacts.map(({ path }) => path));
  const records = [...(last?.manifest.artifacts.values() ?? [])].filter(({ path }) => !planned.has(path));
  return new Map(
    artifacts.flatMap(({ path, role, entity }): [string, string][] => {
      const was = renames.find(({ name }) => name === entity)?.was;
      if (was === undefined || last?.manifest.artifacts.has(path) === true) return [];
      // Manifests of version 1 tell neither role nor entity.
      const record = records.find((each) =>
        each.role === 'unknown' ? renamed(each.path) === path : each.role === role && each.entity === was,
      );
      return record === undefined ? [] : [[path, record.path]];
    }),
  );
}

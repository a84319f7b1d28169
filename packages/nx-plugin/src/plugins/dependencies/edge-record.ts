import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { CreateDependenciesContext } from '@nx/devkit';
import { pluginVersion } from '../../plugin-version';
import type { ProjectEdge } from './link-projects';
import { writeWhole } from './write-whole';

/** Files that edges are told from, or folders of such. */
const SOURCE = /\.(?:pyi?|toml|cfg|ini)$/;

interface StoredEdges {
  readonly key: string;
  readonly projects: readonly string[];
  /** Of one file: the place of its project, its path, the places of those it needs. */
  readonly files: readonly (readonly [source: number, file: string, targets: readonly number[]])[];
}

/** Everything the edges are a function of, in one short text: when it is that of the last command, so are the edges. */
export function edgesKey({
  projects,
  fileMap,
  workspaceRoot,
}: Pick<CreateDependenciesContext, 'projects' | 'fileMap' | 'workspaceRoot'>): string {
  const hash = createHash('sha1').update(`${pluginVersion}\n${workspaceRoot}\n`);
  for (const name of Object.keys(projects).sort()) {
    let text = `${name}\n${projects[name]!.root}\n`;
    for (const file of fileMap.projectFileMap[name] ?? []) if (SOURCE.test(file.file)) text += `${file.file} ${file.hash}\n`;
    hash.update(text);
  }
  for (const { file, hash: contents } of fileMap.nonProjectFiles)
    if (/(^|\/)pyproject\.toml$/.test(file)) hash.update(`${file} ${contents}\n`);
  return hash.digest('hex');
}

/** The edges that the file holds under that key; a damaged file holds none, and to Nx NX_CACHE_PROJECT_GRAPH=false means the same. */
export function readEdges(path: string, key: string): readonly ProjectEdge[] | undefined {
  if (process.env['NX_CACHE_PROJECT_GRAPH'] === 'false') return undefined;
  try {
    const stored = JSON.parse(readFileSync(path, 'utf8')) as StoredEdges;
    if (stored.key !== key) return undefined;
    return stored.files.flatMap(([source, sourceFile, targets]) =>
      targets.map((target) => ({ source: stored.projects[source]!, target: stored.projects[target]!, sourceFile })),
    );
  } catch {
    return undefined;
  }
}

export function writeEdges(path: string, key: string, edges: readonly ProjectEdge[]): void {
  const places = new Map<string, number>();
  const placeOf = (project: string) => {
    const place = places.get(project) ?? places.size;
    places.set(project, place);
    return place;
  };
  const files = new Map<string, [source: number, file: string, targets: number[]]>();
  for (const { source, target, sourceFile } of edges) {
    const known = files.get(sourceFile);
    if (known === undefined) files.set(sourceFile, [placeOf(source), sourceFile, [placeOf(target)]]);
    else known[2].push(placeOf(target));
  }
  writeWhole(path, JSON.stringify({ key, projects: [...places.keys()], files: [...files.values()] } satisfies StoredEdges));
}

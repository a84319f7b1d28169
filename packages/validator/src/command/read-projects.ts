import { join, relative, sep } from 'node:path';
import { readFiles, type ReadFiles } from '../system/node-file-system';
import type { CommandProject } from './command-project';
import { findRoots } from './find-roots';
import { isBelow } from './is-below';

const MANIFEST = 'pyproject.toml';

export interface ReadProjects {
  /** Sorted by root. */
  readonly projects: readonly CommandProject[];
  /** What was read, by the absolute folder that was walked. */
  readonly reads: ReadonlyMap<string, ReadFiles>;
}

/** Reads the projects that hold these paths, and those inside them: the nearest pyproject.toml says whose a file is. */
export function readProjects(folder: string, paths: readonly string[]): ReadProjects {
  const projects = new Map<string, CommandProject>();
  const reads = new Map<string, ReadFiles>();
  for (const root of findRoots(folder, paths)) {
    if (projects.has(root)) continue;
    const read = readFiles(root);
    reads.set(root, read);
    for (const project of splitTree(folder, root, read)) projects.set(project.root, project);
  }
  return { projects: [...projects.values()].sort((left, right) => (left.root < right.root ? -1 : 1)), reads };
}

function splitTree(folder: string, top: string, { files, diagnostics, digests }: ReadFiles): readonly CommandProject[] {
  const inner = [...files.keys()].filter((path) => path.endsWith(`/${MANIFEST}`)).map((path) => path.slice(0, -MANIFEST.length - 1));
  const places = ['', ...inner];
  const placeOf = (path: string): string =>
    places.reduce((nearest, place) => (place.length > nearest.length && isBelow(path, place) ? place : nearest), '');
  return places.map((place) => {
    const cut = place === '' ? 0 : place.length + 1;
    const root = join(top, place);
    return {
      root,
      place: toPosix(relative(folder, root)),
      files: new Map(filesFor(place, files, placeOf).map(([path, text]) => [path.slice(cut), text])),
      digestOf: (path) => digests.get(place === '' ? path : `${place}/${path}`),
      unreadable: diagnostics.filter(({ path }) => placeOf(path) === place).map((found) => ({ ...found, path: found.path.slice(cut) })),
      owns: (path) => placeOf(place === '' ? path : `${place}/${path}`) === place,
    };
  });
}

/** Files of inner projects only where a file of this one could import them. */
function filesFor(place: string, files: ReadonlyMap<string, string>, placeOf: (path: string) => string): readonly [string, string][] {
  const owned = [...files].filter(([path]) => placeOf(path) === place);
  return owned.some(([path]) => path.endsWith('.py')) ? [...files].filter(([path]) => isBelow(path, place)) : owned;
}

function toPosix(path: string): string {
  return path.split(sep).join('/');
}

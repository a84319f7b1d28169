import { join, relative, resolve, sep } from 'node:path';
import { findProjectRoot, readProjectFiles } from '../system/node-file-system';
import type { CommandProject } from './command-project';
import { isBelow } from './is-below';

const MANIFEST = 'pyproject.toml';

/** Reads the projects that hold these paths, and those inside them: the nearest pyproject.toml says whose a file is. */
export function readProjects(folder: string, paths: readonly string[]): readonly CommandProject[] {
  const roots = paths.length === 0 ? [folder] : paths.map((path) => rootOf(folder, path));
  const projects = new Map<string, CommandProject>();
  for (const root of [...new Set(roots)].sort()) {
    if (projects.has(root)) continue;
    for (const project of readTree(folder, root)) projects.set(project.root, project);
  }
  return [...projects.values()].sort((left, right) => (left.root < right.root ? -1 : 1));
}

/** A path in a folder without pyproject.toml belongs to the folder the command runs in. */
function rootOf(folder: string, path: string): string {
  const absolute = resolve(folder, path);
  const isInside = isBelow(toPosix(absolute), toPosix(folder));
  const root = findProjectRoot(absolute, isInside ? folder : undefined);
  if (root !== undefined) return root;
  if (isInside) return folder;
  throw new Error(
    `${path} is outside the project ${folder}, and no folder above it has a ${MANIFEST}. Start fastapi-validate in the project's own folder.`,
  );
}

function readTree(folder: string, top: string): readonly CommandProject[] {
  const { files, diagnostics } = readProjectFiles(top);
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

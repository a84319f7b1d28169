import { parseSurface, type ProjectSurface } from '@org/validator';
import type { LibrarySurface } from './project-to-validate';

interface ReadSurfaces {
  /** By the project's name. */
  readonly libraries: ReadonlyMap<string, ProjectSurface>;
  /** Those whose surface is damaged, or of another version: nothing is known of them. */
  readonly unreadable: readonly LibrarySurface[];
}

export function readSurfaces(given: readonly LibrarySurface[]): ReadSurfaces {
  const read = given.map((library) => ({ library, surface: parseSurface(library.text) }));
  return {
    libraries: new Map(
      read.flatMap(({ library, surface }): [string, ProjectSurface][] => (surface === undefined ? [] : [[library.name, surface]])),
    ),
    unreadable: read.filter(({ surface }) => surface === undefined).map(({ library }) => library),
  };
}

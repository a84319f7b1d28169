import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What can be imported beside the service's own modules; written by `tools/list-library-names.py`, never by hand. */
export interface LibraryNames {
  /** The Python it was taken from, the oldest that services take: `3.11`. */
  readonly python: string;
  /** Versions by distribution; those of the pins. */
  readonly versions: Readonly<Record<string, string>>;
  /** Module → the names it binds, between blanks; null where they are not judged. */
  readonly modules: Readonly<Record<string, string | null>>;
}

const namesFile = join(__dirname, '..', '..', 'pins', 'library-names.json');

/** Read once per process: the file ships with the package. */
export function readLibraryNames(): LibraryNames {
  loaded ??= JSON.parse(readFileSync(namesFile, 'utf8')) as LibraryNames;
  return loaded;
}

let loaded: LibraryNames | undefined;

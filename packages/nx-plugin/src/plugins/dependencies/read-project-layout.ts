import { listPythonFolders, readImportRoots, readPackagedRoots } from '@org/validator/imports';
import type { ProjectLayout } from './project-layout';
import { readStatedDependencies } from './read-stated-dependencies';

interface LayoutSources {
  /** The project's Python files, relative to its folder. */
  readonly files: readonly string[];
  /** Text of each manifest in the project's folder, by name. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Where the modules of a project start, and what it says about other projects. */
export function readProjectLayout({ files, texts }: LayoutSources): ProjectLayout {
  const folders = listPythonFolders(files);
  const packaged = readPackagedRoots({ base: '.', folders, texts }).filter((root) => root === '.' || folders.has(root));
  return {
    packagedRoots: packaged.length === 0 ? ['.'] : [...new Set(packaged)],
    ownRoots: readImportRoots({ files, texts }),
    stated: readStatedDependencies(texts.get('pyproject.toml') ?? ''),
  };
}

import { joinPath } from './join-path';
import { listMemberFolders } from './list-member-folders';
import { listPythonFolders } from './list-python-folders';
import { readIni } from './read-ini';
import { readPackagedRoots } from './read-packaged-roots';
import { readPyproject } from './read-pyproject';
import { stringsOf, tableAt, type TomlTable } from './toml-table';

interface RootSources {
  /** Every file that can be imported. */
  readonly files: Iterable<string>;
  /** Path → text of the project's manifests. */
  readonly texts: ReadonlyMap<string, string>;
}

/**
 * The folders imports start from, in Python's order as far as anybody can tell without running it: the project root, `src`,
 * folders the build or pytest is told of, then those of workspace members and path dependencies.
 */
export function readImportRoots({ files, texts }: RootSources): readonly string[] {
  const folders = listPythonFolders(files);
  const own = projectRoots('.', folders, texts);
  const members = listMemberFolders(texts).flatMap((member) => projectRoots(member, folders, texts));
  return [...new Set([...own, ...members])].filter((root) => root === '.' || folders.has(root));
}

function projectRoots(base: string, folders: ReadonlyMap<string, boolean>, texts: ReadonlyMap<string, string>): readonly string[] {
  const pyproject = readPyproject(base, texts);
  const stated = [...pytestFolders(base, pyproject, texts), ...stringsOf(tableAt(pyproject, 'tool', 'pyright')['extraPaths'])];
  const asked = stated.map((folder) => joinPath(base, folder)).filter((folder) => folder !== undefined);
  return [base, ...readPackagedRoots({ base, folders, texts }), ...asked];
}

function pytestFolders(base: string, pyproject: TomlTable, texts: ReadonlyMap<string, string>): readonly string[] {
  const option = tableAt(pyproject, 'tool', 'pytest', 'ini_options')['pythonpath'];
  const places: readonly (readonly [string, string])[] = [
    ['pytest.ini', 'pytest'],
    ['tox.ini', 'pytest'],
    ['setup.cfg', 'tool:pytest'],
  ];
  const texted = places.map(
    ([file, section]) =>
      readIni(texts.get(joinPath(base, file)!) ?? '')
        .get(section)
        ?.get('pythonpath') ?? '',
  );
  return [...stringsOf(option), ...texted].flatMap((value) => value.split(/\s+/)).filter((folder) => folder !== '');
}

import { parseDistributionName } from '../python/distribution-name';
import { joinPath } from './join-path';
import { listMemberFolders } from './list-member-folders';
import { readIni } from './read-ini';
import { readToml } from './read-toml';
import { stringsOf, tableAt, tablesOf, type TomlTable } from './toml-table';

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
  const folders = foldersOf(files);
  const own = projectRoots('.', folders, texts);
  const members = listMemberFolders(texts).flatMap((member) => projectRoots(member, folders, texts));
  return [...new Set([...own, ...members])].filter((root) => root === '.' || folders.has(root));
}

/** Folder → whether it is a regular package. */
function foldersOf(files: Iterable<string>): ReadonlyMap<string, boolean> {
  const folders = new Map<string, boolean>();
  for (const path of files) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const folder = path.slice(0, end);
      if (folders.has(folder)) break;
      folders.set(folder, false);
    }
  }
  for (const path of files) if (path.endsWith('/__init__.py')) folders.set(path.slice(0, -'/__init__.py'.length), true);
  return folders;
}

function projectRoots(base: string, folders: ReadonlyMap<string, boolean>, texts: ReadonlyMap<string, string>): readonly string[] {
  const pyproject = pyprojectIn(base, texts);
  const stated = [
    ...buildFolders(pyproject),
    ...setupFolders(base, texts),
    ...pytestFolders(base, pyproject, texts),
    ...stringsOf(tableAt(pyproject, 'tool', 'pyright')['extraPaths']),
  ];
  const usual = [...guessedFolders(base, pyproject, folders), 'src', 'python'].map((folder) => joinPath(base, folder)!);
  const layout = usual.filter((folder) => folders.get(folder) === false);
  const asked = stated.map((folder) => joinPath(base, folder)).filter((folder) => folder !== undefined);
  return [base, ...layout, ...asked];
}

function pyprojectIn(base: string, texts: ReadonlyMap<string, string>): TomlTable {
  const path = joinPath(base, 'pyproject.toml')!;
  const outcome = readToml(path, texts.get(path) ?? '');
  return outcome.kind === 'table' ? outcome.table : {};
}

/** `service/service/__init__.py` with project name `service`: the outer folder holds the code. */
function guessedFolders(base: string, pyproject: TomlTable, folders: ReadonlyMap<string, boolean>): readonly string[] {
  const name = tableAt(pyproject, 'project')['name'] ?? tableAt(pyproject, 'tool', 'poetry')['name'];
  if (typeof name !== 'string') return [];
  const plain = parseDistributionName(name) ?? name;
  return [name, plain, plain.replaceAll('-', '_')].filter((folder) => folders.has(joinPath(base, `${folder}/${folder}`) ?? ''));
}

function buildFolders(pyproject: TomlTable): readonly string[] {
  const tool = tableAt(pyproject, 'tool');
  const wheel = tableAt(tool, 'hatch', 'build', 'targets', 'wheel');
  return [
    ...tablesOf(tableAt(tool, 'poetry')['packages']).flatMap(({ from }) => stringsOf(from)),
    ...stringsOf(tableAt(tool, 'setuptools', 'packages', 'find')['where']),
    ...stringsOf(tableAt(tool, 'setuptools', 'package-dir')['']),
    ...stringsOf(wheel['packages']).map((path) => path.split('/').slice(0, -1).join('/')),
    ...Object.keys(tableAt(wheel, 'sources')),
    ...stringsOf(wheel['sources']),
    ...stringsOf(tableAt(tool, 'hatch', 'build')['dev-mode-dirs']),
    ...stringsOf(tableAt(tool, 'uv', 'build-backend')['module-root']),
    ...stringsOf(tableAt(tool, 'pdm', 'build')['package-dir']),
    ...stringsOf(tableAt(tool, 'maturin')['python-source']),
  ];
}

/** `package_dir = = src`, `where = src` in setup.cfg; `package_dir={"": "src"}`, `find_packages("src")` in setup.py. */
function setupFolders(base: string, texts: ReadonlyMap<string, string>): readonly string[] {
  const sections = readIni(texts.get(joinPath(base, 'setup.cfg')!) ?? '');
  const packageDir = sections.get('options')?.get('package_dir') ?? '';
  const where = sections.get('options.packages.find')?.get('where') ?? '';
  const script = texts.get(joinPath(base, 'setup.py')!) ?? '';
  const calls = /package_dir\s*=\s*\{\s*["']{2}\s*:\s*["']([^"']+)["']|find_(?:namespace_)?packages\(\s*(?:where\s*=\s*)?["']([^"']+)["']/g;
  return [
    ...[...packageDir.matchAll(/^\s*=\s*(\S+)\s*$/gm)].map(([, folder]) => folder!),
    ...where.split(/\s+/).filter((folder) => folder !== ''),
    ...[...script.matchAll(calls)].map(([, direct, found]) => (direct ?? found)!),
  ];
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

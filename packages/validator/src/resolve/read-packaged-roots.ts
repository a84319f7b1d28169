import { parseDistributionName } from '../python/distribution-name';
import { joinPath } from './join-path';
import { readIni } from './read-ini';
import { readPyproject } from './read-pyproject';
import { stringsOf, tableAt, tablesOf, type TomlTable } from './toml-table';

interface PackagedSources {
  readonly base: string;
  /** As `listPythonFolders` gives them. */
  readonly folders: ReadonlyMap<string, boolean>;
  readonly texts: ReadonlyMap<string, string>;
}

/**
 * The folders whose modules the project at `base` brings to those who install it: `src` and its like, and what the build is told of.
 * None where the project's own folder is meant.
 */
export function readPackagedRoots({ base, folders, texts }: PackagedSources): readonly string[] {
  const pyproject = readPyproject(base, texts);
  const usual = [...guessedFolders(base, pyproject, folders), 'src', 'python'].map((folder) => joinPath(base, folder)!);
  const layout = usual.filter((folder) => folders.get(folder) === false);
  const stated = [...buildFolders(pyproject), ...setupFolders(base, texts)];
  return [...layout, ...stated.map((folder) => joinPath(base, folder)).filter((folder) => folder !== undefined)];
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

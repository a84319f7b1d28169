import { folderOf, joinPath } from './join-path';
import { readToml } from './read-toml';
import { isTable, stringsOf, tableAt, type TomlTable } from './toml-table';

/** Folders installed beside the project: members of its uv workspace, path dependencies of uv, Poetry and requirements files. */
export function listMemberFolders(texts: ReadonlyMap<string, string>): readonly string[] {
  const outcome = readToml('pyproject.toml', texts.get('pyproject.toml') ?? '');
  const pyproject = outcome.kind === 'table' ? outcome.table : {};
  const paths = [...uvPaths(pyproject), ...poetryPaths(pyproject), ...editablePaths(texts)];
  const folders = paths.map((path) => joinPath('.', path)).filter((folder) => folder !== undefined);
  return [...new Set([...workspaceMembers(pyproject, texts), ...folders])].filter((folder) => folder !== '.');
}

/** Folders with a manifest that match `members` and not `exclude`. */
function workspaceMembers(pyproject: TomlTable, texts: ReadonlyMap<string, string>): readonly string[] {
  const workspace = tableAt(pyproject, 'tool', 'uv', 'workspace');
  const members = stringsOf(workspace['members']).map(globPattern);
  const excluded = stringsOf(workspace['exclude']).map(globPattern);
  return [...texts.keys()]
    .filter((path) => path.endsWith('/pyproject.toml'))
    .map(folderOf)
    .filter((folder) => members.some((pattern) => pattern.test(folder)) && !excluded.some((pattern) => pattern.test(folder)))
    .sort();
}

/** `*` is a part of one folder's name, `**` any number of folders. */
function globPattern(glob: string): RegExp {
  const source = (joinPath('.', glob) ?? glob)
    .split(/(\*\*\/?|\*|\?)/)
    .map((part) => {
      if (part.startsWith('**')) return '(?:.*/)?';
      if (part === '*') return '[^/]*';
      return part === '?' ? '[^/]' : part.replace(/[.+^${}()|[\]\\]/g, '\\$&');
    })
    .join('');
  return new RegExp(`^${source}$`);
}

function uvPaths(pyproject: TomlTable): readonly string[] {
  return Object.values(tableAt(pyproject, 'tool', 'uv', 'sources'))
    .flatMap((source) => (Array.isArray(source) ? source : [source]))
    .flatMap((source) => (isTable(source) ? stringsOf(source['path']) : []));
}

function poetryPaths(pyproject: TomlTable): readonly string[] {
  const poetry = tableAt(pyproject, 'tool', 'poetry');
  const groups = Object.values(tableAt(poetry, 'group')).map((group) => tableAt(group, 'dependencies'));
  return [tableAt(poetry, 'dependencies'), tableAt(poetry, 'dev-dependencies'), ...groups]
    .flatMap((table) => Object.values(table))
    .flatMap((value) => (isTable(value) ? stringsOf(value['path']) : []));
}

/** `-e ./libs/common` */
function editablePaths(texts: ReadonlyMap<string, string>): readonly string[] {
  return [...texts].flatMap(([path, text]) => {
    if (!/requirements/.test(path) || !path.endsWith('.txt')) return [];
    const found = [...text.matchAll(/^\s*(?:-e|--editable)[ =]+(\.{0,2}[\w./-]+?)(?:\[[^\]]*\])?\s*(?:#.*)?$/gm)].map(
      ([, target]) => target!,
    );
    return found.map((target) => joinPath(folderOf(path), target)).filter((folder) => folder !== undefined);
  });
}

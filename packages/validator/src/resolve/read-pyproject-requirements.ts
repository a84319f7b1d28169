import { isDevelopmentGroup } from './development-group';
import type { ManifestRequirements, StatedRequirement } from './requirements';
import { isTable, stringsOf, tableAt, tablesOf, type TomlTable } from './toml-table';

/** PEP 621, PEP 735, uv and Poetry. Files that `dynamic` requirements come from are read by the caller. */
export function readPyprojectRequirements(table: TomlTable): ManifestRequirements {
  const project = tableAt(table, 'project');
  const poetry = tableAt(table, 'tool', 'poetry');
  const python = project['requires-python'] ?? tableAt(poetry, 'dependencies')['python'];
  const isDynamic = stringsOf(project['dynamic']).includes('dependencies') && !('dependencies' in poetry);
  return {
    isStated: 'dependencies' in project || 'dependencies' in poetry || 'dependency-groups' in table,
    isOpen: isDynamic && dynamicFiles(table).length === 0,
    requirements: [
      ...ownName(project['name'] ?? poetry['name']),
      ...needed(stringsOf(project['dependencies'])),
      ...extraRequirements(tableAt(project, 'optional-dependencies')),
      ...groupRequirements(tableAt(table, 'dependency-groups')),
      ...asGroup('dev', stringsOf(tableAt(table, 'tool', 'uv')['dev-dependencies'])),
      ...Object.entries(tableAt(table, 'tool', 'pdm', 'dev-dependencies')).flatMap(([group, list]) => asGroup(group, stringsOf(list))),
      ...poetryRequirements(poetry),
    ],
    ...(typeof python === 'string' ? { requiresPython: python } : {}),
  };
}

/** Files that hold the requirements of a project whose `dependencies` are dynamic. */
export function dynamicFiles(table: TomlTable): readonly string[] {
  return [
    ...stringsOf(tableAt(table, 'tool', 'setuptools', 'dynamic', 'dependencies')['file']),
    ...stringsOf(tableAt(table, 'tool', 'hatch', 'metadata', 'hooks', 'requirements_txt')['files']),
  ];
}

function ownName(name: unknown): readonly StatedRequirement[] {
  return typeof name === 'string' ? needed([name]) : [];
}

function needed(texts: readonly string[]): readonly StatedRequirement[] {
  return texts.map((text) => ({ text, group: undefined }));
}

function asGroup(group: string, texts: readonly string[]): readonly StatedRequirement[] {
  return texts.map((text) => ({ text, group }));
}

function extraRequirements(extras: TomlTable): readonly StatedRequirement[] {
  return Object.entries(extras).flatMap(([extra, list]) => asExtra(extra, stringsOf(list)));
}

/** An extra is part of the product unless its name says otherwise. */
function asExtra(extra: string, texts: readonly string[]): readonly StatedRequirement[] {
  return isDevelopmentGroup(extra) ? asGroup(extra, texts) : needed(texts);
}

/** PEP 735: entries are requirements or `{ include-group = "…" }`. Each requirement is in the group it is written in. */
function groupRequirements(groups: TomlTable): readonly StatedRequirement[] {
  const entries = Object.entries(groups);
  const included = new Set(entries.flatMap(([, list]) => tablesOf(list).flatMap((entry) => stringsOf(entry['include-group']))));
  return entries.flatMap(([group, list]) => {
    const isForWork = isDevelopmentGroup(group) || included.has(group);
    return isForWork ? asGroup(group, stringsOf(list)) : needed(stringsOf(list));
  });
}

function poetryRequirements(poetry: TomlTable): readonly StatedRequirement[] {
  const groups = Object.entries(tableAt(poetry, 'group'));
  return [
    ...needed(poetryTexts(tableAt(poetry, 'dependencies'))),
    ...asGroup('dev', poetryTexts(tableAt(poetry, 'dev-dependencies'))),
    ...groups.flatMap(([group, value]) => asExtra(group, poetryTexts(tableAt(value, 'dependencies')))),
  ];
}

function poetryTexts(table: TomlTable): readonly string[] {
  return Object.entries(table)
    .filter(([name]) => name !== 'python')
    .map(([name, value]) => {
      const extras = isTable(value) ? stringsOf(value['extras']) : [];
      return extras.length === 0 ? name : `${name}[${extras.join(',')}]`;
    });
}

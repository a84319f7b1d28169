import {
  isTable,
  parseDistributionName,
  readPyprojectRequirements,
  readToml,
  stringsOf,
  tableAt,
  tablesOf,
  type TomlTable,
} from '@org/validator/imports';
import type { RequirementSource, StatedDependencies } from './stated-dependencies';

/** `name @ file:../lib`, `-e file:///${PROJECT_ROOT}/../lib`, `name @ {root:uri}/../lib` */
const LOCAL = /(?:@|^-e|^--editable)\s*(?:file:(?:\/\/)?|(?=\{root:uri\}))([^\s;#]+)/;

/** A text that is no TOML states nothing; `validate` tells the user about it. */
export function readStatedDependencies(text: string): StatedDependencies {
  const outcome = readToml('pyproject.toml', text);
  const table = outcome.kind === 'table' ? outcome.table : {};
  const name = tableAt(table, 'project')['name'] ?? tableAt(table, 'tool', 'poetry')['name'];
  const distribution = typeof name === 'string' ? parseDistributionName(name) : undefined;
  const requirements = readPyprojectRequirements(table).requirements.map((requirement) => requirement.text);
  const names = requirements.map(parseDistributionName).filter((required) => required !== undefined && required !== distribution);
  const locals = requirements.map((requirement) => LOCAL.exec(requirement)?.[1]).filter((path) => path !== undefined);
  return {
    ...(distribution === undefined ? {} : { distribution }),
    requirements: unique(names as readonly string[]),
    isUvWorkspace: 'workspace' in tableAt(table, 'tool', 'uv'),
    sources: uvSources(table),
    paths: unique([...locals.map(plainPath), ...poetryPaths(tableAt(table, 'tool', 'poetry'))]),
  };
}

/** One source or, with markers, several for one name. */
function uvSources(table: TomlTable): StatedDependencies['sources'] {
  const entries = Object.entries(tableAt(table, 'tool', 'uv', 'sources')).flatMap(([name, value]) => {
    const found = (Array.isArray(value) ? tablesOf(value) : isTable(value) ? [value] : []).flatMap(sourceOf);
    return found.length === 0 ? [] : [[parseDistributionName(name) ?? name, found] as const];
  });
  return Object.fromEntries(entries);
}

function sourceOf({ workspace, path }: TomlTable): readonly RequirementSource[] {
  if (workspace === true) return [{ kind: 'workspace' }];
  return typeof path === 'string' ? [{ kind: 'path', path }] : [];
}

function poetryPaths(poetry: TomlTable): readonly string[] {
  const groups = Object.values(tableAt(poetry, 'group')).map((group) => tableAt(group, 'dependencies'));
  return [tableAt(poetry, 'dependencies'), tableAt(poetry, 'dev-dependencies'), ...groups]
    .flatMap((dependencies) => Object.values(dependencies))
    .flatMap((value) => (Array.isArray(value) ? tablesOf(value) : isTable(value) ? [value] : []))
    .flatMap(({ path }) => stringsOf(path));
}

/** The path in a `file:` address, without what the tools put in place of the project's folder. */
function plainPath(address: string): string {
  const path = address.replace(/^\/?\$\{PROJECT_ROOT\}\/?/, './').replace(/^\{root:uri\}\/?/, './');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort();
}

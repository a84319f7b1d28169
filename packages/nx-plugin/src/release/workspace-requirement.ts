import { distributionOf, normalizeDistributionName } from '../pyproject/distribution-name';
import type { TomlEdit } from '../pyproject/edit-toml';
import { stringAt, stringsAt, tableAt, type TomlTable } from '../pyproject/toml-document';
import { updateRequirement, updateSpecifier, type SpecifierUpdate } from './update-specifier';

/** One place where a `pyproject.toml` asks for a distribution. */
export interface WorkspaceRequirement {
  /** `dependencies`, `dependency-groups.dev`: in the words of the file. */
  readonly collection: string;
  /** As it is written: `money>=0.1.0`, `^0.1.0`. */
  readonly text: string;
  readonly update: (version: string) => SpecifierUpdate;
  readonly edit: (text: string) => TomlEdit;
}

/** Every place where the distribution is asked for, in the order of the tables. */
export function findRequirements(pyproject: TomlTable, distribution: string): readonly WorkspaceRequirement[] {
  const wanted = normalizeDistributionName(distribution);
  const groups = (...path: string[]) => Object.keys(tableAt(pyproject, ...path)).map((name) => [...path, name]);
  const lists = [['project', 'dependencies'], ...groups('project', 'optional-dependencies'), ...groups('dependency-groups')];
  const poetryGroups = groups('tool', 'poetry', 'group').map((path) => [...path, 'dependencies']);
  const tables = [['tool', 'poetry', 'dependencies'], ['tool', 'poetry', 'dev-dependencies'], ...poetryGroups];
  return [...lists.flatMap((path) => inList(pyproject, path, wanted)), ...tables.flatMap((path) => inTable(pyproject, path, wanted))];
}

function inList(pyproject: TomlTable, path: readonly string[], wanted: string): readonly WorkspaceRequirement[] {
  const list = stringsAt(pyproject, ...path);
  // A group may include other groups by tables; then the places of the strings are not those of the list.
  return list.flatMap((text) =>
    distributionOf(text) === wanted
      ? [
          {
            collection: collectionOf(path),
            text,
            update: (version: string) => updateRequirement(text, version),
            edit: (item: string): TomlEdit => ({ kind: 'replace', path, item, index: indexIn(pyproject, path, text) }),
          },
        ]
      : [],
  );
}

function inTable(pyproject: TomlTable, path: readonly string[], wanted: string): readonly WorkspaceRequirement[] {
  return Object.keys(tableAt(pyproject, ...path)).flatMap((name) => {
    if (normalizeDistributionName(name) !== wanted) return [];
    const plain = stringAt(pyproject, ...path, name);
    const place = plain === undefined ? [...path, name, 'version'] : [...path, name];
    const text = plain ?? stringAt(pyproject, ...place) ?? '*';
    return [
      {
        collection: collectionOf(path),
        text,
        update: (version: string) => updateSpecifier(text, version),
        edit: (value: string): TomlEdit => ({ kind: 'put', path: place, value }),
      },
    ];
  });
}

function indexIn(pyproject: TomlTable, path: readonly string[], text: string): number {
  const list = tableAt(pyproject, ...path.slice(0, -1))[path.at(-1) ?? ''];
  return Array.isArray(list) ? list.indexOf(text) : -1;
}

function collectionOf(path: readonly string[]): string {
  return path[0] === 'project' ? path.slice(1).join('.') : path.join('.');
}

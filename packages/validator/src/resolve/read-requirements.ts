import { parseDistributionName } from '../python/distribution-name';
import { folderOf, joinPath } from './join-path';
import { listMemberFolders } from './list-member-folders';
import { isRequirementsFile } from './manifest-paths';
import { extensionsIn, listBuiltModules } from './list-built-modules';
import { readLock } from './read-lock';
import { dynamicFiles, readPyprojectRequirements } from './read-pyproject-requirements';
import { readRequirementsFile } from './read-requirements-file';
import { readSetupConfiguration, readSetupScript } from './read-setup-requirements';
import { readToml, type ManifestFault } from './read-toml';
import type { ManifestRequirements, Requirements, StatedRequirement } from './requirements';
import { isTable, stringsOf, tableAt, type TomlTable } from './toml-table';
import { traceBrought } from './trace-brought';

const LOCKS = ['pdm.lock', 'poetry.lock', 'uv.lock'];

/** Reads what the manifests at the project root say, those of its workspace members, and lock files. */
export function readRequirements(texts: ReadonlyMap<string, string>): Requirements {
  const faults: ManifestFault[] = [];
  const tables = new Map<string, TomlTable>();
  for (const path of ['Pipfile', 'pyproject.toml', ...LOCKS, ...memberManifests(texts)]) {
    const outcome = texts.has(path) ? readToml(path, texts.get(path)!) : undefined;
    if (outcome?.kind === 'fault') faults.push(outcome.fault);
    if (outcome?.kind === 'table') tables.set(path, outcome.table);
  }
  const manifests = [...tomlManifests(tables), ...textManifests(texts, tables)];
  const requirements = manifests.flatMap((manifest) => manifest.requirements);
  const locked = new Map(LOCKS.flatMap((path) => [...readLock(tables.get(path) ?? {})]));
  const extras = new Set(requirements.flatMap(({ text }) => extrasOf(text)));
  const declared = new Set(requirements.flatMap(({ text }) => parseDistributionName(text) ?? []));
  const pyproject = tables.get('pyproject.toml');
  return {
    isStated: manifests.some(({ isStated }) => isStated) && manifests.every(({ isOpen }) => !isOpen),
    declared,
    ownName: ownName(pyproject ?? {}),
    developmentOnly: developmentOnly(requirements),
    brought: traceBrought({ declared, extras, locked }),
    otherProjects: otherProjects(texts),
    builtModules: new Set([...tables.values()].flatMap(listBuiltModules).concat(extensionsIn(texts.get('setup.py') ?? ''))),
    isLocked: locked.size > 0,
    requiresPython: (pyproject === undefined ? undefined : readPyprojectRequirements(pyproject).requiresPython) ?? statedPython(manifests),
    faults,
  };
}

/** Folders that say what they need themselves, and that nothing here says is installed with the project. */
function otherProjects(texts: ReadonlyMap<string, string>): readonly string[] {
  const members = new Set(memberManifests(texts));
  const others = [...texts].filter(
    ([path, text]) => path.endsWith('/pyproject.toml') && !members.has(path) && statesRequirements(path, text),
  );
  return others.map(([path]) => folderOf(path)).sort();
}

function statesRequirements(path: string, text: string): boolean {
  const outcome = readToml(path, text);
  return outcome.kind === 'table' && readPyprojectRequirements(outcome.table).isStated;
}

function ownName(pyproject: TomlTable): string | undefined {
  const name = tableAt(pyproject, 'project')['name'] ?? tableAt(pyproject, 'tool', 'poetry')['name'];
  return typeof name === 'string' ? parseDistributionName(name) : undefined;
}

/** The first manifest that says it; Poetry, setup.cfg and PEP 621 all may. */
function statedPython(manifests: readonly ManifestRequirements[]): string | undefined {
  return manifests.find(({ requiresPython }) => requiresPython !== undefined)?.requiresPython;
}

function memberManifests(texts: ReadonlyMap<string, string>): readonly string[] {
  return listMemberFolders(texts).map((folder) => joinPath(folder, 'pyproject.toml')!);
}

function tomlManifests(tables: ReadonlyMap<string, TomlTable>): readonly ManifestRequirements[] {
  return [...tables].flatMap(([path, table]) => {
    if (path.endsWith('pyproject.toml')) return [readPyprojectRequirements(table)];
    return path === 'Pipfile' ? [readPipfile(table)] : [];
  });
}

function textManifests(texts: ReadonlyMap<string, string>, tables: ReadonlyMap<string, TomlTable>): readonly ManifestRequirements[] {
  const files = [...texts.keys()].filter(isRequirementsFile);
  const dynamic = dynamicFiles(tables.get('pyproject.toml') ?? {}).map((file) => joinPath('.', file) ?? file);
  const configuration = texts.get('setup.cfg');
  const script = saysItAll(tables.get('pyproject.toml') ?? {}) ? undefined : texts.get('setup.py');
  return [
    ...[...new Set([...files, ...dynamic])].sort().map((path) => readRequirementsFile(path, texts)),
    ...(configuration === undefined ? [] : [readSetupConfiguration(configuration)]),
    ...(script === undefined ? [] : [readSetupScript(script)]),
  ];
}

/** `project.dependencies` leaves nothing for `setup.py` to add: a build that finds both refuses. */
function saysItAll(pyproject: TomlTable): boolean {
  const project = tableAt(pyproject, 'project');
  return 'dependencies' in project && !stringsOf(project['dynamic']).includes('optional-dependencies');
}

function readPipfile(table: TomlTable): ManifestRequirements {
  const list = (key: string, group: string | undefined): readonly StatedRequirement[] =>
    Object.entries(tableAt(table, key)).map(([name, value]) => ({ text: `${name}${extrasText(value)}`, group }));
  return { isStated: 'packages' in table, isOpen: false, requirements: [...list('packages', undefined), ...list('dev-packages', 'dev')] };
}

function extrasText(value: unknown): string {
  const extras = isTable(value) ? stringsOf(value['extras']) : [];
  return extras.length === 0 ? '' : `[${extras.join(',')}]`;
}

function extrasOf(requirement: string): readonly string[] {
  const name = parseDistributionName(requirement);
  const list = /^[^[;@]*\[([^\]]*)\]/.exec(requirement)?.[1];
  if (name === undefined || list === undefined) return [];
  return list.split(',').map((extra) => `${name}[${extra.trim().toLowerCase()}]`);
}

function developmentOnly(requirements: readonly StatedRequirement[]): ReadonlyMap<string, string> {
  const groups = new Map<string, string>();
  for (const { text, group } of requirements) {
    const name = parseDistributionName(text);
    if (name !== undefined && group !== undefined && !groups.has(name)) groups.set(name, group);
  }
  for (const { text, group } of requirements) if (group === undefined) groups.delete(parseDistributionName(text) ?? '');
  return groups;
}

import { parse, TomlError } from 'smol-toml';
import { parseDistributionName } from '../python/distribution-name';
import { BROUGHT_BY_DISTRIBUTION, BROUGHT_BY_EXTRA } from '../python/import-to-distribution.data';
import type { Requirements } from './requirements';

type Table = Readonly<Record<string, unknown>>;

const MANIFESTS = /^(pyproject\.toml|requirements[\w.-]*\.txt|requirements\/[\w.-]+\.txt|uv\.lock|poetry\.lock|pdm\.lock)$/;

/** Whether a change of that file can change the requirements. */
export function isManifest(path: string): boolean {
  return MANIFESTS.test(path);
}

/** Reads pyproject.toml (PEP 621, PEP 735, uv, Poetry), requirements files and lock files at the project root. */
export function readRequirements(files: ReadonlyMap<string, string>): Requirements {
  const faults: Requirements['faults'][number][] = [];
  const stated: string[] = [];
  const locked: string[] = [];
  let isStated = false;
  let requiresPython: string | undefined;
  for (const path of [...files.keys()].filter(isManifest).sort()) {
    const text = files.get(path)!;
    if (path.endsWith('.txt')) {
      stated.push(
        ...text
          .split(/\r?\n/)
          .map((line) => line.trim())
          .filter((line) => /^[A-Za-z0-9]/.test(line)),
      );
      isStated = true;
      continue;
    }
    const table = readToml(path, text, faults);
    if (table === undefined) continue;
    if (path.endsWith('.lock')) locked.push(...lockedNames(table));
    else {
      const manifest = readPyproject(table);
      isStated ||= manifest.isStated;
      stated.push(...manifest.requirements);
      requiresPython = manifest.requiresPython;
    }
  }
  return { ...closeOver(stated, locked), isStated, requiresPython, faults };
}

function readToml(path: string, text: string, faults: Requirements['faults'][number][]): Table | undefined {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const message = error.message.split('\n', 1)[0]!.replace(/^Invalid TOML document: /, '');
    faults.push({ path, message, line: error.line, column: error.column });
    return undefined;
  }
}

interface Manifest {
  readonly isStated: boolean;
  readonly requirements: readonly string[];
  readonly requiresPython: string | undefined;
}

function readPyproject(table: Table): Manifest {
  const project = tableIn(table, 'project');
  const tool = tableIn(table, 'tool');
  const uv = tableIn(tool, 'uv');
  const poetry = tableIn(tool, 'poetry');
  const requirements = [
    ...stringsIn(project, 'dependencies'),
    ...Object.values(tableIn(project, 'optional-dependencies')).flatMap(strings),
    ...dependencyGroups(tableIn(table, 'dependency-groups')),
    ...stringsIn(uv, 'dev-dependencies'),
    ...poetryNames(poetry),
  ];
  const name = project['name'] ?? poetry['name'];
  const isStated = 'dependencies' in project || 'dependencies' in poetry || 'dependency-groups' in table;
  const python = project['requires-python'] ?? tableIn(poetry, 'dependencies')['python'];
  return {
    isStated,
    requirements: typeof name === 'string' ? [...requirements, name] : requirements,
    requiresPython: typeof python === 'string' ? python : undefined,
  };
}

/** PEP 735: entries are requirements or `{ include-group = "…" }`; all groups together hold every requirement. */
function dependencyGroups(groups: Table): readonly string[] {
  return Object.values(groups).flatMap(strings);
}

function poetryNames(poetry: Table): readonly string[] {
  const groups = Object.values(tableIn(poetry, 'group')).map((group) => tableIn(group as Table, 'dependencies'));
  const tables = [tableIn(poetry, 'dependencies'), tableIn(poetry, 'dev-dependencies'), ...groups];
  return tables.flatMap((table) =>
    Object.entries(table)
      .filter(([name]) => name !== 'python')
      .map(([name, value]) => `${name}${poetryExtras(value)}`),
  );
}

function poetryExtras(value: unknown): string {
  const extras = typeof value === 'object' && value !== null ? strings((value as Table)['extras']) : [];
  return extras.length === 0 ? '' : `[${extras.join(',')}]`;
}

function lockedNames(table: Table): readonly string[] {
  const packages = table['package'];
  if (!Array.isArray(packages)) return [];
  return packages.map((entry: Table) => entry['name']).filter((name): name is string => typeof name === 'string');
}

function closeOver(stated: readonly string[], locked: readonly string[]): Pick<Requirements, 'declared' | 'brought'> {
  const declared = new Set<string>();
  const brought = new Set<string>();
  for (const requirement of stated) {
    const name = parseDistributionName(requirement);
    if (name === undefined) continue;
    declared.add(name);
    const extras = /^[^[;]*\[([^\]]*)\]/.exec(requirement)?.[1] ?? '';
    for (const extra of extras.split(','))
      for (const other of BROUGHT_BY_EXTRA[`${name}[${extra.trim().toLowerCase()}]`] ?? []) brought.add(other);
  }
  for (const name of locked) brought.add(parseDistributionName(name) ?? name);
  const pending = [...declared, ...brought];
  while (pending.length > 0) {
    for (const other of BROUGHT_BY_DISTRIBUTION[pending.pop()!] ?? []) {
      if (brought.has(other)) continue;
      brought.add(other);
      pending.push(other);
    }
  }
  return { declared, brought };
}

function tableIn(table: Table, key: string): Table {
  const value = table[key];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : {};
}

function stringsIn(table: Table, key: string): readonly string[] {
  return strings(table[key]);
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : [];
}

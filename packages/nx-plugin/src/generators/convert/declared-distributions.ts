import { distributionOf } from '../../pyproject/distribution-name';
import { readTomlDocument, tableAt, valueAt, type TomlTable } from '../../pyproject/toml-document';

/** Every distribution that the project's files ask for, for running or for development; normalised names. `fastapi[standard]` asks for uvicorn, too. */
export function declaredDistributions(files: ReadonlyMap<string, string>): ReadonlySet<string> {
  const names = [...files].flatMap(([path, text]) => {
    if (path === 'pyproject.toml') return inPyproject(tableOf(text));
    if (path === 'Pipfile') return [...requirementsAt(tableOf(text), 'packages'), ...requirementsAt(tableOf(text), 'dev-packages')];
    return /(^|\/)[^/]*requirements[^/]*\.(txt|in)$|(^|\/)requirements\/[^/]+\.(txt|in)$/.test(path) ? inRequirements(text) : [];
  });
  const brought = names.some((name) => /^fastapi\s*\[[^\]]*\b(standard|all)\b/i.test(name)) ? ['uvicorn'] : [];
  return new Set([...names.map(distributionOf).filter((name) => name !== ''), ...brought]);
}

function inPyproject(pyproject: TomlTable): readonly string[] {
  const poetry = tableAt(pyproject, 'tool', 'poetry');
  return [
    ...stringsIn(valueAt(pyproject, 'project', 'dependencies')),
    ...listsIn(tableAt(pyproject, 'project', 'optional-dependencies')),
    ...listsIn(tableAt(pyproject, 'dependency-groups')),
    ...listsIn(tableAt(pyproject, 'tool', 'pdm', 'dev-dependencies')),
    ...stringsIn(valueAt(pyproject, 'tool', 'uv', 'dev-dependencies')),
    ...requirementsAt(poetry, 'dependencies'),
    ...requirementsAt(poetry, 'dev-dependencies'),
    ...Object.values(tableAt(poetry, 'group')).flatMap((group) => requirementsAt(group, 'dependencies')),
  ];
}

/** Options such as `-r` and `-e` ask for no distribution by name. */
function inRequirements(text: string): readonly string[] {
  return text.split(/\r?\n/).filter((line) => !/^\s*(#|-|$)/.test(line));
}

function listsIn(table: TomlTable): readonly string[] {
  return Object.values(table).flatMap(stringsIn);
}

function stringsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : [];
}

function requirementsAt(table: unknown, key: string): readonly string[] {
  return Object.entries(tableAt(table, key)).map(([name, value]) => `${name}[${stringsIn(valueAt(value, 'extras')).join(',')}]`);
}

function tableOf(text: string): TomlTable {
  const reading = readTomlDocument(text);
  return reading.kind === 'read' ? reading.document.value : {};
}

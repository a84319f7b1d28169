import { parseDistributionName, readToml, tableAt, type TomlTable } from '@org/validator/imports';
import type { PythonFacts } from './python-facts';
import { readServiceName } from './read-service-name';

export interface ManifestFacts {
  readonly facts: PythonFacts;
  readonly isUvWorkspace: boolean;
}

/** What the texts of a folder's manifests say. A `pyproject.toml` with a fault counts as far as it can be read. */
export function readManifestFacts({ pyproject, spec }: { readonly pyproject: string; readonly spec: string | undefined }): ManifestFacts {
  const table = readAsFarAsPossible(pyproject);
  const isUvWorkspace = 'workspace' in tableAt(table, 'tool', 'uv');
  const service = spec === undefined ? undefined : readServiceName(spec);
  const hasImportContracts = 'importlinter' in tableAt(table, 'tool');
  return { facts: service === undefined ? packageFacts(table) : { kind: 'service', service, hasImportContracts }, isUvWorkspace };
}

function packageFacts(table: TomlTable): PythonFacts {
  const poetry = tableAt(table, 'tool', 'poetry');
  if (!('project' in table || 'build-system' in table || 'poetry' in tableAt(table, 'tool'))) return { kind: 'settings' };
  const project = tableAt(table, 'project');
  const name = project['name'] ?? poetry['name'];
  if (name !== undefined && !isDistributionName(name)) return { kind: 'settings' };
  const description = project['description'] ?? poetry['description'];
  return {
    kind: 'package',
    ...(name === undefined ? {} : { distribution: name }),
    ...(typeof description === 'string' && description.trim() !== '' ? { description: description.trim() } : {}),
    isBuilt: 'build-system' in table && poetry['package-mode'] !== false,
  };
}

/** `{{ cookiecutter.name }}` is none. */
function isDistributionName(name: unknown): name is string {
  return typeof name === 'string' && parseDistributionName(name) !== undefined && /^[\w.-]+$/.test(name);
}

/** The tables above the first fault: a project must not leave the graph while somebody edits its manifest. */
function readAsFarAsPossible(text: string): TomlTable {
  const outcome = readToml('pyproject.toml', text);
  if (outcome.kind === 'table') return outcome.table;
  const lines = text.split('\n');
  for (let end = outcome.fault.line; end > 0; end -= 1) {
    const above = readToml('pyproject.toml', lines.slice(0, end - 1).join('\n'));
    if (above.kind === 'table') return above.table;
  }
  return {};
}

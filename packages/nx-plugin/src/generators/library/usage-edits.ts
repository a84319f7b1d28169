import { posix } from 'node:path';
import { UserError } from '../../errors/user-error';
import { distributionOf, normalizeDistributionName } from '../../pyproject/distribution-name';
import type { TomlEdit } from '../../pyproject/edit-toml';
import { stringsAt, tableAt, valueAt } from '../../pyproject/toml-document';
import type { PythonProject } from '../../python-projects/python-project';

type Source = Readonly<Record<string, string | boolean>>;

export interface UsedLibrary {
  readonly distribution: string;
  readonly folder: string;
}

/** What `pyproject.toml` of a project says more when it uses the library; nothing when it says so already. Throws `UserError`. */
export function usageEdits(
  user: PythonProject,
  library: UsedLibrary,
  { isShared }: { /** Both are members of the uv workspace. */ readonly isShared: boolean },
): readonly TomlEdit[] {
  const { distribution } = library;
  const path = posix.relative(user.folder, library.folder);
  if (isPoetry(user))
    return [
      ...dependencyEdits(user, distribution),
      ...sourceEdits(user, ['tool', 'poetry', 'dependencies'], distribution, { path, develop: true }),
    ];
  assertTakesDependencies(user, path);
  const source: Source = isShared ? { workspace: true } : { path, editable: true };
  return [...dependencyEdits(user, distribution), ...sourceEdits(user, ['tool', 'uv', 'sources'], distribution, source)];
}

export function isPoetry({ pyproject }: PythonProject): boolean {
  return valueAt(pyproject, 'tool', 'poetry') !== undefined && valueAt(pyproject, 'tool', 'uv') === undefined;
}

/** Poetry alone (without `[project]`) keeps name and place in one table. */
function dependencyEdits({ pyproject }: PythonProject, distribution: string): readonly TomlEdit[] {
  const path = ['project', 'dependencies'];
  if (valueAt(pyproject, 'project') === undefined || isDynamic(pyproject)) return [];
  const isThere = stringsAt(pyproject, ...path).some((requirement) => distributionOf(requirement) === distribution);
  return isThere ? [] : [{ kind: 'append', path, item: distribution }];
}

function sourceEdits(
  { pyproject, folder }: PythonProject,
  table: readonly string[],
  distribution: string,
  source: Source,
): readonly TomlEdit[] {
  const [name, value] = Object.entries(tableAt(pyproject, ...table)).find(([key]) => normalizeDistributionName(key) === distribution) ?? [];
  if (name === undefined) return [{ kind: 'put', path: [...table, distribution], value: source }];
  if (Object.entries(source).every(([key, wanted]) => key === 'editable' || key === 'develop' || valueAt(value, key) === wanted)) return [];
  throw new UserError(
    `${folder}/pyproject.toml has another "${name}" in [${table.join('.')}] already. ` +
      `What to do: write ${distribution} = { ${Object.entries(source)
        .map(([key, wanted]) => `${key} = ${JSON.stringify(wanted)}`)
        .join(', ')} } there yourself, or give the library another --name.`,
  );
}

function assertTakesDependencies({ pyproject, folder }: PythonProject, path: string): void {
  const advice = `What to do: write the line "-e ${path}" into the file that lists what ${folder} needs (requirements.txt), and install it anew.`;
  if (valueAt(pyproject, 'project') === undefined)
    throw new UserError(`${folder}/pyproject.toml has no [project], so that it lists no dependencies. ${advice}`);
  if (isDynamic(pyproject))
    throw new UserError(`${folder}/pyproject.toml takes its dependencies from elsewhere (\`dynamic\` has "dependencies"). ${advice}`);
}

function isDynamic(pyproject: PythonProject['pyproject']): boolean {
  return stringsAt(pyproject, 'project', 'dynamic').includes('dependencies');
}

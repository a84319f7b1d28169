import { posix } from 'node:path';
import { logger, writeJson, type GeneratorCallback, type Tree } from '@nx/devkit';
import { findCallerFolder } from '../../adapters/find-caller-folder';
import { UserError } from '../../errors/user-error';
import { readUvWorkspace, type UvWorkspace } from '../../python-projects/uv-workspace';
import { listPythonProjects, readPythonProject } from '../../python-projects/list-python-projects';
import type { PythonProject } from '../../python-projects/python-project';
import { dependentsOf } from '../../python-projects/used-folders';
import { registerPlugin } from '../init/register-plugin';
import { assertTargetFolder } from '../project/assert-target-folder';
import { assertUvReady } from '../project/assert-uv-ready';
import { resolveDirectory } from '../project/resolve-directory';
import { readTargetNames } from '../read-target-names';
import { assertFreeName } from './assert-free-name';
import { assertNoCycle } from './assert-no-cycle';
import { describeLibrary } from './describe-library';
import { editPyproject } from './edit-pyproject';
import { findUser } from './find-user';
import { libraryFiles } from './library-files';
import { readLibraryName } from './library-name';
import { libraryProject } from './library-project';
import { lockProjects, type LockStep } from './lock-projects';
import type { LibraryGeneratorSchema } from './schema';
import { isPoetry, usageEdits, type UsedLibrary } from './usage-edits';

const purpose = { what: 'library', example: 'libs/money', command: 'nx g @org/fastapi:library libs/money' };

/**
 * A shared Python package, wired into the projects that use it; a library that is there already is only wired in.
 * All that can fail comes before the first write; locking comes after, when the files are on the disk.
 */
export async function libraryGenerator(tree: Tree, options: LibraryGeneratorSchema): Promise<GeneratorCallback> {
  const isDryRun = process.env['NX_DRY_RUN'] === 'true';
  const installs = !options.skipInstall && !isDryRun;
  const folder = resolveDirectory({
    workspaceRoot: tree.root,
    callerFolder: findCallerFolder(tree.root),
    directory: options.directory,
    purpose,
  });
  assertTargetFolder(tree, folder, 'library');
  const present = tree.exists(`${folder}/pyproject.toml`);
  const users = (options.usedBy ?? []).map((given) => findUser(tree, given.trim()));
  if (installs) assertUvReady();

  const workspace = readUvWorkspace(tree);
  const distribution = present ? assertLibrary(tree, folder) : readLibraryName(options.name ?? posix.basename(folder)).distribution;
  const library: UsedLibrary = { folder, distribution };
  const writes = [
    ...(present ? [] : joinWorkspace(tree, folder, workspace)),
    ...useLibrary(tree, { users, library, workspace, isNew: !present }),
  ];
  if (!present) writeLibrary(tree, library, options);
  for (const [path, text] of writes) tree.write(path, text);
  registerPlugin(tree);

  // Whoever uses a user gets the library, too, and its lock must say so.
  const affected = [
    ...users,
    ...dependentsOf(
      listPythonProjects(tree),
      users.map((user) => user.folder),
    ),
  ];
  const steps = lockSteps({ folder, affected, workspace, isNew: !present });
  logger.info(describeLibrary(tree, { library, users, affected, isNew: !present, steps: installs ? [] : steps }));
  return () => {
    if (installs) lockProjects(tree.root, steps);
  };
}

type Writes = readonly (readonly [path: string, text: string])[];

/** The name of the package that is in the folder already. */
function assertLibrary(tree: Tree, folder: string): string {
  const distribution = readPythonProject(tree, folder)?.distribution;
  if (distribution !== undefined) return distribution;
  throw new UserError(
    `${folder}/pyproject.toml is there already and names no package, so no project can use it. Give it a [project] with a name and a [build-system], or name another folder.`,
  );
}

/** A member of the uv workspace, where there is one. */
function joinWorkspace(tree: Tree, folder: string, workspace: UvWorkspace | undefined): Writes {
  if (workspace === undefined || workspace.isMember(folder)) return [];
  const edit = { kind: 'append', path: ['tool', 'uv', 'workspace', 'members'], item: folder } as const;
  return [['pyproject.toml', editPyproject(tree, '.', [edit])]];
}

function useLibrary(
  tree: Tree,
  {
    users,
    library,
    workspace,
    isNew,
  }: {
    readonly users: readonly PythonProject[];
    readonly library: UsedLibrary;
    readonly workspace: UvWorkspace | undefined;
    readonly isNew: boolean;
  },
): Writes {
  const projects = listPythonProjects(tree);
  // A new library joins the uv workspace; one that is there may stand outside of it.
  const isMember = (folder: string) =>
    workspace !== undefined && (folder === library.folder ? isNew || workspace.isMember(folder) : workspace.isMember(folder));
  return users.flatMap((user): Writes => {
    assertNoCycle(projects, user, library);
    const edits = usageEdits(user, library, { isShared: isMember(library.folder) && isMember(user.folder) });
    return edits.length === 0 ? [] : [[`${user.folder}/pyproject.toml`, editPyproject(tree, user.folder, edits)]];
  });
}

function writeLibrary(tree: Tree, { folder }: UsedLibrary, { name, description }: LibraryGeneratorSchema): void {
  const names = readLibraryName(name ?? posix.basename(folder));
  assertFreeName(tree, names.distribution, folder);
  const sentence = (description ?? 'What several of our services share.').replace(/\s+/g, ' ').trim();
  for (const [path, text] of Object.entries(libraryFiles({ ...names, directory: folder, description: sentence })))
    if (!tree.exists(`${folder}/${path}`)) tree.write(`${folder}/${path}`, text);
  if (tree.exists(`${folder}/project.json`)) return;
  const project = libraryProject({ directory: folder, name: names.distribution, names: readTargetNames(tree) });
  writeJson(tree, `${folder}/project.json`, project);
}

/** Members of the uv workspace share its lock; all others have their own. Poetry is left to its users. */
function lockSteps({
  folder,
  affected,
  workspace,
  isNew,
}: {
  readonly folder: string;
  readonly affected: readonly PythonProject[];
  readonly workspace: UvWorkspace | undefined;
  readonly isNew: boolean;
}): readonly LockStep[] {
  const changed = [...(isNew ? [folder] : []), ...affected.filter((project) => !isPoetry(project)).map((project) => project.folder)];
  const isShared = (place: string) => workspace !== undefined && (place === folder || workspace.isMember(place));
  const alone = changed.filter((place) => !isShared(place)).map((place) => ({ folder: place, runs: [['lock'], ['sync', '--locked']] }));
  return changed.some(isShared) ? [{ folder: '.', runs: [['lock']] }, ...alone] : alone;
}

export default libraryGenerator;

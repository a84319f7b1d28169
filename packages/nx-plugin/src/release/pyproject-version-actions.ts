import { posix } from 'node:path';
import { normalizePath, type ProjectGraph, type ProjectGraphDependency, type Tree } from '@nx/devkit';
import { VersionActions, type AfterAllProjectsVersioned } from 'nx/release';
import { UserError } from '../errors/user-error';
import { normalizeDistributionName } from '../pyproject/distribution-name';
import { editToml, type TomlEdit } from '../pyproject/edit-toml';
import { readTomlDocument, type TomlTable } from '../pyproject/toml-document';
import { listPythonProjects, readPythonProject } from '../python-projects/list-python-projects';
import { dependentsOf, usedFolders } from '../python-projects/used-folders';
import { readUvWorkspace } from '../python-projects/uv-workspace';
import { lockFolders } from './lock-files';
import { readStatedVersion } from './stated-version';
import { toSemver } from './to-semver';
import { findRequirements } from './workspace-requirement';

/** Folders whose `uv.lock` says a version that was changed in this run. Nx calls `afterAllProjectsVersioned` without any of the projects. */
const foldersToLock = new Set<string>();

/**
 * How `nx release` versions a Python project: `[project].version` or `[tool.poetry].version` in `pyproject.toml`, and what other projects
 * of the workspace ask of it. Every other byte stays.
 */
export class PyprojectVersionActions extends VersionActions {
  /** Locks the projects anew whose versions, or whose libraries' versions, were changed. */
  static readonly afterAllProjectsVersioned: AfterAllProjectsVersioned = async (cwd, { dryRun, rootVersionActionsOptions }) => {
    const folders = [...foldersToLock].sort();
    foldersToLock.clear();
    if (dryRun === true || rootVersionActionsOptions?.['skipLockFileUpdate'] === true) return { changedFiles: [], deletedFiles: [] };
    return { changedFiles: [...lockFolders(cwd, folders)], deletedFiles: [] };
  };

  validManifestFilenames = ['pyproject.toml'];
  override excludeManifestsFromFormatting = true;

  async readCurrentVersionFromSourceManifest(tree: Tree): Promise<{ currentVersion: string; manifestPath: string }> {
    const manifestPath = posix.join(this.folder, 'pyproject.toml');
    return { currentVersion: versionIn(manifestPath, pyprojectAt(tree, manifestPath)), manifestPath };
  }

  /** What an index says today is no part of the workspace: the same commit would be released as another version tomorrow. */
  async readCurrentVersionFromRegistry(): Promise<never> {
    throw new UserError(
      `${this.projectGraphNode.name}: versions of Python projects are not read from a package index. ` +
        'What to do: set release.version.currentVersionResolver to "git-tag" or "disk" in nx.json.',
    );
  }

  /** Those of the graph, and what `pyproject.toml` takes from other folders of the workspace. */
  override async readDependencies(tree: Tree, projectGraph: ProjectGraph): Promise<ProjectGraphDependency[]> {
    const known = await super.readDependencies(tree, projectGraph);
    const projects = listPythonProjects(tree);
    const own = projects.find(({ folder }) => folder === this.folder);
    const used = own === undefined ? [] : usedFolders(projects, own);
    const targets = Object.values(projectGraph.nodes).filter(({ data }) => used.includes(normalizePath(data.root)));
    const source = this.projectGraphNode.name;
    const added = targets.filter(({ name }) => !known.some(({ target }) => target === name));
    return [...known, ...added.map(({ name }) => ({ source, target: name, type: 'static' }))];
  }

  async readCurrentVersionOfDependency(
    tree: Tree,
    projectGraph: ProjectGraph,
    dependencyProjectName: string,
  ): Promise<{ currentVersion: string | null; dependencyCollection: string | null }> {
    const distribution = distributionOfProject(tree, projectGraph, dependencyProjectName);
    const manifest = pyprojectAt(tree, posix.join(this.folder, 'pyproject.toml'));
    const [requirement] = distribution === undefined ? [] : findRequirements(manifest, distribution);
    return { currentVersion: requirement?.text ?? null, dependencyCollection: requirement?.collection ?? null };
  }

  async updateProjectVersion(tree: Tree, newVersion: string): Promise<string[]> {
    if (toSemver(newVersion) === undefined)
      throw new UserError(
        `${this.projectGraphNode.name}: "${newVersion}" is no version of Python (PEP 440). What to do: for a prerelease, use --preid alpha, beta or rc.`,
      );
    return this.manifestsToUpdate.map(({ manifestPath }) => {
      const file = normalizePath(manifestPath);
      const stated = readStatedVersion(pyprojectAt(tree, file));
      versionIn(file, pyprojectAt(tree, file));
      const paths = stated.kind === 'stated' ? stated.paths : [];
      writeEdits(
        tree,
        file,
        paths.map((path) => ({ kind: 'put', path, value: newVersion })),
      );
      noteLocks(tree, this.folder);
      return `✍️  New version ${newVersion} written to manifest: ${file}`;
    });
  }

  async updateProjectDependencies(tree: Tree, projectGraph: ProjectGraph, dependenciesToUpdate: Record<string, string>): Promise<string[]> {
    return this.manifestsToUpdate.flatMap(({ manifestPath }) =>
      Object.entries(dependenciesToUpdate).flatMap(([name, version]) => {
        const distribution = distributionOfProject(tree, projectGraph, name);
        return distribution === undefined
          ? []
          : updateRequirements(tree, normalizePath(manifestPath), distribution, version.replace(/^[~^=]+/, ''));
      }),
    );
  }

  private get folder(): string {
    return normalizePath(this.projectGraphNode.data.root);
  }
}

function updateRequirements(tree: Tree, file: string, distribution: string, version: string): readonly string[] {
  const found = findRequirements(pyprojectAt(tree, file), distribution).map((requirement) => ({
    requirement,
    update: requirement.update(version),
  }));
  const edits = found.flatMap(({ requirement, update }) => (update.kind === 'updated' ? [requirement.edit(update.text)] : []));
  writeEdits(tree, file, edits);
  const left = found.filter(({ update }) => update.kind === 'left');
  return [
    ...(edits.length === 0 ? [] : [`✍️  Updated ${distribution} to ${version} in manifest: ${file}`]),
    ...left.map(
      ({ requirement: { text, collection } }) =>
        `⚠️  Left as it is in ${collection} of ${file}: ${text}. Does it admit ${distribution} ${version}? A range of several clauses is yours to change.`,
    ),
  ];
}

function distributionOfProject(tree: Tree, { nodes }: ProjectGraph, name: string): string | undefined {
  const root = nodes[name]?.data.root;
  const distribution = root === undefined ? undefined : readPythonProject(tree, normalizePath(root))?.distribution;
  return distribution === undefined ? undefined : normalizeDistributionName(distribution);
}

/** The version as Nx bumps it. Throws `UserError` when the file states none that can be bumped. */
function versionIn(file: string, pyproject: TomlTable): string {
  const stated = readStatedVersion(pyproject);
  switch (stated.kind) {
    case 'dynamic':
      throw new UserError(
        `${file} takes its version from elsewhere (\`dynamic\` has "version"), so nx release cannot write it. ` +
          'What to do: take "version" out of `dynamic` and write `version = "0.1.0"` into [project], or leave the project out of release.projects.',
      );
    case 'missing':
      throw new UserError(
        `${file} has no version. What to do: write \`version = "0.1.0"\` into [project], or leave the project out of release.projects.`,
      );
    case 'stated': {
      const version = toSemver(stated.version);
      if (version !== undefined) return version;
      throw new UserError(
        `The version "${stated.version}" in ${file} cannot be bumped: it has no counterpart among semantic versions. What to do: write one such as 1.2.3 or 1.2.3rc1.`,
      );
    }
  }
}

function pyprojectAt(tree: Tree, file: string): TomlTable {
  const reading = readTomlDocument(tree.read(file, 'utf-8') ?? '');
  if (reading.kind === 'read') return reading.document.value;
  throw new UserError(`${file} is no TOML, ${reading.fault}. Correct it, then run again.`);
}

function writeEdits(tree: Tree, file: string, edits: readonly TomlEdit[]): void {
  if (edits.length === 0) return;
  const editing = editToml(tree.read(file, 'utf-8') ?? '', edits);
  if (editing.kind === 'refused')
    throw new UserError(`${file} could not be edited: ${editing.reason}. Write the version on a line of its own.`);
  tree.write(file, editing.text);
}

/** A lock names the version of the project itself and of every library that it takes from the workspace. */
function noteLocks(tree: Tree, folder: string): void {
  const workspace = readUvWorkspace(tree);
  const projects = listPythonProjects(tree);
  for (const place of [folder, ...dependentsOf(projects, [folder]).map((project) => project.folder)])
    foldersToLock.add(workspace?.isMember(place) === true ? '.' : place);
}

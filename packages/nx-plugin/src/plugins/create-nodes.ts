import { join } from 'node:path';
import type { CreateNodes, CreateNodesResultArray } from '@nx/devkit';
import { PluginCache, workspaceDataDirectory } from '../nx-plugin-cache';
import { pluginVersion } from '../plugin-version';
import { inferProject } from './infer-project';
import { isLeftOut } from './is-left-out';
import { nameProjects } from './name-projects';
import { normalizeOptions, type FastApiPluginOptions } from './normalize-options';
import type { PythonFolder } from './python-folder';
import type { ManifestFacts } from './read-manifest-facts';
import { readPythonFolder } from './read-python-folder';
import { selectProjects } from './select-projects';

/** Every folder with a `pyproject.toml` that is a Python project is one of Nx, with its targets; with a spec of ours it is a service. */
export const createNodes: CreateNodes<FastApiPluginOptions> = [
  '**/{service.yaml,pyproject.toml}',
  async (files, options, { workspaceRoot }) => {
    const names = normalizeOptions(options);
    const cache = openCache();
    const { folders, errors } = await readFolders(files, workspaceRoot, cache);
    const projects = nameProjects(selectProjects(folders));
    const rules = projects.length === 0 ? '' : await readRulesVersion(cache);
    const results: CreateNodesResultArray = projects.map((project) => [
      project.folder.file,
      { projects: { [project.folder.root]: inferProject({ ...project, names, rules }) } },
    ]);
    cache.close();
    if (errors.length === 0) return results;
    const { AggregateCreateNodesError } = await import('@nx/devkit');
    throw new AggregateCreateNodesError(errors, results);
  },
];

/** In the order of their paths, whatever the order of the files. A folder that cannot be read takes none of the others with it. */
async function readFolders(files: readonly string[], workspaceRoot: string, cache: Cache) {
  const folders: PythonFolder[] = [];
  const errors: [file: string, error: Error][] = [];
  const specs = new Set(files.filter((file) => isNamed(file, 'service.yaml')).map(folderOf));
  const roots = new Set(files.filter((file) => !isLeftOut(file)).map(folderOf));
  for (const root of [...roots].sort()) {
    try {
      const folder = await readPythonFolder({ root, hasSpec: specs.has(root), workspaceRoot, cache: cache.facts });
      if (folder !== undefined) folders.push(folder);
    } catch (error) {
      errors.push([files.find((file) => folderOf(file) === root)!, error as Error]);
    }
  }
  return { folders, errors };
}

type Cache = ReturnType<typeof openCache>;

/** Between two commands: what the manifests say, by the hash of their texts, and the version of the rules. Written only when it has grown. */
function openCache() {
  const store = new PluginCache<unknown>(join(workspaceDataDirectory, 'fastapi.hash'));
  let hasGrown = false;
  const cacheOf = <Value>() => ({
    get: (key: string) => store.get(key) as Value | undefined,
    set: (key: string, value: Value) => {
      store.set(key, value);
      hasGrown = true;
    },
  });
  return { facts: cacheOf<ManifestFacts>(), rules: cacheOf<string>(), close: () => hasGrown && store.writeToDisk() };
}

/** Of the rules, and of what writes the surface and the report: with another of either, no result of before is replayed. */
async function readRulesVersion({ rules }: Cache): Promise<string> {
  const key = `rules of ${pluginVersion}`;
  const known = rules.get(key);
  if (known !== undefined) return known;
  const { rulesVersion } = await import('@org/validator/imports');
  const version = `${pluginVersion}+rules.${rulesVersion}`;
  rules.set(key, version);
  return version;
}

function isNamed(file: string, name: string): boolean {
  return file === name || file.endsWith(`/${name}`);
}

function folderOf(file: string): string {
  const end = file.lastIndexOf('/');
  return end === -1 ? '.' : file.slice(0, end);
}

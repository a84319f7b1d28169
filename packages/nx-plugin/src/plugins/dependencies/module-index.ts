import type { PythonProject } from './python-project';

/** Modules that are a project's own business where it lies flat in its folder; setuptools packs none of them either. */
const NEVER_PACKAGED = new Set([
  'tests',
  'test',
  'docs',
  'doc',
  'examples',
  'example',
  'scripts',
  'benchmarks',
  'setup',
  'conftest',
  'noxfile',
]);

/** Path of a module, `acme/common/log` → the projects that others can import it from, by their place in the list. */
export type ModuleIndex = ReadonlyMap<string, readonly number[]>;

export function indexModules(projects: readonly PythonProject[]): ModuleIndex {
  const index = new Map<string, number[]>();
  projects.forEach((project, place) => {
    if (!project.isInstallable) return;
    for (const root of project.layout.packagedRoots) {
      for (const module of modulesBelow(project, root)) {
        const owners = index.get(module);
        if (owners === undefined) index.set(module, [place]);
        else if (owners[owners.length - 1] !== place) owners.push(place);
      }
    }
  });
  return index;
}

/** `a/b.py` and `a/b/__init__.py` are both `a/b`. */
function modulesBelow({ root, files }: PythonProject, folder: string): readonly string[] {
  const prefix = (root === '.' ? '' : `${root}/`) + (folder === '.' ? '' : `${folder}/`);
  const modules: string[] = [];
  for (const { file } of files) {
    if (!file.startsWith(prefix)) continue;
    const path = file.slice(prefix.length, file.lastIndexOf('.'));
    const module = path.endsWith('/__init__') ? path.slice(0, -'/__init__'.length) : path;
    if (folder !== '.' || !NEVER_PACKAGED.has(module.split('/', 1)[0]!)) modules.push(module);
  }
  return modules;
}

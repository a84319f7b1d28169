import type { ExecutorContext, ProjectGraph, TaskGraph } from '@nx/devkit';
import { temporaryFolder } from './temporary-folder';

interface PythonProject {
  /** Relative to the workspace root; `libs/NAME` when left out. */
  readonly root?: string;
  readonly files: Readonly<Record<string, string>>;
  /** Names of the projects it depends on. */
  readonly needs?: readonly string[];
}

export interface PythonWorkspace {
  readonly root: string;
  readonly context: ExecutorContext;
  /** What Nx would hand to a batch of these projects' `validate`, of all when left out; in the shape of Nx 23. */
  readonly batchOf: (...names: readonly string[]) => TaskGraph;
}

/** A workspace on the disk with hand-written Python projects, each with a `validate` that waits for those of its dependencies. */
export function pythonWorkspace(projects: Readonly<Record<string, PythonProject>>): PythonWorkspace {
  const names = Object.keys(projects);
  const rootOf = (name: string) => projects[name]!.root ?? `libs/${name}`;
  const root = temporaryFolder(
    Object.fromEntries(
      names.flatMap((name) =>
        Object.entries(projects[name]!.files).map(([path, text]): [string, string] => [`${rootOf(name)}/${path}`, text]),
      ),
    ),
  );
  const taskGraph: TaskGraph = {
    roots: [],
    tasks: Object.fromEntries(names.map((name) => [taskOf(name), newTask(name, rootOf(name))])),
    dependencies: Object.fromEntries(names.map((name) => [taskOf(name), (projects[name]!.needs ?? []).map(taskOf)])),
    continuousDependencies: {},
  };
  const context: ExecutorContext = {
    root,
    cwd: root,
    isVerbose: false,
    projectsConfigurations: { version: 2, projects: Object.fromEntries(names.map((name) => [name, { root: rootOf(name) }])) },
    nxJsonConfiguration: {},
    projectGraph: graphOf(projects, rootOf),
    taskGraph,
  };
  return { root, context, batchOf: (...wanted) => (wanted.length === 0 ? taskGraph : cut(taskGraph, wanted.map(taskOf))) };
}

function taskOf(name: string): string {
  return `${name}:validate`;
}

function newTask(project: string, projectRoot: string): TaskGraph['tasks'][string] {
  return {
    id: taskOf(project),
    target: { project, target: 'validate' },
    projectRoot,
    overrides: {},
    outputs: [],
    parallelism: true,
    cache: true,
  };
}

function graphOf(projects: Readonly<Record<string, PythonProject>>, rootOf: (name: string) => string): ProjectGraph {
  const names = Object.keys(projects);
  return {
    nodes: Object.fromEntries(names.map((name) => [name, { name, type: 'lib', data: { root: rootOf(name) } }])),
    dependencies: Object.fromEntries(
      names.map((source) => [source, (projects[source]!.needs ?? []).map((target) => ({ source, target, type: 'implicit' }))]),
    ),
  };
}

function cut({ tasks, dependencies, ...graph }: TaskGraph, wanted: readonly string[]): TaskGraph {
  const isIn = (id: string) => wanted.includes(id);
  return {
    ...graph,
    tasks: Object.fromEntries(Object.entries(tasks).filter(([id]) => isIn(id))),
    dependencies: Object.fromEntries(wanted.map((id) => [id, dependencies[id]!.filter(isIn)])),
  };
}

import type { ExecutorContext } from '@nx/devkit';

/** What Nx tells an executor of the service `apps/counter` in the workspace of this root. */
export function counterContext(root: string, projectName = 'counter'): ExecutorContext {
  return {
    root,
    cwd: root,
    isVerbose: false,
    projectName,
    targetName: 'generate',
    projectsConfigurations: { version: 2, projects: { counter: { root: 'apps/counter' }, workspace: { root: '.' } } },
    nxJsonConfiguration: {},
    projectGraph: { nodes: {}, dependencies: {} },
  };
}

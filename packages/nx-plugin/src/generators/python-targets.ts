import type { TargetConfiguration } from '@nx/devkit';

type Inputs = NonNullable<TargetConfiguration['inputs']>;

/**
 * All files of the project and of the projects it uses, but not what tools leave behind. Another Python gives other results;
 * nothing of npm reaches a Python task: without the last line, every change of the npm lock file would run it again.
 */
const inputs: Inputs = [
  '{projectRoot}/**/*',
  '!{projectRoot}/**/.venv/**/*',
  '!{projectRoot}/**/__pycache__/**/*',
  '!{projectRoot}/**/.*_cache/**/*',
  { fileset: '{projectRoot}/**/*.{py,pyi,toml}', dependencies: true },
  { env: 'UV_PYTHON' },
  { externalDependencies: [] },
];

/** A target whose result is cached: it reads the project and writes nothing. */
export function checkTarget(command: string, description: string): TargetConfiguration {
  return { ...commandTarget(command, description), cache: true, inputs, outputs: [] };
}

/** A target that runs each time it is asked for. */
export function commandTarget(command: string, description: string): TargetConfiguration {
  return { command, options: { cwd: '{projectRoot}' }, metadata: { technologies: ['python'], description } };
}

/** A target that goes on until it is stopped. */
export function serverTarget(command: string, description: string): TargetConfiguration {
  return { ...commandTarget(command, description), continuous: true };
}

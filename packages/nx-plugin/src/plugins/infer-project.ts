import type { ProjectConfiguration } from '@nx/devkit';
import { assertNever } from './assert-never';
import { inferLibraryTargets, inferTargets } from './infer-targets';
import type { NamedProject } from './name-projects';
import type { TargetNames } from './normalize-options';
import type { PythonFolder } from './python-folder';

export type InferredProject = Omit<ProjectConfiguration, 'name'> & { name?: string };

interface Inference extends NamedProject {
  readonly names: TargetNames;
  readonly rules: string;
}

/** The Nx project of one folder; without a name where a file of the user's names it. */
export function inferProject({ folder, name, namesakes, names, rules }: Inference): InferredProject {
  const { root, facts } = folder;
  const technologies = facts.kind === 'service' ? ['python', 'fastapi'] : ['python'];
  return {
    ...(name === undefined ? {} : { name }),
    root,
    sourceRoot: sourceRootOf(folder),
    projectType: facts.kind === 'package' && facts.isBuilt ? 'library' : 'application',
    targets:
      facts.kind === 'service'
        ? inferTargets({ names, rules, hasImportContracts: facts.hasImportContracts })
        : inferLibraryTargets({ names, rules }),
    metadata: { technologies, description: describe(folder) + describeName(namesakes) },
  };
}

function sourceRootOf({ root, facts, hasSourceFolder }: PythonFolder): string {
  if (facts.kind === 'service') return below(root, 'app');
  return hasSourceFolder ? below(root, 'src') : root;
}

function describe({ root, file, facts }: PythonFolder): string {
  switch (facts.kind) {
    case 'service':
      return `FastAPI service "${facts.service}", from ${file}`;
    case 'package':
      return facts.description ?? `Python project "${facts.distribution ?? root}", from ${file}`;
    case 'settings':
      return `Python project in ${root}`;
    default:
      return assertNever(facts);
  }
}

function describeName(namesakes: readonly string[]): string {
  if (namesakes.length === 0) return '';
  return `. It is called by its folder because ${namesakes.join(' and ')} has the same name; a "name" in a project.json beside it gives it another`;
}

function below(root: string, name: string): string {
  return root === '.' ? name : `${root}/${name}`;
}

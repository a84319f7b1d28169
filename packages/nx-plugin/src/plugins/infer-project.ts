import type { ProjectConfiguration } from '@nx/devkit';
import { inferTargets } from './infer-targets';
import type { TargetNames } from './normalize-options';

/** The Nx project of one service; without a name where a file of the user's names it. */
export function inferProject({
  root,
  service,
  isNamedElsewhere,
  names,
  rules,
}: {
  readonly root: string;
  readonly service: string;
  readonly isNamedElsewhere: boolean;
  readonly names: TargetNames;
  readonly rules: string;
}): Omit<ProjectConfiguration, 'name'> & { name?: string } {
  return {
    ...(isNamedElsewhere ? {} : { name: service }),
    root,
    sourceRoot: `${root}/app`,
    projectType: 'application',
    targets: inferTargets({ names, rules }),
    metadata: { technologies: ['python', 'fastapi'], description: `FastAPI service "${service}", from ${root}/service.yaml` },
  };
}

import { Project } from './project';
import type { ProjectOptions } from './project-options';

/** Checks a set of texts as one Python project. */
export function openProject(options: ProjectOptions): Project {
  return new Project(options);
}

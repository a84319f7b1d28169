import { logger, type ExecutorContext } from '@nx/devkit';
import type { ValidateExecutorSchema } from './schema';
import { validateProject } from './validate-project';

/** Checks one project. Fails on certain diagnostics only. */
export async function validateExecutor(
  { format = 'full' }: ValidateExecutorSchema,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  const { projectName = '' } = context;
  const project = context.projectsConfigurations.projects[projectName];
  if (project === undefined) throw new Error(`There is no project "${projectName}" in this workspace. Name one of them: nx show projects`);
  const { isValid, text } = await validateProject({ workspaceRoot: context.root, projectRoot: project.root, projectName, format });
  logger.info(text);
  return { success: isValid };
}

export default validateExecutor;

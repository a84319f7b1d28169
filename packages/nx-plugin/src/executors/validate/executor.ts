import type { ExecutorContext } from '@nx/devkit';
import type { ValidateExecutorSchema } from './schema';
import { validateTask } from './validate-task';

/** Checks one project. Fails on certain diagnostics only. */
export async function validateExecutor(options: ValidateExecutorSchema, context: ExecutorContext): Promise<{ success: boolean }> {
  const { projectName = '', targetName } = context;
  const { isValid, text } = await validateTask({ projectName, targetName, options, context });
  console.info(text);
  return { success: isValid };
}

export default validateExecutor;

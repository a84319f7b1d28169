import type { ExecutorContext } from '@nx/devkit';
import { UserError } from '../../errors/user-error';
import { generateProject } from './generate-project';
import type { GenerateExecutorSchema } from './schema';

/** Brings a service in step with its spec. What the user can mend is one message, without a stack. */
export async function generateExecutor(options: GenerateExecutorSchema, context: ExecutorContext): Promise<{ success: boolean }> {
  try {
    return { success: await generateProject(options, context) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.error(error.message);
    return { success: false };
  }
}

export default generateExecutor;

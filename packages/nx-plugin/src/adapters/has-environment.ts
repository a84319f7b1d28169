import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Whether uv has made an environment in the folder. */
export function hasEnvironment(folder: string): boolean {
  return existsSync(join(folder, '.venv'));
}

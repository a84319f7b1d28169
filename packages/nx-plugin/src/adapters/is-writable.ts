import { accessSync, constants } from 'node:fs';

/** Whether this process may write to the file or folder, which has to be there. */
export function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

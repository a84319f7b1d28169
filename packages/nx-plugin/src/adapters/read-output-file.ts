import { readFileSync } from 'node:fs';

/** Text of a file that a task has written; undefined when it is not there or cannot be read, for the task can write it again. */
export function readOutputFile(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

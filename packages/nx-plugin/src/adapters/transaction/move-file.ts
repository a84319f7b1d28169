import { copyFileSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

/** Moves a file to a place that may be taken and may be on another disk; whoever reads meanwhile sees the old text or the new one. */
export function moveFile(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    const draft = `${to}.${process.pid}.tmp`;
    copyFileSync(from, draft);
    renameSync(draft, to);
    rmSync(from);
  }
}

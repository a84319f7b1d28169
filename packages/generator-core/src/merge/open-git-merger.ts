import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Merge, Merger, MergeSources } from './merger';
import { mergeTexts } from './merge-texts';

/** Merges by `git merge-file`; undefined where git is not installed. */
export function openGitMerger(): Merger | undefined {
  return spawnSync('git', ['merge-file', '-h'], { stdio: 'ignore' }).error === undefined ? mergeWithGit : undefined;
}

function mergeWithGit(sources: MergeSources): Merge {
  const folder = mkdtempSync(join(tmpdir(), 'fastapi-merge-'));
  try {
    const [theirs, base, ours] = (['theirs', 'base', 'ours'] as const).map((name) => {
      const path = join(folder, name);
      writeFileSync(path, sources[name]);
      return path;
    }) as [string, string, string];
    const labels = ['-L', 'yours', '-L', 'base', '-L', 'generated'];
    // What a user has configured (conflict style diff3) must not change the result.
    const { status, stdout } = spawnSync('git', ['-c', 'merge.conflictStyle=merge', 'merge-file', '-p', ...labels, theirs, base, ours], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1024 * 1024 * 1024,
    });
    if (status === 0) return { kind: 'clean', text: stdout };
    // The marks are those of the way without git, so that the same conflict is the same file everywhere.
    const other = mergeTexts(sources);
    if (other.kind === 'conflict') return other;
    return { kind: 'conflict', marked: stdout };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

import { runCommand } from '../../../tools/run-command.mjs';
import type { Workspace } from '../../../tools/setup-workspace.mjs';
import { expectSuccess } from './user';

/** Commits what stands in the workspace, on `main`; makes it a repository at the first call. */
export async function commitAll({ folder, environment }: Workspace): Promise<void> {
  const identity = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com', '-c', 'commit.gpgsign=false'];
  for (const args of [
    ['init', '--quiet', '--initial-branch=main'],
    ['add', '--all'],
    [...identity, 'commit', '--quiet', '--allow-empty', '-m', 'State of the test'],
  ])
    expectSuccess(await runCommand('git', args, { folder, environment }));
}

import { spawnSync } from 'node:child_process';

/**
 * Whether what a model wrote can be run here, shut in by bubblewrap. `npm test` installs it as root on Debian; elsewhere the suites about it
 * are skipped, with the reason, except with CI=true.
 */
export const canShutIn = process.env['CI'] === 'true' || spawnSync('bwrap', ['--version']).status === 0;

if (!canShutIn) process.stderr.write('Skipped: runs with a model. They want bubblewrap: apt-get install bubblewrap.\n');

import { existsSync } from 'node:fs';
import { runCommand } from './run-command.mjs';
import { root } from './setup.mjs';

/**
 * Installs a package of the system where we may: as root, on Debian and its like.
 * @param {string} packageName
 * @returns {Promise<string | undefined>} why it is not installed, and the mend; undefined when it is
 */
export async function installOnDebian(packageName) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    return `${packageName} is not installed, and we may not install it (not root, or no apt-get). What to do: install it by the means of your system, e.g. \`sudo apt-get install ${packageName}\`.`;
  }
  process.stdout.write(`${packageName} is missing and we are root: apt-get install ${packageName} …\n`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', packageName],
  ]) {
    const result = await runCommand('apt-get', args, { folder: root, environment });
    if (result.status !== 0) return `apt-get ${args[0]} failed: ${result.output.trim().split('\n').at(-1)}`;
  }
  return undefined;
}

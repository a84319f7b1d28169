/**
 * An Nx workspace as a user has it: nx from the registry, our three packages from the tarballs that would be published.
 * The demo and e2e both make theirs here.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageNames, pathWith, root, SetupError } from './setup.mjs';
import { runCommand } from './run-command.mjs';

/**
 * @typedef {Record<typeof packageNames[number], string>} Tarballs name of the package's folder → file
 *
 * @typedef {object} Workspace
 * @property {string} folder
 * @property {NodeJS.ProcessEnv} environment what every command in it is run with
 */

/**
 * `npm pack` of the three built packages.
 * @param {string} folder is emptied first
 * @returns {Promise<Tarballs>}
 */
export async function packPackages(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const result = await runCommand(
    'npm',
    ['pack', '--silent', '--pack-destination', folder, ...packageNames.map((name) => `./packages/${name}`)],
    { folder: root },
  );
  if (result.status !== 0) {
    throw new SetupError('npm pack failed.', { output: result.output, mend: 'correct the package.json named above.' });
  }
  const files = readdirSync(folder);
  /** @param {typeof packageNames[number]} name */
  const tarballOf = (name) => {
    const { name: packageName, version } = JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'));
    const file = `${packageName.replace('@', '').replace('/', '-')}-${version}.tgz`;
    if (!files.includes(file))
      throw new SetupError(`npm pack made no ${file}, only ${files.join(', ')}.`, {
        mend: 'compare name and version in the package.json files.',
      });
    return join(folder, file);
  };
  return { validator: tarballOf('validator'), 'generator-core': tarballOf('generator-core'), 'nx-plugin': tarballOf('nx-plugin') };
}

/**
 * The folder with package.json, nx.json and a git repository's worth of ignores; nothing is installed yet.
 * @param {{ folder: string, tarballs: Tarballs, uvFolder: string, python: { command: string } }} options
 * @returns {Workspace}
 */
export function createWorkspace({ folder, tarballs, uvFolder, python }) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  writeJson(join(folder, 'package.json'), {
    name: 'workspace',
    version: '0.0.0',
    private: true,
    devDependencies: {
      nx: devDependencies.nx,
      '@nx/devkit': devDependencies['@nx/devkit'],
      '@org/validator': `file:${tarballs.validator}`,
      '@org/generator-core': `file:${tarballs['generator-core']}`,
    },
  });
  writeJson(join(folder, 'nx.json'), { analytics: false });
  writeFileSync(join(folder, '.gitignore'), 'node_modules/\n.nx/\n');
  cpSync(join(root, 'examples'), join(folder, 'specs'), { recursive: true });
  return { folder, environment: workspaceEnvironment({ folder, uvFolder, python }) };
}

/**
 * Another checkout of a workspace, at another path, with nothing in its caches. Installed packages are shared by hard links.
 * @param {Workspace} workspace
 * @param {string} folder
 * @returns {Workspace}
 */
export function copyWorkspace(workspace, folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  const copy = spawnSync('cp', ['-al', workspace.folder, folder], { encoding: 'utf8' });
  if (copy.status !== 0)
    throw new SetupError(`The workspace could not be copied to ${folder}.`, {
      output: copy.stderr,
      mend: 'check the space left on that disk.',
    });
  rmSync(join(folder, '.nx'), { recursive: true, force: true });
  // What tests write must not reach the other checkout through a shared file.
  for (const name of readdirSync(folder).filter((entry) => entry !== 'node_modules')) {
    rmSync(join(folder, name), { recursive: true, force: true });
    cpSync(join(workspace.folder, name), join(folder, name), { recursive: true });
  }
  const moved = Object.entries(workspace.environment).map(([name, value]) => [name, value?.replaceAll(workspace.folder, folder)]);
  return { folder, environment: Object.fromEntries(moved) };
}

/**
 * `nx add`: installs the plugin from its tarball, with its siblings, and runs its `init`.
 * @param {Workspace} workspace
 * @param {Tarballs} tarballs
 * @param {string} [logFile]
 */
export async function addPlugin({ folder, environment }, tarballs, logFile) {
  const install = await runCommand('npm', ['install'], { folder, environment, logFile });
  if (install.status !== 0) return install;
  return runCommand(nxBinary(folder), ['add', `@org/fastapi@file:${tarballs['nx-plugin']}`], { folder, environment, logFile });
}

/**
 * Puts other versions of Nx into a workspace.
 * @param {Workspace} workspace
 * @param {{ nx: string, devkit: string }} versions
 * @param {string} [logFile]
 */
export function changeNx({ folder, environment }, { nx, devkit }, logFile) {
  const args = ['install', '--save-dev', '--save-exact', `nx@${nx}`, `@nx/devkit@${devkit}`];
  return runCommand('npm', args, { folder, environment, logFile });
}

/**
 * One `nx` command in the workspace.
 * @param {Workspace} workspace
 * @param {readonly string[]} args
 * @param {{ logFile?: string, environment?: NodeJS.ProcessEnv, timeout?: number }} [options] `environment` is laid over the workspace's
 */
export function runNx({ folder, environment }, args, { logFile, environment: extra, timeout } = {}) {
  return runCommand(nxBinary(folder), args, { folder, environment: { ...environment, ...extra }, logFile, timeout });
}

/** @param {string} folder */
export function nxBinary(folder) {
  return join(folder, 'node_modules/.bin/nx');
}

/**
 * Did Nx replay the result from its cache? It says so beside the task's name.
 * @param {string} output
 */
export function isReplayed(output) {
  return output.includes('Nx read the output from the cache instead of running the command');
}

/**
 * @param {{ folder: string, uvFolder: string, python: { command: string } }} options
 * @returns {NodeJS.ProcessEnv}
 */
function workspaceEnvironment({ folder, uvFolder, python }) {
  const inherited = { ...process.env };
  for (const name of Object.keys(inherited)) {
    // Ours would reach into the other workspace: `npm run` sets npm_*, an Nx that runs us sets NX_*, an active venv VIRTUAL_ENV.
    // Without bytecode each start of a service compiles all of its packages: three seconds, hundreds of times.
    if (
      /^(npm_(?!config_(registry|cache|cafile|nodedir))|NX_|VITEST|VIRTUAL_ENV$|DATABASE_URL$|TEST_DATABASE_URL$|SECRET_KEY$|ENVIRONMENT$|NODE_ENV$|FORCE_COLOR$|PYTHONDONTWRITEBYTECODE$)/i.test(
        name,
      )
    )
      delete inherited[name];
  }
  return {
    ...inherited,
    PATH: pathWith(uvFolder),
    CI: '1',
    NO_COLOR: '1',
    NX_DAEMON: 'false',
    NX_TUI: 'false',
    NX_CACHE_DIRECTORY: join(folder, '.nx/cache'),
    NX_WORKSPACE_DATA_DIRECTORY: join(folder, '.nx/workspace-data'),
    UV_PYTHON: python.command,
    UV_PYTHON_DOWNLOADS: 'never',
    // One for all services of a workspace: their packages are the same, and mypy looks at the hashes of what it has read.
    MYPY_CACHE_DIR: join(folder, '.cache/mypy'),
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
    npm_config_prefer_offline: 'true',
  };
}

/** @param {string} file @param {unknown} value */
function writeJson(file, value) {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}

/**
 * Makes a bare machine ready for our own commands: Node, Python, the npm packages, the build, uv.
 * Every step is skipped when its result is there already, and says what to do when it cannot be done.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatSeconds, lastLines, runCommand } from './run-command.mjs';

/** The repository. */
export const root = resolve(fileURLToPath(new URL('..', import.meta.url)));
export const packageNames = /** @type {const} */ (['validator', 'generator-core', 'nx-plugin']);

const leastNode = /** @type {const} */ ([20, 19]);
const leastPython = /** @type {const} */ ([3, 11]);

/** A machine or a step that is not as it should be: what happened, and the mend. Printed without a stack trace. */
export class SetupError extends Error {
  /** @param {string} message @param {{ mend: string, output?: string, logFile?: string }} data */
  constructor(message, { mend, output, logFile }) {
    super(message);
    this.mend = mend;
    this.output = output;
    this.logFile = logFile;
  }
}

/** @param {unknown} error @returns {string} */
export function formatSetupError(error) {
  if (!(error instanceof SetupError)) return error instanceof Error ? (error.stack ?? error.message) : String(error);
  const output =
    error.output === undefined
      ? []
      : [
          '',
          ...lastLines(error.output)
            .split('\n')
            .map((line) => `    ${line}`),
          '',
        ];
  const log = error.logFile === undefined ? [] : [`  All of its output: ${relative(process.cwd(), error.logFile) || error.logFile}`];
  return [error.message, ...output, ...log, `  What to do: ${error.mend}`].join('\n');
}

/** @returns {string} the version, for a line of the transcript */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > leastNode[0] || (major === leastNode[0] && minor >= leastNode[1])) return process.versions.node;
  throw new SetupError(`Node ${process.versions.node} is too old: ${leastNode.join('.')} or newer is needed.`, {
    mend: 'install Node 20 LTS or newer (https://nodejs.org, or `nvm install 20`), then run the same command again.',
  });
}

/** @returns {Promise<{ command: string, version: string }>} the first Python on the PATH that is new enough */
export async function requirePython() {
  const seen = [];
  for (const command of ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python']) {
    const { status, output } = await runCommand(command, ['-c', 'import sys; print("%d.%d.%d" % sys.version_info[:3])'], {
      folder: root,
      timeout: 30_000,
    });
    if (status !== 0) continue;
    const version = output.trim();
    const [major = 0, minor = 0] = version.split('.').map(Number);
    if (major === leastPython[0] && minor >= leastPython[1]) return { command, version };
    seen.push(`${command} is ${version}`);
  }
  throw new SetupError(
    `Python ${leastPython.join('.')} or newer is needed${seen.length === 0 ? ', and there is none on the PATH' : `: ${seen.join(', ')}`}.`,
    {
      mend: 'install it (Debian: `apt-get install python3 python3-venv`; macOS: `brew install python@3.12`), then run the same command again.',
    },
  );
}

/**
 * `npm ci`, when what is installed is not what package-lock.json asks for.
 * @returns {Promise<string>} what was done
 */
export async function installNodeModules() {
  const difference = findInstallDifference();
  if (difference === undefined) return 'node_modules are as package-lock.json says';
  const result = await runCommand('npm', ['ci', '--no-audit', '--no-fund'], { folder: root });
  if (result.status !== 0) {
    throw new SetupError(`npm ci failed (${difference}).`, {
      output: result.output.split('npm error Clean install a project')[0], // the rest is npm's manual
      mend: 'check that this machine reaches the npm registry (`npm ping`); when the lock file is at odds with a package.json, run `npm install` and commit package-lock.json.',
    });
  }
  return `npm ci (${difference}), ${formatSeconds(result.milliseconds)}`;
}

/**
 * npm keeps a copy of the lock file of what it installed; we compare the two, so that `npm install` by hand counts as well.
 * @returns {string | undefined} the first difference
 */
function findInstallDifference() {
  const installedFile = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installedFile)) return 'nothing is installed yet';
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
  for (const [path, entry] of Object.entries(wanted)) {
    if (!path.includes('node_modules/') || entry.optional || entry.devOptional) continue;
    if (installed[path]?.version !== entry.version)
      return `${path} is ${installed[path]?.version ?? 'missing'} instead of ${entry.version}`;
  }
  return undefined;
}

/**
 * `tsc --build` of the three packages.
 * @returns {Promise<string>} what was done
 */
export async function buildPackages() {
  for (const name of packageNames) removeStaleOutput(join(root, 'packages', name));
  const result = await runCommand(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '--build'], { folder: root });
  if (result.status !== 0) {
    throw new SetupError('tsc --build failed.', { output: result.output, mend: 'correct the type errors above.' });
  }
  return `tsc --build, ${formatSeconds(result.milliseconds)}`;
}

/** tsc leaves the output of deleted and renamed sources behind, and it would be packed. @param {string} packageFolder */
function removeStaleOutput(packageFolder) {
  const output = join(packageFolder, 'dist');
  if (!existsSync(output)) return;
  for (const file of readdirSync(output, { recursive: true, encoding: 'utf8' })) {
    const stem = file.match(/^(.*?)(\.d\.ts|\.js)$/)?.[1];
    if (stem !== undefined && !existsSync(join(packageFolder, 'src', `${stem}.ts`))) {
      rmSync(join(output, file));
      rmSync(join(output, 'tsconfig.tsbuildinfo'), { force: true });
    }
  }
}

/**
 * uv in a Python environment of our own, at the version that generated services are pinned to.
 * @param {{ command: string }} python
 * @returns {Promise<{ folder: string, version: string, done: string }>} `folder` belongs on the PATH
 */
export async function installUv(python) {
  const version = readPinnedUv();
  const environment = join(root, '.cache/tools', `uv-${version}`);
  const folder = join(environment, 'bin');
  if (await isUv(join(folder, 'uv'), version)) return { folder, version, done: `uv ${version} is in ${relative(root, folder)}` };
  rmSync(environment, { recursive: true, force: true });
  mkdirSync(environment, { recursive: true });
  const started = Date.now();
  const venv = await runCommand(python.command, ['-m', 'venv', environment], { folder: root });
  const pip =
    venv.status === 0
      ? await runCommand(join(folder, 'python'), ['-m', 'pip', 'install', '--quiet', `uv==${version}`], { folder: root })
      : await runCommand(python.command, ['-m', 'pip', 'install', '--quiet', '--target', environment, `uv==${version}`], { folder: root });
  if (pip.status === 0 && (await isUv(join(folder, 'uv'), version))) {
    return { folder, version, done: `uv ${version} installed into ${relative(root, folder)}, ${formatSeconds(Date.now() - started)}` };
  }
  rmSync(environment, { recursive: true, force: true });
  if (venv.status !== 0) {
    throw new SetupError(`${python.command} cannot make a virtual environment.`, {
      output: venv.output,
      mend: 'Debian keeps that part in a package of its own: `apt-get install python3-venv`. Then run the same command again.',
    });
  }
  throw new SetupError(`uv ${version} could not be installed from PyPI.`, {
    output: pip.output,
    mend: 'check that this machine reaches PyPI, or the mirror that PIP_INDEX_URL and UV_INDEX_URL name.',
  });
}

/** @returns {string} */
function readPinnedUv() {
  return JSON.parse(readFileSync(join(root, 'packages/generator-core/pins/python-pins.json'), 'utf8')).uv;
}

/** @param {string} file @param {string} version */
async function isUv(file, version) {
  if (!existsSync(file)) return false;
  const { output } = await runCommand(file, ['--version'], { folder: root, timeout: 30_000 });
  return output.includes(version);
}

/** @param {string} folder @param {NodeJS.ProcessEnv} [environment] @returns {string} a PATH with the folder first */
export function pathWith(folder, environment = process.env) {
  return [folder, environment['PATH'] ?? ''].join(delimiter);
}

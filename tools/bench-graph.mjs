/**
 * What the plugin's share of the project graph costs: 100 projects of 200 Python files each, `nx show projects` without a plugin of Python,
 * with ours, and with @nxlv/python and its `inferDependencies`. The three take turns, so that a busy machine slows all of them.
 *
 *   node tools/bench-graph.mjs [--projects 100] [--files 200] [--rounds 5] [--nx 23.2.1] [--devkit 23.2.1]
 *
 * It takes minutes, most of them for npm. E2E_KEEP=1 leaves the workspace where it is, and --folder takes one that was left,
 * with the plugin as it was then.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { lastLines, runCommand } from './run-command.mjs';
import { nxBinary, packPackages } from './setup-workspace.mjs';
import { buildPackages, root, SetupError, formatSetupError } from './setup.mjs';

const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const { values } = parseArgs({
  options: {
    projects: { type: 'string', default: '100' },
    files: { type: 'string', default: '200' },
    rounds: { type: 'string', default: '5' },
    nx: { type: 'string', default: devDependencies.nx },
    devkit: { type: 'string', default: devDependencies['@nx/devkit'] },
    folder: { type: 'string' },
  },
});
const projects = Number(values.projects);
const files = Number(values.files);
const rounds = Number(values.rounds);
/** What many use for Python in Nx today. */
const peer = '@nxlv/python@23.1.1';
const memoryFile = 'fastapi-imports.txt';

/** Each has its own folder of what Nx keeps between commands, for another list of plugins would make it start anew. */
const variants = /** @type {const} */ ({
  without: [],
  /** A plugin that adds nothing: what Nx asks for any plugin at all. */
  empty: ['empty-plugin'],
  ours: ['@org/fastapi'],
  peer: [{ plugin: '@nxlv/python', options: { packageManager: 'uv', inferDependencies: true } }],
});
/** @typedef {keyof typeof variants} Variant */
const variantNames = /** @type {Variant[]} */ (Object.keys(variants));

const folder = values.folder ?? mkdtempSync(join(tmpdir(), 'fastapi-bench-graph-'));
try {
  if (values.folder === undefined) await setUp();
  await measure();
} catch (error) {
  process.stdout.write(`${formatSetupError(error)}\n`);
  process.exitCode = 1;
} finally {
  if (process.env['E2E_KEEP'] === undefined && values.folder === undefined) rmSync(folder, { recursive: true, force: true });
}

async function setUp() {
  await buildPackages();
  const tarballs = await packPackages(join(folder, '../', `${folder.split('/').pop()}-packages`));
  write('package.json', json({ name: 'bench', version: '0.0.0', private: true }));
  write('.gitignore', 'node_modules/\n.nx/\n');
  const packages = [`nx@${values.nx}`, `@nx/devkit@${values.devkit}`, peer, ...Object.values(tarballs)];
  const installed = await runCommand('npm', ['install', '--save-exact', '--no-audit', '--no-fund', '--prefer-offline', ...packages], {
    folder,
  });
  rmSync(dirname(tarballs.validator), { recursive: true, force: true });
  if (installed.status !== 0) throw new SetupError('npm install failed.', { output: lastLines(installed.output, 40), mend: 'see above.' });
  for (let project = 0; project < projects; project += 1) writeProject(project);
  write('node_modules/empty-plugin/package.json', json({ name: 'empty-plugin', version: '1.0.0' }));
  const nothing = "exports.createNodes = ['**/pyproject.toml', async () => []];\nexports.createDependencies = async () => [];\n";
  write('node_modules/empty-plugin/index.js', `exports.name = 'empty-plugin';\n${nothing}`);
}

async function measure() {
  process.stdout.write(`nx ${values.nx}, ${projects} projects, ${projects * files} Python files, no daemon, median of ${rounds}\n\n`);
  /** @type {Record<Variant, number>} */
  const cold = { without: 0, empty: 0, ours: 0, peer: 0 };
  for (const variant of variantNames) rmSync(dataFolder(variant), { recursive: true, force: true });
  for (const variant of variantNames) cold[variant] = await show(variant);
  /** @type {Record<Variant, number[]>} */
  const warm = { without: [], empty: [], ours: [], peer: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const variant of variantNames) warm[variant].push(await show(variant));
  }
  const before = contentsKnown();
  write('libs/p7/src/p7/m3.py', `import p6 # ${Date.now()}\n${moduleText(7, 3)}`);
  const edited = await show('ours');
  const parsed = [...contentsKnown()].filter((hash) => !before.has(hash)).length;
  const medians = { without: median(warm.without), empty: median(warm.empty), ours: median(warm.ours), peer: median(warm.peer) };
  printRow('cold: nothing known of any file, one run', cold);
  printRow('warm', medians);
  process.stdout.write(`\none edited file: ${parsed} parsed, ${ratio(edited, medians.without)} of a warm run without a plugin\n`);
  process.stdout.write(`edges: ${await countEdges('ours')} ours, ${await countEdges('peer')} ${peer}\n`);
}

/** @param {string} name @param {Record<Variant, number>} times */
function printRow(name, { without, empty, ours, peer: theirs }) {
  process.stdout.write(
    `${name}: an empty plugin ${ratio(empty, without)}, ours ${ratio(ours, without)}, ${peer} ${ratio(theirs, without)} of ${Math.round(without)} ms without any; ours is ${ratio(ours, theirs)} of theirs\n`,
  );
}

/** Milliseconds of one `nx show projects`. @param {Variant} variant */
async function show(variant) {
  const { milliseconds, output } = await runNx(variant, ['show', 'projects']);
  if (output.split('\n').filter((line) => /^p\d+$/.test(line)).length !== projects)
    throw new SetupError(`${variant}: nx show projects did not list ${projects} projects.`, {
      output: lastLines(output, 20),
      mend: 'see above.',
    });
  return milliseconds;
}

/** @param {Variant} variant */
async function countEdges(variant) {
  await runNx(variant, ['graph', '--file', `.nx/${variant}.json`]);
  const { graph } = JSON.parse(readFileSync(join(folder, `.nx/${variant}.json`), 'utf8'));
  return Object.values(graph.dependencies).flat().length;
}

/** @param {Variant} variant @param {readonly string[]} args */
async function runNx(variant, args) {
  write('nx.json', json({ analytics: false, plugins: variants[variant] }));
  const environment = {
    ...process.env,
    CI: '1',
    NO_COLOR: '1',
    NX_DAEMON: 'false',
    NX_TUI: 'false',
    NX_CACHE_DIRECTORY: join(folder, '.nx/cache'),
    NX_WORKSPACE_DATA_DIRECTORY: dataFolder(variant),
  };
  const result = await runCommand(nxBinary(folder), args, { folder, environment });
  if (result.status !== 0)
    throw new SetupError(`${variant}: ${result.commandLine} failed.`, { output: lastLines(result.output, 40), mend: 'see above.' });
  return result;
}

/** Hashes of the contents whose imports our plugin has kept. */
function contentsKnown() {
  const lines = readFileSync(join(dataFolder('ours'), memoryFile), 'utf8').split('\n');
  return new Set(lines.slice(3, -1).map((line) => line.split(' ', 1)[0]));
}

/** @param {Variant} variant */
function dataFolder(variant) {
  return join(folder, '.nx', `data-${variant}`);
}

/** @param {number} project */
function writeProject(project) {
  const name = `p${project}`;
  write(`libs/${name}/project.json`, json({ name, sourceRoot: `libs/${name}/src` }));
  write(`libs/${name}/pyproject.toml`, `[project]\nname = "${name}"\nversion = "0.1.0"\n\n[build-system]\nrequires = ["hatchling"]\n`);
  write(`libs/${name}/src/${name}/__init__.py`, '');
  for (let module = 1; module < files; module += 1) write(`libs/${name}/src/${name}/m${module}.py`, moduleText(project, module));
}

/** One in four modules imports from the two projects before; all have a docstring, imports of all kinds and some code. @param {number} project @param {number} module */
function moduleText(project, module) {
  const others = module % 4 === 0 ? [project - 1, project - 2].filter((other) => other >= 0) : [];
  const body = Array.from(
    { length: 20 },
    (_, index) => `def work_${index}(value: int) -> str:\n    """Says ${index}."""\n    return f"{value + ${index}}"\n`,
  );
  return [
    `"""Module ${module} of p${project}: nothing here must import p0."""\n`,
    'import os\nfrom typing import Any\n\nfrom fastapi import APIRouter, Depends\nfrom sqlalchemy.orm import Session\n',
    `from p${project}.m${1 + (module % (files - 1))} import work_1\n`,
    ...others.map((other) => `from p${other}.m${1 + ((module * 7) % (files - 1))} import work_2\n`),
    '\n',
    ...body,
  ].join('');
}

/** @param {number} part @param {number} whole */
function ratio(part, whole) {
  return (part / whole).toFixed(2);
}

/** @param {readonly number[]} numbers */
function median(numbers) {
  return [...numbers].sort((left, right) => left - right)[Math.floor(numbers.length / 2)] ?? NaN;
}

/** @param {unknown} value */
function json(value) {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** @param {string} path @param {string} text */
function write(path, text) {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/**
 * What `validate` costs beside Nx's own floor, in one run that takes turns: node tools/bench-nx.mjs [ROUNDS]
 *
 * 30 Python projects of 21 files in a chain. The floor is a cached target with an empty command, and an executor whose batch does nothing.
 * Medians of wall time of whole commands, without the daemon; only the ratios can be compared between machines.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { lastLines } from './run-command.mjs';
import { addPlugin, createWorkspace, packPackages, runNx } from './setup-workspace.mjs';
import { buildPackages, installUv, requirePython } from './setup.mjs';

/** @typedef {import('./setup-workspace.mjs').Workspace} Workspace */

const rounds = Number(process.argv[2] ?? 5);
const projects = Array.from({ length: 30 }, (_, position) => `p${String(position).padStart(2, '0')}`);

/** @param {string} folder @param {string} path @param {string} text */
function write(folder, path, text) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** @param {string} folder */
function writeProjects(folder) {
  for (const [position, project] of projects.entries()) {
    const before = projects[position - 1];
    const root = `libs/${project}`;
    const uses = before === undefined ? '' : `dependencies = ["${before}"]\n\n[tool.uv.sources]\n${before} = { path = "../${before}" }\n`;
    write(folder, `${root}/pyproject.toml`, `[project]\nname = "${project}"\nversion = "0.1.0"\nrequires-python = ">=3.11"\n${uses}`);
    write(
      folder,
      `${root}/project.json`,
      JSON.stringify({ name: project, targets: { floor: floorTarget, nothing: { executor: 'floor:nothing', cache: true } } }),
    );
    write(folder, `${root}/src/${project}/__init__.py`, '');
    for (let file = 0; file < 20; file += 1) write(folder, `${root}/src/${project}/module_${file}.py`, moduleText(before, file));
  }
}

const floorTarget = { command: 'true', cache: true, inputs: ['{projectRoot}/**/*.py', { externalDependencies: [] }] };

/** About a hundred lines. @param {string | undefined} before @param {number} file */
function moduleText(before, file) {
  const uses = before === undefined || file > 0 ? '' : `from ${before}.module_0 import work_0 as work_before\n\nprint(work_before)\n`;
  const functions = Array.from(
    { length: 20 },
    (_, at) => `def work_${at}(amount: int, rate: float = 0.${at + 1}) -> float:\n    total = amount * rate\n    return total + ${at}\n`,
  );
  return `import json\n${uses}\n\n${functions.join('\n\n')}\n\nprint(json.dumps({}))\n`;
}

/** An executor that does nothing, so that what is left is Nx. @param {string} folder */
function writeFloorPlugin(folder) {
  write(folder, 'node_modules/floor/package.json', JSON.stringify({ name: 'floor', version: '1.0.0', executors: './executors.json' }));
  const nothing = { implementation: './one', batchImplementation: './batch', preferBatch: true, schema: './schema.json' };
  write(folder, 'node_modules/floor/executors.json', JSON.stringify({ executors: { nothing } }));
  write(folder, 'node_modules/floor/schema.json', JSON.stringify({ version: 2, type: 'object', properties: {} }));
  write(folder, 'node_modules/floor/one.js', 'module.exports = async () => ({ success: true });\n');
  write(
    folder,
    'node_modules/floor/batch.js',
    "module.exports = async function* (graph) { for (const task of Object.keys(graph.tasks)) yield { task, result: { success: true, terminalOutput: '' } }; };\n",
  );
}

/** @param {Workspace} workspace @param {readonly string[]} args @returns {Promise<number>} milliseconds */
async function time(workspace, args) {
  const { status, output, milliseconds } = await runNx(workspace, args);
  if (status !== 0) throw new Error(`nx ${args.join(' ')} ended with ${status}:\n${lastLines(output)}`);
  return milliseconds;
}

/** @param {readonly number[]} values */
const median = (values) => [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;

/**
 * Both in turns, so that what else the machine does falls on both.
 * @param {() => Promise<number>} ours @param {() => Promise<number>} floor
 */
async function compare(ours, floor) {
  /** @type {number[]} */
  const own = [];
  /** @type {number[]} */
  const base = [];
  for (let round = 0; round < rounds; round += 1) {
    base.push(await floor());
    own.push(await ours());
  }
  return { own: median(own), base: median(base), ratio: median(own) / median(base) };
}

/** @param {string} what @param {{ own: number, base: number, ratio: number }} figures @param {string} wanted */
function show(what, { own, base, ratio }, wanted) {
  process.stdout.write(
    `${what.padEnd(58)} ${own.toFixed(0).padStart(6)} ms ${base.toFixed(0).padStart(6)} ms ${ratio.toFixed(2).padStart(5)}   ${wanted}\n`,
  );
}

/** A change of nx.json makes Nx miss every task. @param {Workspace} workspace @param {number} count */
function touchNxJson({ folder }, count) {
  write(
    folder,
    'nx.json',
    JSON.stringify({ analytics: false, plugins: [{ plugin: '@org/fastapi', options: {} }], defaultBase: `base-${count}` }),
  );
}

async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'fastapi-bench-'));
  try {
    await buildPackages();
    const python = await requirePython();
    const { folder: uvFolder } = await installUv(python);
    const tarballs = await packPackages(join(folder, 'packages'));
    const workspace = createWorkspace({ folder: join(folder, 'workspace'), tarballs, uvFolder, python });
    await addPlugin(workspace, tarballs);
    writeProjects(workspace.folder);
    writeFloorPlugin(workspace.folder);
    const last = projects.at(-1) ?? '';
    let count = 0;

    process.stdout.write(`${''.padEnd(58)} ${'ours'.padStart(9)} ${'floor'.padStart(9)} ratio   wanted\n`);
    const cold = async () => (
      rmSync(join(workspace.folder, '.nx/cache'), { recursive: true, force: true }),
      time(workspace, ['run-many', '-t', 'validate'])
    );
    const nothing = () => (touchNxJson(workspace, (count += 1)), time(workspace, ['run-many', '-t', 'nothing']));
    show('batch of 30, nothing known (each file parsed)', await compare(cold, nothing), '');
    const missed = () => (touchNxJson(workspace, (count += 1)), time(workspace, ['run-many', '-t', 'validate']));
    show('batch of 30 that Nx misses (nx.json changed)', await compare(missed, nothing), '1.5');
    await time(workspace, ['run', `${last}:floor`]);
    await time(workspace, ['run', `${last}:validate`]);
    show(
      'one, replayed by Nx',
      await compare(
        () => time(workspace, ['run', `${last}:validate`]),
        () => time(workspace, ['run', `${last}:floor`]),
      ),
      '1.1',
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();

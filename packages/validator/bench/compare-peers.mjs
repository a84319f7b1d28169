/**
 * Times the validator beside its peers on one corpus, in one run, and prints a Markdown table.
 *
 *   npm run bench -w packages/validator                      everything but pyright
 *   npm run bench -w packages/validator -- --with pyright    pyright too, once: it takes minutes and several GB
 *   npm run bench -w packages/validator -- --rounds 3 --no-growth --corpus httpx,rich
 *   npm run bench -w packages/validator -- --edits-only      one file edited in process, nothing else
 *
 * Needs a build. Everything it fetches and writes is below the corpus's cache folder.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, linkSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const here = dirname(fileURLToPath(import.meta.url));
const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'fastapi-validator-corpus');
const peers = JSON.parse(readFileSync(join(here, 'peers.json'), 'utf8'));
const cli = join(here, '../dist/cli.js');
const { values: options } = parseArgs({
  options: {
    with: { type: 'string', default: '' },
    corpus: { type: 'string', default: peers.corpus.join(',') },
    rounds: { type: 'string', default: '5' },
    'no-growth': { type: 'boolean', default: false },
    'edits-only': { type: 'boolean', default: false },
  },
});
const IMPORTS_AND_NAMES = 'syntax-error,unresolved-import,unknown-symbol,unresolved-attribute,relative-import-beyond-top,undefined-name';

/** One process: wall and CPU seconds with its children, peak memory in megabytes. */
function measure([command, ...args], folder) {
  const program = `import json, resource, subprocess, sys, time
start = time.perf_counter()
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
wall = time.perf_counter() - start
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({"wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "megabytes": usage.ru_maxrss / 1024, "code": code}))`;
  // Findings end most of them with 1; what could not run at all would only look fast.
  const run = spawnSync('python3', ['-c', program, command, ...args], { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (run.status !== 0) throw new Error(`${command} could not be measured: ${run.stderr}`);
  const measured = JSON.parse(run.stdout);
  if (measured.code > 1) throw new Error(`${command} ${args.join(' ')} ended with ${measured.code}`);
  return measured;
}

function median(numbers) {
  const sorted = [...numbers].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)];
}

/** The Python files of the pinned packages, each package a project of its own without anybody's settings. */
function layOutCorpus() {
  const fetched = spawnSync('python3', [join(here, '../corpus/fetch-sdists.py'), cache, ...options.corpus.split(',')], {
    encoding: 'utf8',
  });
  const folder = join(cache, 'bench', 'corpus');
  rmSync(folder, { recursive: true, force: true });
  for (const line of fetched.stdout.split('\n').filter((text) => text.startsWith('{'))) {
    const { name, folder: source, error } = JSON.parse(line);
    if (error !== undefined) throw new Error(`${name}: ${error}`);
    copyPython(source, join(folder, name));
    writeFileSync(join(folder, name, 'pyproject.toml'), `[project]\nname = "${name}"\nversion = "1"\nrequires-python = ">=3.11"\n`);
  }
  return folder;
}

function copyPython(source, target) {
  cpSync(source, target, { recursive: true, filter: (path) => statSync(path).isDirectory() || path.endsWith('.py') });
}

function listPython(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.py'));
}

function installPeers() {
  const folder = join(cache, 'bench', 'peers');
  const wanted = Object.entries(peers.python).map(([name, version]) => `${name}==${version}`);
  const stamp = join(folder, '.installed');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted.join(' ')) {
    spawnSync('python3', ['-m', 'venv', folder], { stdio: 'inherit' });
    const { status } = spawnSync(join(folder, 'bin/pip'), ['install', '-q', ...wanted], { stdio: 'inherit' });
    if (status !== 0) throw new Error(`pip could not install ${wanted.join(', ')}`);
    writeFileSync(stamp, wanted.join(' '));
  }
  return join(folder, 'bin');
}

function installPyright() {
  const folder = join(cache, 'bench', 'pyright');
  const wanted = `pyright@${peers.node.pyright}`;
  const stamp = join(folder, '.installed');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
    mkdirSync(folder, { recursive: true });
    const { status } = spawnSync('npm', ['install', '--silent', '--prefix', folder, wanted], { stdio: 'inherit' });
    if (status !== 0) throw new Error(`npm could not install ${wanted}`);
    writeFileSync(stamp, wanted);
  }
  return join(folder, 'node_modules/.bin/pyright');
}

function hasCacheOption() {
  return spawnSync(process.execPath, [cli, '--help'], { encoding: 'utf8' }).stdout.includes('--no-cache');
}

/** Name → command line; ours is given each project. */
function contestants(bin, projects) {
  const cold = hasCacheOption() ? ['--no-cache'] : [];
  const own = (...args) => [process.execPath, cli, '--exit-zero', ...args, ...projects];
  return new Map([
    ['fastapi-validate, imports and names, cold', own(...cold, '--select', IMPORTS_AND_NAMES)],
    ['fastapi-validate, all rules, cold', own(...cold)],
    ...(cold.length > 0 ? [['fastapi-validate, nothing changed', own()]] : []),
    ['ruff analyze graph', [join(bin, 'ruff'), 'analyze', 'graph']],
    ['ruff check F821,E722', [join(bin, 'ruff'), 'check', '--select', 'F821,E722', '--no-cache', '--exit-zero']],
    ['ty check', [join(bin, 'ty'), 'check', '--exit-zero']],
    ['pyrefly check', [join(bin, 'pyrefly'), 'check']],
  ]);
}

/** Every round runs all of them, each round from another start. */
function race(commands, folder, rounds) {
  const names = [...commands.keys()];
  const runs = new Map(names.map((name) => [name, []]));
  if (names.includes('fastapi-validate, nothing changed')) measure(commands.get('fastapi-validate, nothing changed'), folder);
  for (let round = 0; round < rounds; round += 1)
    for (let step = 0; step < names.length; step += 1) {
      const name = names[(round + step) % names.length];
      runs.get(name).push(measure(commands.get(name), folder));
    }
  return runs;
}

/** Ratios are of CPU time: on a machine with other work wall times say less. */
function formatRuns(runs) {
  const cpuOf = (name) => median(runs.get(name).map(({ cpu }) => cpu));
  const others = ['ruff analyze graph', ...(runs.has('pyright') ? ['pyright'] : [])];
  const rows = [...runs].map(([name, measured]) => {
    const of = (key) => median(measured.map((run) => run[key]));
    const ratios = others.map((other) => (of('cpu') / cpuOf(other)).toFixed(3)).join(' | ');
    return `| ${name} | ${measured.length} | ${of('wall').toFixed(2)} | ${of('cpu').toFixed(2)} | ${of('megabytes').toFixed(0)} | ${ratios} |`;
  });
  const heads = ['command', 'runs', 'wall s', 'CPU s', 'peak MB', ...others.map((other) => `× CPU of ${other}`)];
  return `| ${heads.join(' | ')} |\n|${' --- |'.repeat(heads.length)}\n${rows.join('\n')}\n`;
}

/** The corpus opened as one project and checked; then, in one file after the other, a function is added at the end. */
function timeEdits(folder) {
  const { openProject } = createRequire(import.meta.url)(join(here, '../dist/index.js'));
  const files = new Map(listPython(folder).map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
  const before = process.cpuUsage();
  const project = openProject({ files });
  project.check();
  const opened = process.cpuUsage(before);
  const paths = [...files.keys()].filter((path) => files.get(path).includes('\ndef ') && !path.includes('test'));
  const times = Array.from({ length: 40 }, (_, index) => {
    const path = paths[Math.floor((index * paths.length) / 40)];
    const start = process.cpuUsage();
    project.update(new Map([[path, `${files.get(path)}\n\ndef planted_${index}():\n    return ${index}\n`]]));
    project.check([path]);
    const { user, system } = process.cpuUsage(start);
    project.update(new Map([[path, files.get(path)]]));
    return (user + system) / 1000;
  });
  const sorted = [...times].sort((left, right) => left - right);
  return { open: (opened.user + opened.system) / 1000, median: median(times), p95: sorted[Math.floor(sorted.length * 0.95)] };
}

/** Copies of the corpus, file by file, until there are enough. */
function layOutGrowth(folder, count) {
  const target = join(cache, 'bench', `grown-${count}`);
  rmSync(target, { recursive: true, force: true });
  const paths = listPython(folder);
  for (let index = 0; index < count; index += 1) {
    const file = join(target, `copy_${Math.floor(index / paths.length)}`, paths[index % paths.length]);
    mkdirSync(dirname(file), { recursive: true });
    linkSync(join(folder, paths[index % paths.length]), file);
  }
  return target;
}

function timeGrowth(folder, bin) {
  const commands = contestants(bin, ['.']);
  const names = ['fastapi-validate, imports and names, cold', 'fastapi-validate, all rules, cold', 'ruff analyze graph'];
  const rows = [300, 1_000, 3_000, 10_000, 30_000].map((count) => {
    const grown = layOutGrowth(folder, count);
    const cells = names.map((name) => {
      const { cpu, megabytes } = measure(commands.get(name), grown);
      return `${cpu.toFixed(2)} s, ${((1000 * cpu) / count).toFixed(2)} ms a file, ${megabytes.toFixed(0)} MB`;
    });
    rmSync(grown, { recursive: true, force: true });
    return `| ${count} | ${cells.join(' | ')} |`;
  });
  return `| files | ${names.join(' | ')} |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}

function main() {
  const folder = layOutCorpus();
  const paths = listPython(folder);
  const bytes = paths.reduce((sum, path) => sum + statSync(join(folder, path)).size, 0);
  process.stdout.write(
    `${paths.length} files, ${(bytes / 1e6).toFixed(1)} MB, Node ${process.versions.node}; medians, CPU with all threads and children.\n\n`,
  );
  if (!options['edits-only']) comparePeers(folder);
  const edits = timeEdits(folder);
  process.stdout.write(
    `One file edited in process, CPU: median ${edits.median.toFixed(1)} ms, 95th percentile ${edits.p95.toFixed(1)} ms; opening took ${edits.open.toFixed(0)} ms.\n\n`,
  );
  if (!options['no-growth'] && !options['edits-only']) process.stdout.write(timeGrowth(folder, installPeers()));
}

function comparePeers(folder) {
  const runs = race(contestants(installPeers(), readdirSync(folder).sort()), folder, Number(options.rounds));
  if (options.with === 'pyright') {
    runs.set('pyright', [measure([installPyright(), '.'], folder)]);
  }
  process.stdout.write(`${formatRuns(runs)}\n`);
}

main();

// Times the built command on a folder of Python: node packages/validator/bench/command.mjs FOLDER [ROUNDS]
// Prints the median CPU time, wall time and peak memory of each kind of run; compare within one output only.
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, truncateSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const [folder, rounds = '3', edited] = process.argv.slice(2);
const cli = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist', 'cli.js');
const cache = mkdtempSync(join(tmpdir(), 'bench-cache-'));
const report =
  'process.on("exit",()=>{const u=process.resourceUsage();process.stderr.write("\\n@"+JSON.stringify([(u.userCPUTime+u.systemCPUTime)/1000,u.maxRSS/1024]))});';

function run(
  words,
  script = `process.argv.splice(1,0,"x");process.argv=[process.argv[0],"x",...${JSON.stringify(words)}];require(${JSON.stringify(cli)})`,
) {
  const started = process.hrtime.bigint();
  const { stderr } = spawnSync(process.execPath, ['-e', report + script], { cwd: resolve(folder), encoding: 'utf8', maxBuffer: 1 << 28 });
  const wall = Number(process.hrtime.bigint() - started) / 1e6;
  const [cpu, memory] = JSON.parse(stderr.slice(stderr.lastIndexOf('@') + 1));
  return { cpu, wall, memory };
}

const median = (values) => [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)];
const kept = ['--cache-dir', cache, '--statistics'];
const kinds = {
  'node alone': () => run([], ''),
  'cold, one thread': () => run(['--no-cache', '--threads', '1', '--statistics']),
  'cold, threads': () => run(['--no-cache', '--statistics']),
  'cold, cache written': () => (rmSync(cache, { recursive: true, force: true }), run(kept)),
  'nothing changed': () => run(kept),
  'facts kept, judged anew': () => run([...kept, '--category', String(Math.random())]),
  ...(edited === undefined ? {} : { 'one file edited': editAndRun }),
};

function editAndRun() {
  const file = join(resolve(folder), edited);
  const { size } = statSync(file);
  appendFileSync(file, `\nx${Date.now()} = 1\n`);
  try {
    return run(kept);
  } finally {
    truncateSync(file, size);
  }
}

for (const [name, measure] of Object.entries(kinds)) {
  const runs = Array.from({ length: Number(rounds) }, measure);
  const [cpu, wall, memory] = ['cpu', 'wall', 'memory'].map((key) => Math.round(median(runs.map((each) => each[key]))));
  console.log(`${name.padEnd(26)} ${String(cpu).padStart(7)} ms CPU ${String(wall).padStart(7)} ms wall ${String(memory).padStart(5)} MB`);
}
rmSync(cache, { recursive: true, force: true });

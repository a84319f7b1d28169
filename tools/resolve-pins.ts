/**
 * Resolves the Python packages of generated services anew and writes packages/generator-core/pins/python-pins.json.
 * npx tsx --tsconfig tools/tsconfig.json tools/resolve-pins.ts [--keep]          (needs uv: on the PATH or in UV)
 * With --keep, packages that are pinned stay at their versions: for a requirement that is added.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCompiledRequirements } from '../packages/generator-core/src/pins/parse-compiled-requirements';
import { readPythonPins, type PythonPins } from '../packages/generator-core/src/pins/python-pins';
import { formatRequirement, pythonRequirements } from '../packages/generator-core/src/pins/python-requirements';

const uv = process.env['UV'] ?? 'uv';
const options = [
  '--universal',
  '--generate-hashes',
  '--python-version',
  '3.11',
  '--no-emit-index-url',
  '--no-header',
  '--annotation-style',
  'line',
  '--fork-strategy',
  'fewest',
  '--quiet',
];
const folder = mkdtempSync(join(tmpdir(), 'pins-'));
const constraints = join(folder, 'constraints.txt');
writeFileSync(constraints, process.argv.includes('--keep') ? pinnedVersions().join('\n') : '');
const compiled = execFileSync(uv, ['pip', 'compile', ...options, '--constraints', constraints, '-'], {
  input: `${pythonRequirements.map(formatRequirement).join('\n')}\n`,
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
});
rmSync(folder, { recursive: true });
const version = /^uv (\S+)/.exec(execFileSync(uv, ['--version'], { encoding: 'utf8' }))?.[1];
if (version === undefined)
  throw new Error(`${uv} --version did not say its version. Install uv, or name it in the environment variable UV.`);
const pins: PythonPins = { uv: version, packages: parseCompiledRequirements(compiled) };
const target = join(__dirname, '..', 'packages', 'generator-core', 'pins', 'python-pins.json');
writeFileSync(target, `${JSON.stringify(pins, undefined, 1)}\n`);
process.stdout.write(`${Object.keys(pins.packages).length} packages pinned with uv ${version} in ${target}\n`);

function pinnedVersions(): readonly string[] {
  return Object.entries(readPythonPins().packages).map(([name, { version }]) => `${name}==${version}`);
}

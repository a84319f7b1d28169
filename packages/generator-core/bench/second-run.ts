/**
 * How long a run takes that has nothing to do, and one that has one field to add, for a service of fifty entities; medians of five in one
 * process, after one that warms it up, beside the first run. Printed with what each made.
 * npm run bench:second-run -w packages/generator-core
 */
import { generateService } from '../src/run/generate-service';
import type { GenerationResult } from '../src/run/generation-result';
import { applyResult } from '../src/testing/apply-result';
import { mapProject } from '../src/testing/map-project';
import { neighbourSpec } from '../test/neighbour-spec';

const spec = neighbourSpec([{ name: 'First', size: 49 }]);
const edited = spec.replace(/( {2}FirstAy:\n {4}fields:\n)/, '$1      mood: string(1..20)?\n');

type Generated = Extract<GenerationResult, { kind: 'generated' }>;
type Files = Readonly<Record<string, string>>;

function run(specText: string, files: Files): Generated {
  const result = generateService({ specText, project: mapProject(files) });
  if (result.kind !== 'generated') throw new Error(`The run ended with ${result.kind}.`);
  return result;
}

function measure(what: string, count: number, work: () => Generated): Generated {
  const times: number[] = [];
  let result = work();
  for (let index = 0; index < count; index += 1) {
    const start = performance.now();
    result = work();
    times.push(performance.now() - start);
  }
  const median = times.sort((one, other) => one - other)[Math.floor(count / 2)]!;
  const { made, artifacts } = result.report;
  console.log(`${what}: ${median.toFixed(0)} ms; made ${made} of ${artifacts}, read ${result.work.parsed} Python files`);
  return result;
}

const start = performance.now();
const files = applyResult({}, run(spec, {}));
console.log(`first run, cold: ${(performance.now() - start).toFixed(0)} ms`);
measure('nothing to do', 5, () => run(spec, files));
measure('one field more', 5, () => run(edited, files));

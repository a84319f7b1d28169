import { expect, test } from 'vitest';
import { ReadMemo } from '../src/algorithms/read-memo';
import { extractSummary } from '../src/extract/extract-summary';
import { LoadGraph } from '../src/graph/load-graph';
import { LoadPlans } from '../src/graph/load-plan';
import { LoadSimulation } from '../src/graph/load-simulation';
import { LoadTraces } from '../src/graph/load-traces';
import { readLoads } from '../src/graph/read-loads';
import { DefinitionIndex } from '../src/graph/service/definition-index';
import { ProjectRemarks } from '../src/graph/service/project-remarks';
import { LinkStore } from '../src/project/link-store';
import { DEFAULT_PYTHON_VERSION } from '../src/python/python-version';
import { ImportResolver } from '../src/resolve/import-resolver';
import { readRequirements } from '../src/resolve/read-requirements';
import { makeRandom } from './make-random';

const MODULES = ['app', 'app.a', 'app.b', 'app.c', 'app.sub', 'app.sub.d', 'app.sub.e', 'use', 'other'];

function pathOf(module: string): string {
  const path = module.replaceAll('.', '/');
  return module === 'app' || module === 'app.sub' ? `${path}/__init__.py` : `${path}.py`;
}

function makeFiles(random: (limit: number) => number): ReadonlyMap<string, string> {
  const line = (): string => {
    const module = MODULES[random(MODULES.length)]!;
    const name = `n${random(3)}`;
    const forms = [
      `import ${module}`,
      `import ${module}`,
      `from ${module} import ${name}`,
      `from ${module} import ${name}`,
      `from ${module} import *`,
      `from app import ${['a', 'b', 'sub'][random(3)]!}`,
      `${name} = 1`,
      `${name} = 1`,
      `n0 = n1 = n2 = 1`,
      `n0 = n1 = n2 = 1`,
      `import app\nuse = app.sub.d`,
      `try:\n    from ${module} import ${name}\nexcept ImportError:\n    ${name} = None`,
      `if n0:\n    import ${module}`,
    ];
    return `${forms[random(forms.length)]!}\n`;
  };
  return new Map(MODULES.map((module) => [pathOf(module), Array.from({ length: 1 + random(4) }, line).join('')]));
}

function indexOf(files: ReadonlyMap<string, string>): DefinitionIndex {
  const summaries = new Map([...files].map(([path, text]) => [path, extractSummary(text, DEFAULT_PYTHON_VERSION)]));
  const requirements = readRequirements(new Map());
  const resolver = new ImportResolver({ files: new Set(files.keys()), roots: ['.'], version: DEFAULT_PYTHON_VERSION, requirements });
  const store = new LinkStore(summaries, { libraries: undefined, isFinal: false });
  for (const [path, summary] of summaries) store.replaceSummary(path, undefined, summary);
  for (const path of summaries.keys()) store.relink(path, resolver, () => []);
  const memo = new ReadMemo();
  const read = { summaries, links: store.links };
  return new DefinitionIndex({ ...read, resolver, named: read }, memo, () => [...files.keys()].sort(), new ProjectRemarks(summaries, memo));
}

test('a run that is shown to fail nowhere loads, when it is followed, the same files without a failure', () => {
  const random = makeRandom(3);
  const counts = { proven: 0, failing: 0, inCycles: 0 };
  for (let round = 0; round < 400; round += 1) {
    const files = makeFiles(random);
    const index = indexOf(files);
    const graph = new LoadGraph();
    graph.update(new Map([...files.keys()].map((path) => [path, readLoads(path, index.project)])));
    const plans = new LoadPlans(index);
    const traces = new LoadTraces(index.project, plans, (path) => graph.groupOf(path));
    for (const path of files.keys()) {
      const loaded = traces.follow(plans.planOf(path).first);
      const simulation = new LoadSimulation(index.project, plans);
      const failure = simulation.run(path);
      if (failure !== undefined) counts.failing += 1;
      if (loaded === undefined) continue;
      counts.proven += 1;
      if ([...loaded].some((file) => graph.componentOf(file) !== undefined)) counts.inCycles += 1;
      expect([failure, [...simulation.visited].sort()], `round ${round}, ${path}: ${JSON.stringify([...files])}`).toEqual([
        undefined,
        [...loaded].sort(),
      ]);
    }
  }
  expect(counts.failing).toBeGreaterThan(100);
  expect(counts.inCycles).toBeGreaterThan(300);
});

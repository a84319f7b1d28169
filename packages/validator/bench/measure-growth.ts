import { extractSummary } from '../src/extract/extract-summary';
import { openProject } from '../src/index';
import { DEFAULT_PYTHON_VERSION } from '../src/python/python-version';
import { makeProject } from './make-project';

const sizes = process.argv.slice(2).map(Number);
for (const size of sizes.length > 0 ? sizes : [300, 1_000, 3_000, 10_000, 30_000]) measure(size);

/** Parsing is left out: summaries are ready before the clock starts. */
function measure(size: number): void {
  const files = makeProject(size);
  const summaries = new Map([...files].map(([path, text]) => [path, extractSummary(text, DEFAULT_PYTHON_VERSION)]));
  const readSummary = (path: string, text: string) => (files.get(path) === text ? summaries.get(path) : undefined);
  const opened = timed(() => openProject({ files, readSummary }));
  const project = opened.value;
  const edits: Readonly<Record<string, Readonly<Record<string, string | null>>>> = {
    body: { 'app/p0/m3.py': files.get('app/p0/m3.py')!.replace('return first', 'return first or second') },
    line: { 'app/p0/routes.py': `# a line more\n${files.get('app/p0/routes.py')!}` },
    route: { 'app/p0/routes.py': files.get('app/p0/routes.py')!.replace('/r1/', '/other/') },
    added: { 'app/p0/added.py': 'from .models import Item\n' },
    deleted: { 'app/p0/m24.py': null },
  };
  const parts = Object.entries(edits).map(([name, change]) => {
    const { value, milliseconds } = timed(() => {
      const work = project.update(new Map(Object.entries(change)));
      project.check();
      return work;
    });
    return `${name} ${milliseconds.toFixed(1)} ms (${value.linked.length} linked, ${value.checked.length} checked${value.isRewired ? ', rewired' : ''})`;
  });
  const perFile = ((opened.milliseconds / files.size) * 1_000).toFixed(0);
  console.log(
    `${files.size} files: opened in ${opened.milliseconds.toFixed(0)} ms, ${perFile} µs a file, ${project.check().length} findings; ${parts.join(', ')}`,
  );
}

function timed<Value>(run: () => Value): { readonly value: Value; readonly milliseconds: number } {
  const before = process.cpuUsage();
  const value = run();
  const { user, system } = process.cpuUsage(before);
  return { value, milliseconds: (user + system) / 1_000 };
}

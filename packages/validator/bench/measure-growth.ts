import { extractSummary } from '../src/extract/extract-summary';
import { openProject } from '../src/index';
import { DEFAULT_PYTHON_VERSION } from '../src/python/python-version';
import { makeProject } from './make-project';

/** Edits of each kind, in as many packages. */
const ROUNDS = 9;
/** Edits of each kind that are made, and taken back, before the clock starts: the code for them is compiled then. */
const WARM_UP = 25;

const sizes = process.argv.slice(2).map(Number);
for (const size of sizes.length > 0 ? sizes : [300, 1_000, 3_000, 10_000, 30_000]) {
  const files = makeProject(size);
  measureEdits(files);
  measureBatches(files);
}

type Files = ReadonlyMap<string, string>;

/** Summaries are ready before the clock starts: parsing is left out, but for texts that are edited. */
function summaryReader(files: Files) {
  const summaries = new Map([...files].map(([path, text]) => [path, extractSummary(text, DEFAULT_PYTHON_VERSION)]));
  return (path: string, text: string) => (files.get(path) === text ? summaries.get(path) : undefined);
}

/** As a generator does it: the project grows by ten files at a time, those first that others import. */
function measureBatches(files: Files): void {
  const readSummary = summaryReader(files);
  const entries = [...files];
  let linked = 0;
  const { milliseconds } = timed(() => {
    const project = openProject({ files: new Map(), readSummary });
    for (let start = 0; start < entries.length; start += 10) {
      linked += project.update(new Map(entries.slice(start, start + 10))).linked.length;
      project.check();
    }
  });
  const perFile = ((milliseconds / files.size) * 1_000).toFixed(0);
  console.log(`  in batches of ten: ${milliseconds.toFixed(0)} ms, ${perFile} µs a file, ${linked} linked`);
}

type Edit = (round: number) => readonly [string, string | null];

function editsOf(files: Files): Readonly<Record<string, Edit>> {
  const packages = [...files.keys()].filter((path) => path.endsWith('/models.py')).length;
  const inPackage = (round: number, name: string): string => `app/p${round % packages}/${name}.py`;
  const replaced = (path: string, from: string, to: string): readonly [string, string] => [path, files.get(path)!.replace(from, to)];
  return {
    'body edited': (round) => replaced(inPackage(round, 'm3'), 'return first', `return first or ${round}`),
    'line added above routes': (round) => [inPackage(round, 'routes'), `# ${round}\n${files.get(inPackage(round, 'routes'))!}`],
    'route path edited': (round) => replaced(inPackage(round, 'routes'), '/r1/', `/other${round}/`),
    'prefix of an inclusion edited': (round) => replaced('app/main.py', 'prefix="/p3"', `prefix="/other${round}"`),
    'dependency edited': (round) => replaced(inPackage(round, 'deps'), 'item_id: int', `item_id: int, other_${round}: str`),
    'name added': (round) => [inPackage(round, 'models'), `${files.get(inPackage(round, 'models'))!}\nclass More${round}:\n    pass\n`],
    'file added': (round) => [inPackage(round, `added${round}`), 'from .models import Item\n'],
    'file nobody imports deleted': (round) => [inPackage(round, 'm24'), null],
    'imported file deleted': (round) => [inPackage(round, 'm12'), null],
  };
}

function measureEdits(files: Files): void {
  const opened = timed(() => openProject({ files, readSummary: summaryReader(files) }));
  const project = opened.value;
  const texts = new Map<string, string | null>(files);
  console.log(`${files.size} files: opened, summaries made, in ${opened.milliseconds.toFixed(0)} ms, ${project.check().length} findings`);
  for (const [kind, edit] of Object.entries(editsOf(files))) {
    const run = (path: string, text: string | null) =>
      timed(() => {
        const work = project.update(new Map([[path, text]]));
        project.check();
        return work;
      });
    const [first] = Array.from({ length: WARM_UP }, (_, round) => {
      const [path, text] = edit(round);
      const before = texts.get(path) ?? null;
      const { milliseconds } = run(path, text);
      run(path, before);
      return milliseconds;
    });
    const runs = Array.from({ length: ROUNDS }, (_, round) => {
      const [path, text] = edit(round);
      texts.set(path, text);
      return run(path, text);
    });
    const ascending = runs.map(({ milliseconds }) => milliseconds).sort((left, right) => left - right);
    const { linked, checked, isRewired } = runs.at(-1)!.value;
    const work = `${linked.length} linked, ${checked.length} checked${isRewired ? ', rewired' : ''}`;
    const [median, most] = [ascending[ROUNDS >> 1]!, ascending.at(-1)!];
    console.log(`  ${kind}: median ${median.toFixed(1)} ms, first ${first!.toFixed(1)}, most ${most.toFixed(1)} (${work})`);
  }
}

/** Processor time of this process, all its threads. */
function timed<Value>(run: () => Value): { readonly value: Value; readonly milliseconds: number } {
  const before = process.cpuUsage();
  const value = run();
  const { user, system } = process.cpuUsage(before);
  return { value, milliseconds: (user + system) / 1_000 };
}

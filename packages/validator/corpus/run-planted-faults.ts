import { spawnSync } from 'node:child_process';
import { openProject, readProjectFiles, type Diagnostic, type Project } from '../src/index';
import { makeRandom } from '../test/make-random';
import { listSites } from './fault-sites';
import { FAULT_KINDS, FAULT_SHARES, plantFault, type Changes, type FaultKind, type PlantedFault } from './plant-fault';

export interface KindResult {
  readonly planted: number;
  /** By a certain finding; by a possible one of the rule for it. */
  readonly certain: number;
  readonly possible: number;
  /** Among the misses: a possible finding of the rule stands there, and the rule promises a certain one. */
  readonly doubted: number;
  readonly twins: number;
  /** Twins with a certain finding that was not there before, and faults that were not found: what and where. */
  readonly falseAlarms: readonly string[];
  readonly misses: readonly string[];
}

export interface PlantRun {
  readonly folder: string;
  readonly count: number;
  readonly seed: number;
}

/** Plants `count` faults into one project, in the shares of FAULT_SHARES, each followed by its twin; opens the project once. */
export function runPlantedFaults({ folder, count, seed }: PlantRun): ReadonlyMap<FaultKind, KindResult> {
  const { files: texts } = readProjectFiles(folder);
  const paths = [...texts.keys()].filter((path) => path.endsWith('.py'));
  const sites = listSites(folder, paths);
  const project = openProject({ files: texts });
  const before = new Set(project.check().map(keyOf));
  const random = makeRandom(seed);
  const faults = FAULT_KINDS.flatMap((kind) => drawFaults(kind, Math.round((count * FAULT_SHARES[kind]) / 100), { texts, sites, random }));
  const isFault = areRefused(faults);
  const results = new Map<FaultKind, KindResult>();
  for (const kind of FAULT_KINDS) {
    const own = faults.filter((fault, index) => fault.kind === kind && isFault[index]);
    const outcomes = own.map((fault) => tryFault(project, texts, before, fault));
    results.set(kind, {
      planted: own.length,
      certain: outcomes.filter(({ verdict }) => verdict === 'certain').length,
      possible: outcomes.filter(({ verdict }) => verdict === 'possible').length,
      doubted: outcomes.filter(({ isDoubted }) => isDoubted).length,
      twins: own.filter(({ twin }) => twin.size > 0).length,
      falseAlarms: outcomes.flatMap(({ alarms }) => alarms),
      misses: outcomes.flatMap(({ miss }) => (miss === undefined ? [] : [miss])),
    });
  }
  return results;
}

function drawFaults(kind: FaultKind, wanted: number, input: Parameters<typeof plantFault>[1]): readonly PlantedFault[] {
  const faults: PlantedFault[] = [];
  for (let tries = 0; faults.length < wanted && tries < wanted * 60; tries += 1) {
    const fault = plantFault(kind, input);
    if (fault !== undefined) faults.push(fault);
  }
  return faults;
}

const COMPILE = `import sys, json, warnings
warnings.simplefilter("ignore")
answers = []
for text in json.load(sys.stdin):
    try:
        compile(text, "a.py", "exec")
        answers.append(False)
    except (SyntaxError, ValueError):
        answers.append(True)
print(json.dumps(answers))`;

/** CPython says whether an edit of the syntax is a fault at all; the others are by their making. */
function areRefused(faults: readonly PlantedFault[]): readonly boolean[] {
  const texts = faults.map(({ kind, changes }) => (kind === 'syntax' ? ([...changes.values()][0] ?? '') : '('));
  const run = spawnSync('python3', ['-c', COMPILE], { input: JSON.stringify(texts), encoding: 'utf8', maxBuffer: 1 << 26 });
  return JSON.parse(run.stdout);
}

interface Outcome {
  readonly verdict: 'certain' | 'possible' | 'missed';
  readonly isDoubted: boolean;
  readonly miss: string | undefined;
  readonly alarms: readonly string[];
}

function tryFault(project: Project, texts: ReadonlyMap<string, string>, before: ReadonlySet<string>, fault: PlantedFault): Outcome {
  const { changes, twin, kind, edit } = fault;
  project.update(changes);
  const found = project.check().filter((diagnostic) => !before.has(keyOf(diagnostic)));
  const hits = found.filter((diagnostic) => isExpected(diagnostic, fault));
  const isCertain = hits.some(({ certainty }) => certainty === 'certain');
  const verdict = isCertain ? 'certain' : hits.length > 0 && MAY_BE_POSSIBLE.has(kind) ? 'possible' : 'missed';
  project.update(new Map([...undo(changes, texts), ...twin]));
  const alarms = twin.size === 0 ? [] : project.check().filter((found) => found.certainty === 'certain' && !before.has(keyOf(found)));
  project.update(undo(twin, texts));
  const where = [...changes.keys()].join(', ');
  return {
    verdict,
    isDoubted: verdict === 'missed' && hits.length > 0,
    miss: verdict !== 'missed' ? undefined : `${kind} (${edit}) in ${where}: expected at ${placesOf(fault)}; instead ${instead(found)}`,
    alarms: alarms.map(
      ({ rule, path, range, message }) => `${kind} (${edit}) in ${where}: ${rule} at ${path}:${range.start.line}: ${message}`,
    ),
  };
}

/**
 * The rules' own promises: a name that a declared distribution may provide, as their names hint, is possible at most;
 * so is a cycle in a library, which has no entry point to start from.
 */
const MAY_BE_POSSIBLE: ReadonlySet<FaultKind> = new Set(['undeclared', 'circular-import']);

function placesOf({ places }: PlantedFault): string {
  if (places === 'anywhere') return 'any place';
  return places.map(({ path, lines }) => `${path}:${lines.slice(0, 3).join('/')}`).join(' or ');
}

function instead(found: readonly Diagnostic[]): string {
  const shown = found.slice(0, 3).map(({ rule, certainty, path, range }) => `${certainty} ${rule} at ${path}:${range.start.line}`);
  return shown.length === 0 ? 'nothing' : shown.join(', ');
}

function isExpected({ rule, path, range }: Diagnostic, { rules, places, changes }: PlantedFault): boolean {
  if (!rules.includes(rule)) return false;
  if (places === 'anywhere') return true;
  if (places.length === 0) return changes.has(path);
  return places.some((place) => place.path === path && place.lines.includes(range.start.line));
}

function undo(changes: Changes, texts: ReadonlyMap<string, string>): Changes {
  return new Map([...changes.keys()].map((path) => [path, texts.get(path) ?? null]));
}

/** Without lines: edits move them, and twins make a package of a module. */
function keyOf({ rule, path, message }: Diagnostic): string {
  return `${rule} ${path.replace(/\/__init__\.py$/, '.py')} ${message.replace(/line \d+|:\d+/g, '')}`;
}

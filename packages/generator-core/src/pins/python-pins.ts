import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The exact Python packages that services are proven with; written by `tools/resolve-pins.ts`, never by hand. */
export interface PythonPins {
  /** Version of uv that resolved them. */
  readonly uv: string;
  /** By normalised name (`pydantic-core`), sorted. */
  readonly packages: Readonly<Record<string, PythonPin>>;
}

export interface PythonPin {
  readonly version: string;
  /** `sha256:…` of every file of that version at the index, sorted. */
  readonly hashes: readonly string[];
  /** Where the package is wanted at all: `sys_platform == 'win32'`. Undefined means everywhere. */
  readonly marker?: string;
  /** Names of the pinned packages that this one asks for, sorted; those that only an extra of ours asks for are in it. */
  readonly needs: readonly string[];
}

const pinsFile = join(__dirname, '..', '..', 'pins', 'python-pins.json');

/** Read once per process: the file ships with the package. */
export function readPythonPins(): PythonPins {
  loaded ??= JSON.parse(readFileSync(pinsFile, 'utf8')) as PythonPins;
  return loaded;
}

let loaded: PythonPins | undefined;

/** Pin of a package that must be there; its absence is a fault of ours, for `python-requirements.ts` and the file go together. */
export function pinOf(pins: PythonPins, name: string): PythonPin {
  const pin = pins.packages[name];
  if (pin === undefined)
    throw new Error(
      `No version of ${name} is pinned in pins/python-pins.json. Run: npx tsx --tsconfig tools/tsconfig.json tools/resolve-pins.ts`,
    );
  return pin;
}

/** All pinned packages that installing `names` brings along, `names` included; sorted. */
export function reachablePackages(pins: PythonPins, names: readonly string[]): readonly string[] {
  const reached = new Set<string>();
  const waiting = [...names];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    waiting.push(...pinOf(pins, name).needs);
  }
  return [...reached].sort();
}

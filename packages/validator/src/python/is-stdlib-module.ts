import type { PythonVersion } from './python-version';
import { STDLIB_CHANGES, STDLIB_MODULES_3_11 } from './stdlib-modules.data';

const modulesByMinor = new Map<number, ReadonlySet<string>>();

/** Whether the top-level name is in the standard library of that version. */
export function isStdlibModule(topLevelName: string, version: PythonVersion): boolean {
  return stdlibModules(version).has(topLevelName);
}

function stdlibModules(version: PythonVersion): ReadonlySet<string> {
  const known = modulesByMinor.get(version.minor);
  if (known !== undefined) return known;
  const modules = new Set(STDLIB_MODULES_3_11);
  for (const change of STDLIB_CHANGES) {
    if (change.minor > version.minor) break;
    for (const name of change.added) modules.add(name);
    for (const name of change.removed) modules.delete(name);
  }
  modulesByMinor.set(version.minor, modules);
  return modules;
}

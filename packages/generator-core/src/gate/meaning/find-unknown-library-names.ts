import type { Diagnostic } from '@org/validator';
import type { LibraryNames } from '../../pins/library-names';
import { diagnosticAt } from '../diagnostic-at';
import { listImportedNames, type ImportedName } from './list-imported-names';
import { lineOf, type PythonFile } from './python-file';

export interface ImportableNames {
  readonly library: LibraryNames;
  /** Top modules of the service: `app`, `tests`. */
  readonly ownTops: ReadonlySet<string>;
}

/**
 * Imports of modules and names that the pinned libraries do not have. The world is closed: what is imported is the service's own,
 * the standard library's or a pinned library's, so what none of them has fails. Imports that are not run, or whose failure is caught, are left alone.
 */
export function findUnknownLibraryNames(file: PythonFile, importable: ImportableNames): readonly Diagnostic[] {
  const told = new Set<string>();
  return listImportedNames(file)
    .filter((imported) => !isExcused(file, imported))
    .flatMap((imported) => {
      const fault = faultOf(imported, importable);
      if (fault === undefined || told.has(fault)) return [];
      told.add(fault);
      return [diagnosticAt(file.path, lineOf(file, imported.node), 'unknown-library-name', fault)];
    });
}

function faultOf({ module, name }: ImportedName, { library, ownTops }: ImportableNames): string | undefined {
  const top = module.split('.')[0]!;
  if (ownTops.has(top)) return undefined;
  const { modules } = library;
  if (!(top in modules))
    return `\`${top}\` is no module of the service, of Python ${library.python} or of a library that the service requires.`;
  if (!(module in modules))
    return hasUnlistedModules(top, library) ? undefined : `\`${top}\` has no module \`${module}\`${versionOf(library, top)}.`;
  const names = modules[module];
  if (typeof names !== 'string' || name === undefined || name === '*' || name.startsWith('__')) return undefined;
  if (names.split(' ').includes(name) || `${module}.${name}` in modules) return undefined;
  return `\`${module}\` has no name \`${name}\`${versionOf(library, top)}.`;
}

/** Modules of the standard library that another system has are known by their first name only. */
function hasUnlistedModules(top: string, { modules }: LibraryNames): boolean {
  return modules[top] === null && !Object.keys(modules).some((module) => module.startsWith(`${top}.`));
}

function versionOf({ versions, python }: LibraryNames, top: string): string {
  const distribution = top === 'jwt' ? 'pyjwt' : top.replaceAll('_', '-');
  const version = versions[distribution];
  return version === undefined ? ` in Python ${python}` : ` in version ${version}`;
}

/** Under `if TYPE_CHECKING` nothing is run, and in `try` a failure may be caught. */
function isExcused({ text }: PythonFile, { node }: ImportedName): boolean {
  for (let current = node.parent; current !== undefined; current = current.parent) {
    if (current.type === 'try_statement') return true;
    if (current.type === 'if_statement' && /^if\s+(?:\w+\.)?TYPE_CHECKING\b/.test(text.slice(current.start, current.end))) return true;
  }
  return false;
}

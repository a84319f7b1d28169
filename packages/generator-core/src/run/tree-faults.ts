import { openProject, type Diagnostic } from '@org/validator';
import { dataFaults } from '../gate/data-faults';
import { groupByPath } from '../gate/group-by-path';
import type { ProjectReader } from '../project/project-reader';
import type { DiskComparison } from '../promote/compare-with-disk';

type Compared = Extract<DiskComparison, { readonly kind: 'compared' }>;

interface TreeSource {
  readonly project: ProjectReader;
  /** Of all files, by path, as the generator has them. */
  readonly texts: ReadonlyMap<string, string>;
}

/**
 * What a run would break, by path: certain diagnostics of the project as it would stand on the disk that it has not today,
 * in files that are not word for word the generator's: those are through the gates already. Nothing where there are no others.
 * The project of today is read once, and judged once, for all comparisons that are asked about; not at all where they write nothing.
 */
export function treeFaults({
  project,
  texts,
}: TreeSource): (changes: Pick<Compared, 'writes' | 'deletes'>) => ReadonlyMap<string, readonly Diagnostic[]> {
  let before: ReadonlyMap<string, string> | undefined;
  let known: ReadonlySet<string> | undefined;
  return ({ writes, deletes }) => {
    if (writes.size === 0 && deletes.length === 0) return new Map();
    before ??= readAll(project.list().filter(isChecked), project);
    const after = new Map([...before, ...[...writes].filter(([path]) => isChecked(path))]);
    for (const path of deletes) after.delete(path);
    const own = new Set([...after].filter(([path, text]) => texts.get(path) !== text).map(([path]) => path));
    if (own.size === 0) return new Map();
    const found = faultsOf(after).filter(({ path }) => own.has(path));
    if (found.length === 0) return new Map();
    known ??= new Set(faultsOf(before).map(identityOf));
    return groupByPath(found.filter((diagnostic) => !known!.has(identityOf(diagnostic))));
  };
}

/** Hidden folders hold what is kept for the next run, and tools' own files. */
function isChecked(path: string): boolean {
  return /\.(py|toml|ya?ml|json)$/.test(path) && !/(^|\/)\./.test(path);
}

function readAll(paths: readonly string[], project: ProjectReader): ReadonlyMap<string, string> {
  return new Map(
    paths.flatMap((path): [string, string][] => {
      const text = project.read(path);
      return text === undefined ? [] : [[path, text]];
    }),
  );
}

/** Whether the spec is the one that the files are made from is not judged here: the manifest is not among them. */
function faultsOf(files: ReadonlyMap<string, string>): readonly Diagnostic[] {
  const python = openProject({ files })
    .check()
    .filter(({ certainty }) => certainty === 'certain');
  return [...python, ...[...files].flatMap(([path, text]) => dataFaults(path, text))];
}

/** Without the place: an edit above moves it. */
function identityOf({ path, rule, message }: Diagnostic): string {
  return JSON.stringify([path, rule, message]);
}

import { isEqual } from '../../algorithms/is-equal';
import type { DefinitionIndex } from './definition-index';
import { ownersAt } from './list-owners';
import type { Target } from './reference-resolver';
import type { RouteOwner } from './service-model';

/** Owners that are handed on, directly or with their module: anything may include them, or add routes to them. */
export function findEscaped(index: DefinitionIndex, owners: readonly RouteOwner[]): ReadonlySet<string> {
  const { memo } = index;
  if (owners.length === 0) return NOBODY;
  const listed = index.ofFiles('handed on', (path) => handedOnBy(path, index));
  const files = memo.derive('files that hand on', [listed], () =>
    memo.keepList(
      'files that hand on',
      listed.filter((file) => file !== NOTHING),
    ),
  );
  const stars = memo.derive('starred files', [files], () =>
    memo.keepList('starred files', [...new Set(files.flatMap((file) => file.stars))].sort()),
  );
  const starred = memo.computeAll('starred', stars, (path) => symbolsOf(path, index));
  return memo.derive<ReadonlySet<string>>('escaped', [files, starred, owners], (before) => {
    const all = [...files, ...starred];
    const modules = [...new Set(all.flatMap((file) => file.modules))];
    const isBelow = (path: string): boolean => modules.some((module) => `/${path}`.includes(`/${module}`));
    const below = owners.filter(({ path }) => isBelow(path)).map(({ id }) => id);
    const escaped = new Set([...all.flatMap((file) => file.owners), ...below].sort());
    return before !== undefined && isEqual(before, escaped) ? before : escaped;
  });
}

const NOBODY: ReadonlySet<string> = new Set();

/** What one file hands on: owners, and places of modules; `stars`: the files its star imports read. */
interface HandedOn {
  readonly owners: readonly string[];
  readonly modules: readonly string[];
  readonly stars: readonly string[];
}

const NOTHING: HandedOn = { owners: [], modules: [], stars: [] };

function handedOnBy(path: string, index: DefinitionIndex): HandedOn {
  const service = index.project.summaries.get(path)?.service;
  const targets = (service?.ambiguousImports ?? []).map(({ importIndex, importedNameIndex }) =>
    index.resolver.resolveImport(path, importIndex, importedNameIndex),
  );
  for (const use of service?.looseUses ?? []) {
    for (let length = 1; length <= Math.min(use.names.length, 5); length += 1) {
      const target = index.resolver.resolve(path, { ...use, names: use.names.slice(0, length) });
      if (target.kind === 'variable' || (target.kind === 'module' && length === use.names.length)) targets.push(target);
      if (target.kind !== 'module') break;
    }
  }
  return handOn(targets, starTargets(path, index), index);
}

/** Names a star import brings are used without a trace of where they come from. */
function symbolsOf(path: string, index: DefinitionIndex): HandedOn {
  const names = [...(index.project.summaries.get(path)?.symbols.keys() ?? [])];
  return handOn(
    names.map((name) => index.resolver.resolveSymbol(path, name)),
    [],
    index,
  );
}

function handOn(targets: readonly Target[], stars: readonly string[], index: DefinitionIndex): HandedOn {
  const modules = targets.flatMap((target) =>
    target.kind === 'module' ? [target.path?.replace(/__init__\.py$/, '') ?? `${target.module.replaceAll('.', '/')}/`] : [],
  );
  const owners = targets.flatMap((target) => {
    if (target.kind !== 'variable') return [];
    const id = `${target.path}#${target.variable}`;
    return ownersAt(target.path, index).some((owner) => owner.id === id) ? [id] : [];
  });
  const isEmpty = modules.length === 0 && owners.length === 0 && stars.length === 0;
  return isEmpty ? NOTHING : { owners: [...new Set(owners)], modules: [...new Set(modules)], stars };
}

function starTargets(path: string, { project: { summaries, links } }: DefinitionIndex): readonly string[] {
  return (summaries.get(path)?.imports ?? []).flatMap(({ kind }, index) => {
    const resolution = kind === 'star' ? links.get(path)?.imports[index]?.resolution : undefined;
    return resolution?.kind === 'module' ? [resolution.path] : [];
  });
}

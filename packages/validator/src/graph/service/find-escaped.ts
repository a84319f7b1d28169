import type { DefinitionIndex } from './definition-index';
import { stageKey } from '../../algorithms/read-memo';
import type { Target } from './reference-resolver';
import type { RouteOwner } from './service-model';

/** Owners that are handed on, directly or with their module: anything may include them, or add routes to them. */
export function findEscaped(index: DefinitionIndex, owners: readonly RouteOwner[]): readonly string[] {
  if (owners.length === 0) return [];
  const files = index.ofFiles('handed on', (path) => handedOnBy(path, index));
  const starred = [...new Set(files.flatMap(({ stars }) => stars))].map((path) =>
    index.memo.compute(stageKey('starred', path), () => symbolsOf(path, index)),
  );
  const all = [...files, ...starred];
  const modules = [...new Set(all.flatMap((file) => file.modules))];
  const isBelow = (path: string): boolean => modules.some((module) => `/${path}`.includes(`/${module}`));
  const below = owners.filter(({ path }) => isBelow(path)).map(({ id }) => id);
  const known = new Set(owners.map(({ id }) => id));
  return [...new Set([...all.flatMap((file) => file.variables.filter((id) => known.has(id))), ...below])].sort();
}

/** What one file hands on: `path#variable`, and places of modules; `stars`: the files its star imports read. */
interface HandedOn {
  readonly variables: readonly string[];
  readonly modules: readonly string[];
  readonly stars: readonly string[];
}

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
  return { ...placesOf(targets), stars: starTargets(path, index) };
}

/** Names a star import brings are used without a trace of where they come from. */
function symbolsOf(path: string, index: DefinitionIndex): HandedOn {
  const names = [...(index.project.summaries.get(path)?.symbols.keys() ?? [])];
  return { ...placesOf(names.map((name) => index.resolver.resolveSymbol(path, name))), stars: [] };
}

function placesOf(targets: readonly Target[]): Omit<HandedOn, 'stars'> {
  return {
    variables: targets.flatMap((target) => (target.kind === 'variable' ? [`${target.path}#${target.variable}`] : [])),
    modules: targets.flatMap((target) =>
      target.kind === 'module' ? [target.path?.replace(/__init__\.py$/, '') ?? `${target.module.replaceAll('.', '/')}/`] : [],
    ),
  };
}

function starTargets(path: string, { project: { summaries, links } }: DefinitionIndex): readonly string[] {
  return (summaries.get(path)?.imports ?? []).flatMap(({ kind }, index) => {
    const resolution = kind === 'star' ? links.get(path)?.imports[index]?.resolution : undefined;
    return resolution?.kind === 'module' ? [resolution.path] : [];
  });
}

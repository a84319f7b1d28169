import type { DefinitionIndex } from './definition-index';
import type { Target, WiredProject } from './reference-resolver';
import type { RouteOwner } from './service-model';

/** Owners that are handed on, directly or with their module: anything may include them, or add routes to them. */
export function findEscaped(index: DefinitionIndex, owners: ReadonlyMap<string, RouteOwner>): ReadonlySet<string> {
  const escaped = new Set<string>();
  if (owners.size === 0) return escaped;
  const modules = new Set<string>();
  const note = (target: Target): void => {
    if (target.kind === 'variable') escaped.add(`${target.path}#${target.variable}`);
    else if (target.kind === 'module') modules.add(target.path?.replace(/__init__\.py$/, '') ?? `${target.module.replaceAll('.', '/')}/`);
  };
  for (const [path, { service }] of index.project.summaries) {
    for (const { importIndex, importedNameIndex } of service?.ambiguousImports ?? [])
      note(index.resolver.resolveImport(path, importIndex, importedNameIndex));
    for (const use of service?.looseUses ?? []) {
      for (let length = 1; length <= Math.min(use.names.length, 5); length += 1) {
        const target = index.resolver.resolve(path, { ...use, names: use.names.slice(0, length) });
        if (target.kind === 'variable' || (target.kind === 'module' && length === use.names.length)) note(target);
        if (target.kind !== 'module') break;
      }
    }
  }
  for (const path of starTargets(index.project)) {
    for (const name of index.project.summaries.get(path)?.symbols.keys() ?? []) note(index.resolver.resolveSymbol(path, name));
  }
  const isBelow = (path: string): boolean => [...modules].some((module) => `/${path}`.includes(`/${module}`));
  for (const { id, path } of owners.values()) if (isBelow(path)) escaped.add(id);
  return escaped;
}

/** Files some star import reads: names they bring are used without a trace of where they come from. */
function starTargets({ summaries, links }: WiredProject): ReadonlySet<string> {
  const targets = new Set<string>();
  for (const [path, { imports }] of summaries) {
    imports.forEach(({ kind }, index) => {
      const resolution = links.get(path)?.imports[index]?.resolution;
      if (kind === 'star' && resolution?.kind === 'module') targets.add(resolution.path);
    });
  }
  return targets;
}

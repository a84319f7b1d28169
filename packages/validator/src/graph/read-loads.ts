import type { ModuleSummary } from '../extract/module-summary';
import type { LinkedModule } from './linked-module';
import type { WiredProject } from './service/reference-resolver';

/** What one file loads. */
export interface FileLoads {
  /** At load time, and the packages around it; parents of what it imports are left out, they are loaded before. */
  readonly targets: readonly string[];
  /** All files that following its load may come to next. */
  readonly reach: readonly string[];
  /** `from . import name` in a package's own `__init__.py`, where no submodule answers. */
  readonly isOwn: boolean;
}

export function readLoads(path: string, { summaries, links, resolver }: WiredProject): FileLoads {
  const summary = summaries.get(path)!;
  const linked = links.get(path)!;
  const targets = new Set<string>();
  linked.imports.forEach(({ resolution, names }, index) => {
    const { typeCheckingOnly, time } = summary.imports[index]!;
    if (typeCheckingOnly || time === 'call') return;
    if (resolution.kind === 'module') targets.add(resolution.path);
    for (const name of names) if (name.path !== undefined) targets.add(name.path);
  });
  for (const parent of parentPackages(path)) if (summaries.has(parent)) targets.add(parent);
  targets.delete(path);
  const locations = modulesAsked(summary, linked).map((module) => resolver.finder.find(module));
  const loaded = locations.flatMap((location) => (location.kind === 'missing' ? [] : location.loads));
  const reach = new Set([...targets, ...loaded, ...conftests(path, summaries)]);
  return { targets: [...targets], reach: [...reach], isOwn: importsItself(path, summary, linked) };
}

/** Every module that `LoadSimulation` may look for on behalf of a file. */
function modulesAsked({ imports, loadSteps }: ModuleSummary, linked: LinkedModule): readonly string[] {
  const asked = new Set(linked.module === undefined ? [] : [linked.module]);
  for (const [index, { resolution, names }] of linked.imports.entries()) {
    if (resolution.kind !== 'module' && resolution.kind !== 'namespace-package') continue;
    if (imports[index]!.typeCheckingOnly || imports[index]!.time === 'call') continue;
    asked.add(resolution.module);
    for (const { name } of names) asked.add(`${resolution.module}.${name}`);
  }
  for (const step of loadSteps) {
    if (step.kind !== 'use') continue;
    const { resolution, names } = linked.imports[step.use.importIndex]!;
    if (resolution.kind !== 'module') continue;
    const { importedNameIndex: at, attributes } = step.use;
    let module = at === undefined ? resolution.module : `${resolution.module}.${names[at]!.name}`;
    if (at === undefined && !imports[step.use.importIndex]!.hasAlias) module = module.split('.')[0]!;
    asked.add(module);
    for (const { name } of attributes) asked.add((module = `${module}.${name}`));
  }
  return [...asked];
}

function importsItself(path: string, { imports }: ModuleSummary, linked: LinkedModule): boolean {
  return linked.imports.some(({ resolution, names }, index) => {
    const { kind, typeCheckingOnly, time } = imports[index]!;
    const isAsked = kind === 'import' || names.some(({ status }) => status !== 'submodule');
    const isOwn = (resolution.kind === 'module' && resolution.path === path && isAsked) || names.some((name) => name.path === path);
    return isOwn && !typeCheckingOnly && time === 'load';
  });
}

function parentPackages(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => `${parts.slice(0, index + 1).join('/')}/__init__.py`);
}

/** What pytest loads before a test file. */
export function conftests(path: string, files: { readonly has: (path: string) => boolean }): readonly string[] {
  if (!/(^|\/)(test_[^/]*|[^/]*_test)\.py$/.test(path)) return [];
  const folders = path.split('/').slice(0, -1);
  return ['', ...folders.map((_, index) => `${folders.slice(0, index + 1).join('/')}/`)]
    .map((folder) => `${folder}conftest.py`)
    .filter((file) => files.has(file));
}

import type { Span } from '../text/span';
import type { DefinitionIndex } from './service/definition-index';
import type { WiredProject } from './service/reference-resolver';

/** An import that asks for a file by one of its names. */
export interface ModuleRequest {
  readonly importer: string;
  readonly span: Span;
  readonly module: string;
}

/** A file that imports ask for by two names: Python loads it twice. */
export interface DoubleModule {
  readonly path: string;
  /** By the name its place in the project gives it. */
  readonly usual: ModuleRequest;
  readonly other: ModuleRequest;
}

/** The first file of each pair of prefixes: `models` and `app.models`, `db` and `app.db` have one cause. */
export function findDoubleModules(index: DefinitionIndex): readonly DoubleModule[] {
  const { project } = index;
  const files = index.ofFiles('module requests', (path) => requestsOf(path, project));
  return index.memo.derive('double modules', [files], () => findDoubles(files, project));
}

function findDoubles(files: readonly FileRequests[], project: WiredProject): readonly DoubleModule[] {
  if (!files.some(({ isUnusual }) => isUnusual)) return [];
  const requests = requestsByFile(files);
  const found = new Map<string, DoubleModule>();
  for (const path of [...requests.keys()].sort()) {
    const names = requests.get(path)!;
    const usual = names.get(project.resolver.moduleOf(path) ?? '') ?? [...names.values()][0]!;
    const other = [...names.values()].find(({ module }) => module !== usual.module);
    if (other === undefined) continue;
    const cause = prefixes(usual.module, other.module);
    if (!found.has(cause)) found.set(cause, { path, usual, other });
  }
  return [...found.values()];
}

/** File → name → the first import that asks for it by that name. */
function requestsByFile(files: readonly FileRequests[]): ReadonlyMap<string, ReadonlyMap<string, ModuleRequest>> {
  const requests = new Map<string, Map<string, ModuleRequest>>();
  const note = (path: string, request: ModuleRequest): void => {
    const known = requests.get(path) ?? new Map<string, ModuleRequest>();
    requests.set(path, known);
    if (!known.has(request.module)) known.set(request.module, request);
  };
  for (const { requested } of files) for (const [path, request] of requested) note(path, request);
  return requests;
}

interface FileRequests {
  /** Which file is asked for, in source order. */
  readonly requested: readonly (readonly [string, ModuleRequest])[];
  /** Some file is asked for by another name than its place gives it. */
  readonly isUnusual: boolean;
}

function requestsOf(importer: string, { summaries, links, resolver }: WiredProject): FileRequests {
  const requested = (links.get(importer)?.imports ?? []).flatMap(({ resolution, names }, index): [string, ModuleRequest][] => {
    const { typeCheckingOnly, moduleSpan: span } = summaries.get(importer)!.imports[index]!;
    if (typeCheckingOnly || (resolution.kind !== 'module' && resolution.kind !== 'namespace-package')) return [];
    if (resolution.kind === 'module' && resolution.via === 'other-folder') return [];
    const { module } = resolution;
    return [
      ...(resolution.kind === 'module' ? [[resolution.path, { importer, span, module }] satisfies [string, ModuleRequest]] : []),
      ...names.flatMap(({ name, path }): [string, ModuleRequest][] =>
        path === undefined ? [] : [[path, { importer, span, module: `${module}.${name}` }]],
      ),
    ];
  });
  return { requested, isUnusual: requested.some(([path, { module }]) => resolver.moduleOf(path) !== module) };
}

/** What is left of two names when their common end is taken off. */
function prefixes(left: string, right: string): string {
  const [first, second] = [left.split('.'), right.split('.')];
  while (first.length > 0 && second.length > 0 && first.at(-1) === second.at(-1)) {
    first.pop();
    second.pop();
  }
  return `${first.join('.')}|${second.join('.')}`;
}

import type { Span } from '../text/span';
import type { LoadableProject } from './load-simulation';

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
export function findDoubleModules(project: LoadableProject): readonly DoubleModule[] {
  const requests = requestsByFile(project);
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
function requestsByFile({ summaries, links }: LoadableProject): ReadonlyMap<string, ReadonlyMap<string, ModuleRequest>> {
  const requests = new Map<string, Map<string, ModuleRequest>>();
  const note = (path: string, request: ModuleRequest): void => {
    const known = requests.get(path) ?? new Map<string, ModuleRequest>();
    requests.set(path, known);
    if (!known.has(request.module)) known.set(request.module, request);
  };
  for (const importer of [...summaries.keys()].sort()) {
    links.get(importer)?.imports.forEach(({ resolution, names }, index) => {
      const { typeCheckingOnly, moduleSpan: span } = summaries.get(importer)!.imports[index]!;
      if (typeCheckingOnly || (resolution.kind !== 'module' && resolution.kind !== 'namespace-package')) return;
      if (resolution.kind === 'module' && resolution.via === 'other-folder') return;
      const { module } = resolution;
      if (resolution.kind === 'module') note(resolution.path, { importer, span, module });
      for (const { name, path } of names) if (path !== undefined) note(path, { importer, span, module: `${module}.${name}` });
    });
  }
  return requests;
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

import type { openProject } from '../src/index';

/** Files an import loads: itself, the packages around it, and so on for all they import. */
export function loadedBy(start: string, files: ReadonlyMap<string, string>, project: ReturnType<typeof openProject>): ReadonlySet<string> {
  const loaded = new Set<string>();
  const pending = [start];
  while (pending.length > 0) {
    const path = pending.pop()!;
    if (loaded.has(path)) continue;
    loaded.add(path);
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const parent = `${path.slice(0, end)}/__init__.py`;
      if (files.has(parent)) pending.push(parent);
    }
    pending.push(...project.importsOf(path).map((each) => each.path));
  }
  return loaded;
}

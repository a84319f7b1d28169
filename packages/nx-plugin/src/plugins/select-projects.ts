import type { PythonFolder } from './python-folder';

/** What tests need, and no project of the workspace: below a project, in one of these. */
const FIXTURES = /(^|\/)(tests?|fixtures|test[-_]?data|test[-_]fixtures)(\/|$)/;

/** The folders that are projects. A spec or a `project.json` says so itself; the rest is told from the manifests and where they lie. */
export function selectProjects(folders: readonly PythonFolder[]): readonly PythonFolder[] {
  const stated = folders.filter(isStated);
  const roots = new Set(stated.map(({ root }) => root));
  return stated.filter((folder) => {
    if (folder.facts.kind === 'service') return true;
    if (folder.root === '.') return !folder.isUvWorkspace && stated.length === 1;
    return folder.hasProjectFile || !isFixture(folder.root, roots);
  });
}

function isStated({ facts, hasProjectFile }: PythonFolder): boolean {
  return facts.kind !== 'settings' || hasProjectFile;
}

function isFixture(root: string, roots: ReadonlySet<string>): boolean {
  for (let end = root.lastIndexOf('/'); end > 0; end = root.lastIndexOf('/', end - 1)) {
    if (roots.has(root.slice(0, end)) && FIXTURES.test(root.slice(end + 1))) return true;
  }
  return false;
}

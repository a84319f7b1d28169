/** Folders of tools and of installed packages, and what is made from sources. */
const NOT_SOURCES = new Set(['node_modules', 'venv', 'site-packages', 'build', 'dist', 'template', 'templates']);
/** `{{ cookiecutter.name }}`, `<%= name %>`, `__name__` */
const PLACEHOLDER = /\{\{|\{%|<%|^__.+__$/;

/** Whether that path, relative to the workspace root, lies in a folder whose manifests are nobody's project. */
export function isLeftOut(path: string): boolean {
  return path
    .split('/')
    .slice(0, -1)
    .some((part) => part.startsWith('.') || NOT_SOURCES.has(part) || PLACEHOLDER.test(part));
}

/** Folder with Python files in it or below it → whether it is a regular package. */
export function listPythonFolders(files: Iterable<string>): ReadonlyMap<string, boolean> {
  const folders = new Map<string, boolean>();
  for (const path of files) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const folder = path.slice(0, end);
      if (folders.has(folder)) break;
      folders.set(folder, false);
    }
  }
  for (const path of files) if (path.endsWith('/__init__.py')) folders.set(path.slice(0, -'/__init__.py'.length), true);
  return folders;
}

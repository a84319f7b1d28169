/** `.`, and `src` when it holds Python files and is no package itself. */
export function defaultImportRoots(files: Iterable<string>): readonly string[] {
  let hasSource = false;
  let isPackage = false;
  for (const path of files) {
    if (path === 'src/__init__.py') isPackage = true;
    else if (path.startsWith('src/') && path.endsWith('.py')) hasSource = true;
  }
  return hasSource && !isPackage ? ['.', 'src'] : ['.'];
}

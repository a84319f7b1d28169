/**
 * Whether a path matches a pattern as in .gitignore: a pattern without `/` matches a file or folder of that name anywhere,
 * one with `/` from the project root; a matched folder holds all that is below it. `*` and `?` stay inside a name, `**` does not.
 */
export function matchesPath(path: string, pattern: string): boolean {
  const trimmed = pattern.replace(/^\.?\//, '').replace(/\/$/, '');
  if (trimmed === '') return false;
  const isAnywhere = !pattern.replace(/\/$/, '').includes('/');
  return new RegExp(`^${isAnywhere ? '(?:.*/)?' : ''}${toSource(trimmed)}(?:/.*)?$`, 'su').test(path);
}

function toSource(pattern: string): string {
  return pattern.replace(/\*\*\/|\*+|\?|[\\^$+.()|[\]{}/]/g, (part) => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    return part.startsWith('*') ? '.*' : `\\${part}`;
  });
}

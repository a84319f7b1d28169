/** Whether one of the paths or globs of a spec names the path: `*` and `?` stay within a name, `**` is any folders. */
export function isOwned(path: string, owned: readonly string[]): boolean {
  return owned.some((pattern) => globPattern(pattern).test(path));
}

function globPattern(glob: string): RegExp {
  const parts = glob.split(/(\*\*\/|\*\*|\*|\?)/).map((part) => wildcards[part] ?? part.replaceAll('.', '\\.'));
  return new RegExp(`^${parts.join('')}$`);
}

const wildcards: Readonly<Record<string, string>> = { '**/': '(.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' };

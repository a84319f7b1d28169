import type { PythonPin } from './python-pins';

/**
 * Packages in the output of `uv pip compile --generate-hashes --annotation-style line`:
 *
 *     colorama==0.4.6 ; sys_platform == 'win32' \
 *         --hash=sha256:… \
 *         --hash=sha256:…
 *         # via pytest
 *
 * Throws on a line of another form, and on two versions of one package: a service gets one.
 */
export function parseCompiledRequirements(text: string): Readonly<Record<string, PythonPin>> {
  const packages = new Map<
    string,
    { readonly version: string; readonly marker?: string; readonly hashes: string[]; readonly needs: string[] }
  >();
  const neededBy = new Map<string, readonly string[]>();
  let current = '';
  for (const line of text.split('\n')) {
    const content = line.replace(/\s*\\$/, '').trim();
    const requirement = /^([a-z0-9-]+)==([^\s;]+)(?:\s*;\s*(.+))?$/.exec(content);
    const hash = /^--hash=(sha256:[0-9a-f]{64})$/.exec(content);
    const via = /^# via (.+)$/.exec(content);
    if (requirement?.[1] !== undefined && requirement[2] !== undefined) {
      current = requirement[1];
      if (packages.has(current))
        throw new Error(`Two versions of ${current} were resolved, one is wanted. Loosen a requirement in python-requirements.ts.`);
      packages.set(current, {
        version: requirement[2],
        ...(requirement[3] === undefined ? {} : { marker: requirement[3] }),
        hashes: [],
        needs: [],
      });
    } else if (hash?.[1] !== undefined) packages.get(current)?.hashes.push(hash[1]);
    else if (via?.[1] !== undefined) neededBy.set(current, via[1].split(', '));
    else if (content !== '') throw new Error(`The output of uv pip compile has a line of an unknown form: ${content}`);
  }
  for (const [name, dependents] of neededBy) for (const dependent of dependents) packages.get(dependent)?.needs.push(name);
  return Object.fromEntries(
    [...packages]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { hashes, needs, ...pin }]) => [name, { ...pin, hashes: hashes.sort(), needs: needs.sort() }]),
  );
}

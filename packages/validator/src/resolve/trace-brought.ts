import { BROUGHT_BY_DISTRIBUTION, BROUGHT_BY_EXTRA, BROUGHT_BY_PREFIX } from '../python/import-to-distribution.data';

interface Installation {
  readonly declared: ReadonlySet<string>;
  /** As `name[extra]`. */
  readonly extras: ReadonlySet<string>;
  /** What the lock file installs, and what each of these needs. */
  readonly locked: ReadonlyMap<string, readonly string[]>;
}

/** What is installed along with the declared distributions, each with the shortest way down to it. */
export function traceBrought({ declared, extras, locked }: Installation): ReadonlyMap<string, readonly string[]> {
  const brought = new Map<string, readonly string[]>();
  const pending: string[] = [];
  const visit = (name: string, way: readonly string[]): void => {
    if (brought.has(name)) return;
    brought.set(name, way);
    pending.push(name);
  };
  for (const extra of [...extras].sort()) for (const name of BROUGHT_BY_EXTRA[extra] ?? []) visit(name, [extra]);
  for (const name of [...declared].sort()) for (const needed of neededBy(name, locked)) visit(needed, [name]);
  for (let index = 0; index < pending.length; index += 1) {
    const name = pending[index]!;
    for (const needed of neededBy(name, locked)) visit(needed, [...brought.get(name)!, name]);
  }
  for (const name of locked.keys()) if (!declared.has(name)) visit(name, []);
  return brought;
}

function neededBy(name: string, locked: Installation['locked']): readonly string[] {
  const hosts = Object.keys(BROUGHT_BY_PREFIX).filter((prefix) => name.startsWith(prefix));
  return [...(locked.get(name) ?? []), ...(BROUGHT_BY_DISTRIBUTION[name] ?? []), ...hosts.map((prefix) => BROUGHT_BY_PREFIX[prefix]!)];
}

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A package that the user has installed; undefined when it is not there. Throws when it is there and cannot be loaded. */
export async function importFromWorkspace(workspaceRoot: string, name: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  const path = resolveFrom(workspaceRoot, name);
  return path === undefined ? undefined : ((await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>);
}

function resolveFrom(workspaceRoot: string, name: string): string | undefined {
  try {
    return createRequire(join(workspaceRoot, 'package.json')).resolve(name);
  } catch {
    return undefined;
  }
}

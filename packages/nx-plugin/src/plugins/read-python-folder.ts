import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pluginVersion } from '../plugin-version';
import type { ManifestFacts } from './read-manifest-facts';
import type { PythonFolder } from './python-folder';

/** What is kept between commands, by key. */
export interface FactsCache {
  readonly get: (key: string) => ManifestFacts | undefined;
  readonly set: (key: string, facts: ManifestFacts) => void;
}

/** Reads the manifests of one folder; undefined when there is no `pyproject.toml`, so that nothing was made from the spec yet. */
export async function readPythonFolder({
  root,
  hasSpec,
  workspaceRoot,
  cache,
}: {
  readonly root: string;
  readonly hasSpec: boolean;
  readonly workspaceRoot: string;
  readonly cache: FactsCache;
}): Promise<PythonFolder | undefined> {
  const folder = join(workspaceRoot, root);
  const pyproject = readText(join(folder, 'pyproject.toml'));
  if (pyproject === undefined) return undefined;
  const spec = hasSpec ? readText(join(folder, 'service.yaml')) : undefined;
  const { facts, isUvWorkspace } = await factsOf({ pyproject, spec, cache });
  const projectFile = readText(join(folder, 'project.json'));
  const givenName = nameIn(projectFile) ?? nameIn(readText(join(folder, 'package.json')));
  const file = facts.kind === 'service' ? 'service.yaml' : 'pyproject.toml';
  return {
    root,
    file: root === '.' ? file : `${root}/${file}`,
    facts,
    isUvWorkspace,
    ...(givenName === undefined ? {} : { givenName }),
    hasProjectFile: projectFile !== undefined,
    hasSourceFolder: existsSync(join(folder, 'src')),
  };
}

/** The reader of TOML is loaded only for texts not seen before: every Nx command comes by. */
async function factsOf({
  pyproject,
  spec,
  cache,
}: {
  readonly pyproject: string;
  readonly spec: string | undefined;
  readonly cache: FactsCache;
}): Promise<ManifestFacts> {
  const key = createHash('sha256')
    .update(JSON.stringify([pluginVersion, pyproject, spec]))
    .digest('hex');
  const known = cache.get(key);
  if (known !== undefined) return known;
  const { readManifestFacts } = await import('./read-manifest-facts.js');
  const facts = readManifestFacts({ pyproject, spec });
  cache.set(key, facts);
  return facts;
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A file that is no JSON names nothing; Nx's own plugins tell the user about it. */
function nameIn(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  try {
    const { name } = JSON.parse(text) as { readonly name?: unknown };
    return typeof name === 'string' ? name : undefined;
  } catch {
    return undefined;
  }
}

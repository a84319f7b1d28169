import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readServiceName } from './read-service-name';

/** What the files of a service say about its Nx project. */
export interface ServiceFacts {
  /** Relative to the workspace root, with `/`. */
  readonly root: string;
  readonly service: string;
  /** A `project.json` or `package.json` beside the spec names the project. */
  readonly isNamedElsewhere: boolean;
}

/** Undefined when the `service.yaml` is not a service of ours: another tool's file, or a spec that nothing was made from yet. */
export function readServiceFacts(specFile: string, workspaceRoot: string): ServiceFacts | undefined {
  if (/(^|\/)(node_modules|\.venv)\//.test(specFile)) return undefined;
  const root = dirname(specFile);
  const folder = join(workspaceRoot, root);
  if (!existsSync(join(folder, 'pyproject.toml'))) return undefined;
  const service = readServiceName(readFileSync(join(workspaceRoot, specFile), 'utf8'));
  if (service === undefined) return undefined;
  return { root, service, isNamedElsewhere: ['project.json', 'package.json'].some((file) => hasName(join(folder, file))) };
}

/** A file that is no JSON names nothing; Nx's own plugins tell the user about it. */
function hasName(file: string): boolean {
  if (!existsSync(file)) return false;
  try {
    const { name } = JSON.parse(readFileSync(file, 'utf8')) as { readonly name?: unknown };
    return typeof name === 'string';
  } catch {
    return false;
  }
}

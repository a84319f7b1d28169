import { join } from 'node:path';
import { digestOf, recallVerdict, type VerdictPlace } from '@org/validator/verdict';
import { replaceOutputFile } from '../../adapters/replace-output-file';
import { pluginVersion } from '../../plugin-version';
import type { CheckedProject } from './check-project';
import { outputFiles } from './output-files';
import { placeInWorkspace } from './place-in-workspace';
import type { ProjectToValidate } from './project-to-validate';

export interface Validation {
  /** No certain diagnostic; possible ones are shown and fail nothing. */
  readonly isValid: boolean;
  /** What is shown: the same for the same files, wherever they lie. */
  readonly text: string;
  readonly work: ValidationWork;
}

/** What it took. */
export type ValidationWork =
  /** No input differs from an earlier run's. */
  | { readonly kind: 'replayed' }
  /** `parsed`: the files that no earlier run had read with the same text. */
  | { readonly kind: 'checked'; readonly parsed: readonly string[] };

/**
 * Checks a project as it lies on the disk, and writes what dependents and code scanning want to know.
 * Nx misses for reasons of its own and keeps no failed run: when no input differs, the earlier verdict is replayed, and nothing that judges is loaded.
 */
export async function validateProject(project: ProjectToValidate): Promise<Validation> {
  const place = placeOf(project);
  const known = recallVerdict<CheckedProject>(place);
  if (known !== undefined) return conclude(project, known, { kind: 'replayed' });
  const { checkProject } = await import('./check-project.js');
  const { checked, parsed } = await checkProject(project, place);
  return conclude(project, checked, { kind: 'checked', parsed });
}

function conclude(project: ProjectToValidate, { isValid, text, surface, sarif }: CheckedProject, work: ValidationWork): Validation {
  const faults = [writeOutput(project, outputFiles.surface, surface), writeOutput(project, outputFiles.sarif, sarif)];
  const fault = faults.find((message) => message !== undefined);
  return fault === undefined ? { isValid, text, work } : { isValid: false, text: `${text}\n${fault}`, work };
}

function writeOutput({ workspaceRoot, root }: ProjectToValidate, path: string, text: string): string | undefined {
  try {
    replaceOutputFile(join(workspaceRoot, root, path), text);
    return undefined;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    const reason = code === 'EACCES' || code === 'EPERM' || code === 'EROFS' ? 'the folder is read-only' : `the system says ${code}`;
    const whatToDo = 'Dependents of the project and code scanning read what is written there: make it writable.';
    return `${placeInWorkspace(root, path)} cannot be written: ${reason}. ${whatToDo}`;
  }
}

/** A folder for each project: a cache folder drops its oldest files when they become many. */
function placeOf({ cacheFolder, libraries, ...project }: ProjectToValidate): VerdictPlace {
  const surfaces = libraries.map(({ name, root, text }) => [name, root, digestOf(text)]);
  return {
    cacheFolder: join(cacheFolder, digestOf(project.root).replaceAll(/\W/g, '').slice(0, 16)),
    key: JSON.stringify([pluginVersion, project, surfaces]),
  };
}

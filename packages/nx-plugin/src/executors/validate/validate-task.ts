import { join } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { readOutputFile } from '../../adapters/read-output-file';
import { isTransactionUnfinished } from '../../adapters/transaction/is-transaction-unfinished';
import { UserError } from '../../errors/user-error';
import { findCacheFolder } from './find-cache-folder';
import { findLibraries } from './find-libraries';
import { outputFiles } from './output-files';
import type { LibrarySurface } from './project-to-validate';
import type { ValidateExecutorSchema } from './schema';
import { validateProject, type Validation } from './validate-project';

export interface TaskToValidate {
  readonly projectName: string;
  readonly targetName: string | undefined;
  readonly options: ValidateExecutorSchema;
  readonly context: ExecutorContext;
  /** Projects of the same batch that are still to be checked: their surfaces are those of an earlier run. */
  readonly pending?: ReadonlySet<string>;
}

/** One task of Nx, alone or of a batch. */
export async function validateTask({ projectName, targetName, options, context, pending }: TaskToValidate): Promise<Validation> {
  const { projects } = context.projectsConfigurations;
  const root = projects[projectName]?.root;
  if (root === undefined) throw new UserError(`There is no project "${projectName}" in this workspace. Name one of them: nx show projects`);
  assertFinished(join(context.root, root), projectName, root);
  const libraries = findLibraries({ projectName, targetName, context }).filter(({ name }) => pending?.has(name) !== true);
  return validateProject({
    name: projectName,
    root,
    workspaceRoot: context.root,
    innerRoots: findInnerRoots(
      root,
      Object.values(projects).map((project) => project.root),
    ),
    libraries: libraries.flatMap((library): LibrarySurface[] => {
      const text = readOutputFile(join(context.root, library.root, outputFiles.surface));
      return text === undefined ? [] : [{ ...library, text }];
    }),
    format: options.format ?? 'full',
    rules: options.rules ?? '',
    cacheFolder: findCacheFolder(context),
  });
}

/** Some files are those of before a generation and some of after it: what would be found says nothing. */
function assertFinished(folder: string, projectName: string, root: string): void {
  if (!isTransactionUnfinished(folder)) return;
  throw new UserError(
    `A generation of ${root} was killed while it put its files in place, so some are new and some are not. What to do: run the target generate of ${projectName}, which puts the others in place first.`,
  );
}

function findInnerRoots(root: string, roots: readonly string[]): readonly string[] {
  const start = root === '.' ? '' : `${root}/`;
  return roots
    .filter((other) => other !== root && other !== '.' && other.startsWith(start))
    .map((other) => other.slice(start.length))
    .sort();
}

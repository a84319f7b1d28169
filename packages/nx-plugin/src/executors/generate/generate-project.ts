import { join } from 'node:path';
import type { ExecutorContext, Tree } from '@nx/devkit';
import { findCallerFolder } from '../../adapters/find-caller-folder';
import { isTransactionUnfinished } from '../../adapters/transaction/is-transaction-unfinished';
import { openTransaction } from '../../adapters/transaction/transaction';
import { treeChanges } from '../../adapters/transaction/tree-changes';
import { UserError } from '../../errors/user-error';
import { assertTargetFolder } from '../../generators/project/assert-target-folder';
import { readOwnSpec } from '../../generators/project/read-spec';
import type { Generated } from '../../generators/project/run-core';
import { runService, type ServiceMade } from '../../generators/project/run-service';
import { FsTree } from '../../nx-compat';
import { cleanService } from './clean-service';
import { describeBases } from './describe-bases';
import { describeCheck } from './describe-check';
import { describeExplanations } from './describe-explanations';
import { describeDifferences } from './describe-differences';
import { describeRecovery } from './describe-recovery';
import type { GenerateExecutorSchema } from './schema';

interface ServiceProject {
  /** Of the Nx project. */
  readonly name: string;
  /** From the workspace root. */
  readonly directory: string;
  readonly workspaceRoot: string;
  /** Of this target. */
  readonly targetName: string;
}

/** Gives whether all is well: in a check, that nothing is out of step. Throws `UserError`. */
export async function generateProject(options: GenerateExecutorSchema, context: ExecutorContext): Promise<boolean> {
  const project = findProject(context);
  if (options.clean) {
    console.info(cleanService(project));
    return true;
  }
  if (options.check) return checkProject(project, options);
  if (options.dryRun) return showDifferences(project, options);
  return writeProject(project, options);
}

function findProject({ projectName: name = '', projectsConfigurations, targetName = 'generate', root }: ExecutorContext): ServiceProject {
  const directory = projectsConfigurations.projects[name]?.root;
  if (directory === undefined) throw new UserError(`There is no project "${name}" in this workspace. Name one of them: nx show projects`);
  if (directory === '.') {
    throw new UserError(
      `"${name}" is the workspace itself, and a service needs a folder of its own. Move it below the root, such as to apps/${name}.`,
    );
  }
  return { name, directory, workspaceRoot: root, targetName };
}

async function writeProject(project: ServiceProject, options: GenerateExecutorSchema): Promise<boolean> {
  const { directory, workspaceRoot } = project;
  const tree = new FsTree(workspaceRoot, false);
  assertTargetFolder(tree, directory);
  const transaction = openTransaction({ workspaceRoot, directory });
  try {
    if (transaction.recovered !== undefined) console.info(describeRecovery(directory, transaction.recovered));
    const { generated, seen, text, finish } = await make(tree, project, { options, isDryRun: false });
    transaction.apply(treeChanges(tree, seen));
    console.info(`${explained(generated, options)}${text}  ${describeBases(workspaceRoot, directory)}\n`);
    finish();
    return true;
  } finally {
    transaction.close();
  }
}

async function checkProject(project: ServiceProject, options: GenerateExecutorSchema): Promise<boolean> {
  assertFinished(project);
  const tree = new FsTree(project.workspaceRoot, false);
  // What a model wrote is kept as it is, so that nobody need be asked.
  const { generated } = await make(tree, project, { options: { ...options, model: 'none' }, isDryRun: true });
  const changes = treeChanges(tree);
  console.info(`${explained(generated, options)}${describeCheck({ ...project, changes, conflicts: generated.conflicts })}`);
  return changes.length === 0 && generated.conflicts.length === 0;
}

async function showDifferences(project: ServiceProject, options: GenerateExecutorSchema): Promise<boolean> {
  assertFinished(project);
  const tree = new FsTree(project.workspaceRoot, false);
  const { generated, text } = await make(tree, project, { options, isDryRun: true });
  console.info(
    `${describeDifferences(treeChanges(tree))}${explained(generated, options)}${text}\nNothing was written: this was a dry run.`,
  );
  return true;
}

function explained({ explanations }: Generated, { explain }: GenerateExecutorSchema): string {
  return explain ? describeExplanations(explanations) : '';
}

function make(
  tree: Tree,
  { name, directory, workspaceRoot }: ServiceProject,
  { options: { all, ...options }, isDryRun }: { readonly options: GenerateExecutorSchema; readonly isDryRun: boolean },
): Promise<ServiceMade> {
  return runService(tree, {
    spec: readOwnSpec(tree, directory),
    directory,
    callerFolder: findCallerFolder(workspaceRoot),
    options,
    all,
    installation: 'when-changed',
    isDryRun,
    nameOf: () => name,
  });
}

/** Throws `UserError` where the files are neither those of before nor those of after. */
function assertFinished({ name, directory, workspaceRoot, targetName }: ServiceProject): void {
  if (!isTransactionUnfinished(join(workspaceRoot, directory))) return;
  throw new UserError(
    `A run was killed while it put its files in place in ${directory}, so some are new and some are not. What to do: nx run ${name}:${targetName} puts the others in place first.`,
  );
}

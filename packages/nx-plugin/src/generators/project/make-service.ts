import { join } from 'node:path';
import { logger, type GeneratorCallback, type Tree } from '@nx/devkit';
import type { MigrationWishes, ProjectReader } from '@org/generator-core';
import { hasEnvironment } from '../../adapters/has-environment';
import { createTreeProjectReader } from '../../adapters/tree-project-reader';
import { registerPlugin } from '../init/register-plugin';
import { asksForOtherPackages } from './asks-for-other-packages';
import { assertReadableName } from './assert-readable-name';
import { assertTargetFolder } from './assert-target-folder';
import { assertUvReady } from './assert-uv-ready';
import { chooseName } from './choose-name';
import { describeRun } from './describe-run';
import { exportOpenapi } from './export-openapi';
import { installService } from './install-service';
import { readModelSettings } from './model-settings';
import type { Spec } from './read-spec';
import { refuseFlags } from './refuse-flags';
import { runCore, type Generated } from './run-core';
import { describeModelPlan, runWithModel } from './run-with-model';
import type { RunOptions } from './schema';
import { writeService } from './write-service';

export interface ServiceRun {
  readonly spec: Spec;
  /** Folder of the service. */
  readonly directory: string;
  /** Where the user is, from the workspace root. */
  readonly callerFolder: string;
  readonly options: RunOptions;
  /** The name that the user asked for. */
  readonly name?: string | undefined;
  /** `when-changed`: only where the packages are others than before, or were never locked. */
  readonly installation: 'always' | 'when-changed';
  /** What was done before the run. */
  readonly heading?: string;
}

/**
 * The run that every generator of a service shares. All that can fail comes before the first write, so that a refusal leaves
 * the Tree as it was; only the installation, and what the installed service writes of itself, come after, when the files are on the disk.
 */
export async function makeService(tree: Tree, run: ServiceRun): Promise<GeneratorCallback> {
  const { spec, directory, callerFolder, options, installation, heading } = run;
  const isDryRun = process.env['NX_DRY_RUN'] === 'true';
  const mayInstall = !options.skipInstall && !isDryRun;
  assertTargetFolder(tree, directory);
  if (mayInstall && installation === 'always') assertUvReady();

  const settings = readModelSettings(tree, options);
  const target = { spec, directory, project: readerOf(tree, run), migration: migrationWishes(options) };
  const modelRun = settings && { ...target, settings, workspaceRoot: tree.root, userFolder: join(tree.root, callerFolder) };
  const generated = modelRun && !isDryRun ? await runWithModel(modelRun) : runCore(target);
  const modelPlan = modelRun && isDryRun ? await describeModelPlan(modelRun) : '';
  assertReadableName(spec, generated.report.service);
  const name = chooseName(tree, { directory, service: generated.report.service, asked: run.name });
  const installs = mayInstall && (installation === 'always' || hasOtherPackages(tree, directory, generated));
  if (installs && installation === 'when-changed') assertUvReady();

  writeService(tree, { directory, name, generated });
  registerPlugin(tree);
  logger.info(describeRun({ generated, name, directory, isDryRun, modelPlan, heading }));
  return () => {
    const service = { workspaceRoot: tree.root, directory, name };
    if (installs) installService(service);
    if (mayInstall && hasEnvironment(join(tree.root, directory))) exportOpenapi(service);
    if (settings?.acceptFlagged !== true) refuseFlags(generated);
  };
}

function migrationWishes({ drop = [], narrow = [], migration = 'write' }: RunOptions): MigrationWishes {
  return { drop: new Set(drop), narrow: new Set(narrow), write: migration === 'none' ? 'none' : 'next' };
}

/** The folder's own spec is the text of the run, whatever stands on the disk: it is the user's, and no edit of a generated file. */
function readerOf(tree: Tree, { spec, directory }: ServiceRun): ProjectReader {
  const project = createTreeProjectReader(tree, directory);
  return spec.isOwn ? { ...project, read: (path) => (path === 'service.yaml' ? spec.text : project.read(path)) } : project;
}

function hasOtherPackages(tree: Tree, directory: string, { writes }: Generated): boolean {
  const fresh = writes.get('pyproject.toml');
  const before = tree.read(`${directory}/pyproject.toml`, 'utf-8') ?? '';
  return !tree.exists(`${directory}/uv.lock`) || (fresh !== undefined && asksForOtherPackages(before, fresh));
}

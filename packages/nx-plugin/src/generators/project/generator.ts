import { join } from 'node:path';
import { logger, type GeneratorCallback, type Tree } from '@nx/devkit';
import { findCallerFolder } from '../../adapters/find-caller-folder';
import { createTreeProjectReader } from '../../adapters/tree-project-reader';
import { registerPlugin } from '../init/register-plugin';
import { assertReadableName } from './assert-readable-name';
import { assertTargetFolder } from './assert-target-folder';
import { assertUvReady } from './assert-uv-ready';
import { chooseName } from './choose-name';
import { describeRun } from './describe-run';
import { installService } from './install-service';
import { readModelSettings } from './model-settings';
import { readSpec } from './read-spec';
import { refuseFlags } from './refuse-flags';
import { resolveDirectory } from './resolve-directory';
import { runCore } from './run-core';
import { describeModelPlan, runWithModel } from './run-with-model';
import type { ProjectGeneratorSchema } from './schema';
import { writeService } from './write-service';

/**
 * A service from its spec, or an existing one brought up to date. All that can fail comes before the first write,
 * so that a refusal leaves the workspace as it was; only the installation comes after, when the files are on the disk.
 */
export async function projectGenerator(tree: Tree, options: ProjectGeneratorSchema): Promise<GeneratorCallback> {
  const isDryRun = process.env['NX_DRY_RUN'] === 'true';
  const installs = !options.skipInstall && !isDryRun;
  const callerFolder = findCallerFolder(tree.root);
  const directory = resolveDirectory({ workspaceRoot: tree.root, callerFolder, directory: options.directory });
  const spec = readSpec(tree, { directory, callerFolder, spec: options.spec });
  assertTargetFolder(tree, directory);
  if (installs) assertUvReady();

  const settings = readModelSettings(tree, options);
  const target = { spec, directory, project: createTreeProjectReader(tree, directory) };
  const modelRun = settings && { ...target, settings, workspaceRoot: tree.root, userFolder: join(tree.root, callerFolder) };
  const generated = modelRun && !isDryRun ? await runWithModel(modelRun) : runCore(target);
  const modelPlan = modelRun && isDryRun ? await describeModelPlan(modelRun) : '';
  assertReadableName(spec, generated.report.service);
  const name = chooseName(tree, { directory, service: generated.report.service, asked: options.name });

  writeService(tree, { directory, name, generated });
  registerPlugin(tree);
  logger.info(describeRun({ generated, name, isDryRun, modelPlan }));
  return () => {
    if (installs) installService({ workspaceRoot: tree.root, directory, name });
    if (settings?.acceptFlagged !== true) refuseFlags(generated);
  };
}

export default projectGenerator;

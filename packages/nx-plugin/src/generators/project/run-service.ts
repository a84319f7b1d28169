import { join } from 'node:path';
import type { Tree } from '@nx/devkit';
import type { MigrationWishes, ProjectReader } from '@org/generator-core';
import { hasEnvironment } from '../../adapters/has-environment';
import { createTreeProjectReader, type SeenFiles } from '../../adapters/tree-project-reader';
import { asksForOtherPackages } from './asks-for-other-packages';
import { assertReadableName } from './assert-readable-name';
import { assertUvReady } from './assert-uv-ready';
import { describeRun } from './describe-run';
import { exportOpenapi } from './export-openapi';
import { installService } from './install-service';
import { readModelSettings } from './model-settings';
import type { Spec } from './read-spec';
import { readTargetNames } from '../read-target-names';
import { refuseConflicts } from './refuse-conflicts';
import { refuseFlags } from './refuse-flags';
import { runCore, type Generated } from './run-core';
import { describeModelPlan, runWithModel } from './run-with-model';
import type { RunOptions } from './schema';

export interface ServiceRun {
  readonly spec: Spec;
  /** Folder of the service. */
  readonly directory: string;
  /** Where the user is, from the workspace root. */
  readonly callerFolder: string;
  readonly options: RunOptions;
  /** `when-changed`: only where the packages are others than before, or were never locked. */
  readonly installation: 'always' | 'when-changed';
  /** Make everything again, whatever it was made from. */
  readonly all?: boolean | undefined;
  /** Asks no model, installs nothing, and shows the plan. */
  readonly isDryRun: boolean;
  /** What the Nx project is called, by the name of the service. Throws `UserError`. */
  readonly nameOf: (service: string) => string;
  /** What was done before the run. */
  readonly heading?: string | undefined;
}

export interface ServiceMade {
  readonly generated: Generated;
  /** Name of the Nx project. */
  readonly name: string;
  /** What the user reads. */
  readonly text: string;
  /** What was read, for `treeChanges`. */
  readonly seen: ReadonlyMap<string, Buffer | undefined>;
  /** What comes once the files are on the disk. Throws `UserError`; the files stay. */
  readonly finish: () => void;
}

/**
 * Makes a service in the Tree: the run that the generators and the target `generate` share. All that can fail comes before the first write,
 * so that a refusal leaves the Tree as it was.
 */
export async function runService(tree: Tree, run: ServiceRun): Promise<ServiceMade> {
  const { spec, directory, callerFolder, options, installation, isDryRun, heading, all = false } = run;
  const mayInstall = !options.skipInstall && !isDryRun;
  if (mayInstall && installation === 'always') assertUvReady();

  const settings = readModelSettings(tree, options);
  const changedBefore = new Set(tree.listChanges().map(({ path }) => path));
  const seen: SeenFiles = new Map(spec.isOwn ? [[spec.path, spec.bytes]] : []);
  const target = { spec, directory, project: readerOf(tree, run, seen), migration: migrationWishes(options), all };
  const modelRun = settings && { ...target, settings, workspaceRoot: tree.root, userFolder: join(tree.root, callerFolder) };
  const generated = modelRun && !isDryRun ? await runWithModel(modelRun) : runCore(target);
  const modelPlan = modelRun && isDryRun ? await describeModelPlan(modelRun) : '';
  assertReadableName(spec, generated.report.service);
  const name = run.nameOf(generated.report.service);
  const installs = mayInstall && (installation === 'always' || hasOtherPackages(tree, directory, generated));
  if (installs && installation === 'when-changed') assertUvReady();

  for (const [path, text] of generated.writes) tree.write(`${directory}/${path}`, text);
  for (const path of generated.deletes) tree.delete(`${directory}/${path}`);
  return {
    generated,
    name,
    text: describeRun({ generated, name, directory, isDryRun, modelPlan, heading }),
    seen: new Map([...seen].filter(([path]) => !changedBefore.has(path))),
    finish: () => {
      const service = { workspaceRoot: tree.root, directory, name };
      if (installs) installService(service);
      if (mayInstall && hasEnvironment(join(tree.root, directory))) exportOpenapi(service);
      refuseConflicts(generated, `nx run ${name}:${readTargetNames(tree).generateTargetName}`);
      if (settings?.acceptFlagged !== true) refuseFlags(generated);
    },
  };
}

function migrationWishes({ drop = [], narrow = [], migration = 'write' }: RunOptions): MigrationWishes {
  return { drop: new Set(drop), narrow: new Set(narrow), write: migration === 'none' ? 'none' : 'next' };
}

/** The folder's own spec is the text of the run, whatever stands on the disk: it is the user's, and no edit of a generated file. */
function readerOf(tree: Tree, { spec, directory }: ServiceRun, seen: SeenFiles): ProjectReader {
  const project = createTreeProjectReader(tree, directory, seen);
  return spec.isOwn ? { ...project, read: (path) => (path === 'service.yaml' ? spec.text : project.read(path)) } : project;
}

function hasOtherPackages(tree: Tree, directory: string, { writes }: Generated): boolean {
  const fresh = writes.get('pyproject.toml');
  const before = tree.read(`${directory}/pyproject.toml`, 'utf-8') ?? '';
  return !tree.exists(`${directory}/uv.lock`) || (fresh !== undefined && asksForOtherPackages(before, fresh));
}

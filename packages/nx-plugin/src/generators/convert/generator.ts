import { join } from 'node:path';
import { logger, offsetFromRoot, readJson, writeJson, type GeneratorCallback, type TargetConfiguration, type Tree } from '@nx/devkit';
import { readProjectFiles, type Diagnostic } from '@org/validator';
import { findCallerFolder } from '../../adapters/find-caller-folder';
import { UserError } from '../../errors/user-error';
import { readServiceName } from '../../plugins/read-service-name';
import { editToml, type TomlEdit } from '../../pyproject/edit-toml';
import { readTomlDocument, stringAt, stringsAt, type TomlTable } from '../../pyproject/toml-document';
import { initGenerator } from '../init/generator';
import { assertFreeName } from '../library/assert-free-name';
import { readProjectName } from '../project/read-project-name';
import { resolveDirectory } from '../project/resolve-directory';
import { readTargetNames } from '../read-target-names';
import type { Application } from './application';
import { baselineEdits, checkProject } from './check-project';
import { convertedTargets, missingPrograms } from './converted-targets';
import { declaredDistributions } from './declared-distributions';
import { describeConversion } from './describe-conversion';
import { findApplications } from './find-applications';
import { choosePackageManager } from './package-manager';
import type { ConvertGeneratorSchema } from './schema';

const purpose = { what: 'project', example: 'apps/api', command: 'nx g @org/fastapi:convert apps/api' };

/** What marks the folder as a Python project, and asks nothing of it. */
const leastPyproject =
  '# Nx finds the project by this file. What it needs to run is listed elsewhere, as before.\n[tool.fastapi-validate]\n';

/** Adopts a project that was written by hand: targets and settings around it, and nothing in its code. Run again, it changes nothing. */
export async function convertGenerator(tree: Tree, options: ConvertGeneratorSchema): Promise<GeneratorCallback> {
  const folder = resolveDirectory({
    workspaceRoot: tree.root,
    callerFolder: findCallerFolder(tree.root),
    directory: options.directory,
    purpose,
  });
  assertHandWritten(tree, folder);
  const { files, unreadable } = readFiles(tree, folder);
  const pyproject = parsePyproject(folder, files.get('pyproject.toml') ?? '');
  const name = chooseName(tree, { folder, asked: options.name, pyproject });
  const applications = listApplications(options.app, pyproject, files);
  const has = (path: string) => tree.exists(`${folder}/${path}`);
  const facts = {
    names: readTargetNames(tree),
    manager: choosePackageManager({ has, pyproject }),
    application: applications[0],
    declared: declaredDistributions(files),
    pyproject,
    has,
  };
  const found = checkProject({ folder, files, unreadable });
  const edits = options.baseline === true ? baselineEdits(found, (pattern) => ignoredAt(pyproject, pattern)) : [];
  const text = editSettings(folder, files.get('pyproject.toml') ?? '', edits);
  const left = checkProject({ folder, files: new Map([...files, ['pyproject.toml', text]]), unreadable });

  const targets = convertedTargets(facts);
  const install = await initGenerator(tree, { keepExistingVersions: true, skipFormat: true });
  if (text !== tree.read(`${folder}/pyproject.toml`, 'utf-8')) tree.write(`${folder}/pyproject.toml`, text);
  writeProject(tree, { folder, name, targets });
  logger.info(
    describeConversion({
      folder,
      name,
      files,
      applications,
      targets,
      facts,
      missing: missingPrograms(facts),
      found,
      left,
      ignored: edits.length,
    }),
  );
  return install;
}

/** Throws `UserError` for a service that we made, and for a folder without code. */
function assertHandWritten(tree: Tree, folder: string): void {
  if (!tree.exists(folder) || tree.isFile(folder))
    throw new UserError(`There is no folder ${folder}. Name the one that has the project's code.`);
  if (readServiceName(tree.read(`${folder}/service.yaml`, 'utf-8') ?? '') === undefined) return;
  throw new UserError(
    `${folder} is a service made from its service.yaml, and has all its targets. To bring it up to date: nx g @org/fastapi:project ${folder}`,
  );
}

/** As they lie on the disk, with the `pyproject.toml` that the project has or gets. */
function readFiles(
  tree: Tree,
  folder: string,
): { readonly files: ReadonlyMap<string, string>; readonly unreadable: readonly Diagnostic[] } {
  const { files, diagnostics } = readProjectFiles(join(tree.root, folder));
  if (![...files.keys()].some((path) => path.endsWith('.py')))
    throw new UserError(`${folder} has no Python file. Name the folder that has the project's code.`);
  const pyproject = tree.read(`${folder}/pyproject.toml`, 'utf-8') ?? leastPyproject;
  return { files: new Map([...files, ['pyproject.toml', pyproject]]), unreadable: diagnostics };
}

function parsePyproject(folder: string, text: string): TomlTable {
  const reading = readTomlDocument(text);
  if (reading.kind === 'read') return reading.document.value;
  throw new UserError(`${folder}/pyproject.toml is no TOML, ${reading.fault}. Correct it, then run again.`);
}

function chooseName(
  tree: Tree,
  { folder, asked, pyproject }: { readonly folder: string; readonly asked: string | undefined; readonly pyproject: TomlTable },
): string {
  const stated = stringAt(pyproject, 'project', 'name') ?? stringAt(pyproject, 'tool', 'poetry', 'name');
  const name = asked?.trim() || readProjectName(tree, folder) || stated || folder.slice(folder.lastIndexOf('/') + 1);
  assertFreeName(tree, name, folder);
  return name;
}

/** The one to serve first: as asked for, as `pyproject.toml` names it, else as it is found. Throws `UserError` for one that is no `module:attribute`. */
function listApplications(asked: string | undefined, pyproject: TomlTable, files: ReadonlyMap<string, string>): readonly Application[] {
  const found = findApplications(files);
  const stated = asked ?? stringAt(pyproject, 'tool', 'fastapi', 'entrypoint');
  if (stated === undefined) return found;
  const [, module, attribute] = /^([A-Za-z_][\w.]*):([A-Za-z_]\w*)$/.exec(stated) ?? [];
  if (module === undefined || attribute === undefined)
    throw new UserError(`"${stated}" names no application. Write it as uvicorn takes it, module:attribute, such as app.main:app.`);
  const known = found.find((application) => application.module === module && application.attribute === attribute);
  return [known ?? { module, attribute, isFactory: false, importRoot: '.' }];
}

function ignoredAt(pyproject: TomlTable, pattern: string): readonly string[] {
  return stringsAt(pyproject, 'tool', 'fastapi-validate', 'per-path-ignores', pattern);
}

function editSettings(folder: string, text: string, edits: readonly TomlEdit[]): string {
  const editing = editToml(text, edits);
  if (editing.kind === 'edited') return editing.text;
  throw new UserError(
    `${folder}/pyproject.toml could not be given its baseline: ${editing.reason}. Nothing was written; run without --baseline.`,
  );
}

/** What `project.json` has stays; targets that it lacks are added. */
function writeProject(
  tree: Tree,
  {
    folder,
    name,
    targets,
  }: { readonly folder: string; readonly name: string; readonly targets: Readonly<Record<string, TargetConfiguration>> },
): void {
  const file = `${folder}/project.json`;
  const present = tree.exists(file) ? readJson<{ readonly targets?: object }>(tree, file) : undefined;
  const start = present ?? {
    $schema: `${offsetFromRoot(folder)}node_modules/nx/schemas/project-schema.json`,
    name,
    projectType: 'application',
    sourceRoot: folder,
  };
  const project = { ...start, name, targets: { ...targets, ...present?.targets } };
  if (JSON.stringify(project) !== JSON.stringify(present)) writeJson(tree, file, project);
}

export default convertGenerator;

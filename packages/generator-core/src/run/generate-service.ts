import type { ProjectReader } from '../project/project-reader';
import type { Merger } from '../merge/merger';
import { noWishes, type MigrationWishes } from '../migration/next-migration';
import { readTemplates } from '../render/template-store';
import { finishService } from './finish-service';
import { fittingTexts } from './fitting-texts';
import type { GenerationResult } from './generation-result';
import { prepareService } from './prepare-service';
import { readOwnTexts } from './read-own-texts';

export interface GenerateServiceOptions {
  /** Text of the spec, YAML. */
  readonly specText: string;
  /** What stands in the target folder now. */
  readonly project: ProjectReader;
  /** Templates by name; those of the package unless given. */
  readonly templates?: ReadonlyMap<string, string>;
  /** What the user has said about the next migration. */
  readonly migration?: MigrationWishes;
  /** How edits and new texts come together; by git, where it is installed, unless given. */
  readonly merge?: Merger;
}

/**
 * The run without a model: read the spec, plan, make and gate each artifact in dependency order, compare with the disk, report.
 * What a model wrote in an earlier run stays where it still fits.
 * Writes nothing itself: what to write and delete is in the result. Same spec and same disk, same result.
 *
 * Throws `CriticalPhaseError` when a phase ends without a file it needs, `GenerationError` for a manifest that cannot be read.
 */
export function generateService({
  specText,
  project,
  templates = readTemplates(),
  migration = noWishes,
  merge,
}: GenerateServiceOptions): GenerationResult {
  const preparation = prepareService({ specText, project, templates, migration });
  if (preparation.kind !== 'prepared') return preparation;
  const { service } = preparation;
  const { plan, templateTexts, last } = service;
  const own = readOwnTexts({ plan, last, project, isAsked: () => false });
  const fitting = fittingTexts(own.models, service);
  return finishService({
    service,
    project,
    texts: new Map([...templateTexts, ...fitting, ...own.users]),
    kept: new Set(own.users.keys()),
    merge,
    models: new Map(
      [...fitting.keys(), ...own.users.keys(), ...own.deleted].map((path) => [path, last!.manifest.artifacts.get(path)!.model!]),
    ),
  });
}

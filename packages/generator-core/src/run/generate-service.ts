import type { ProjectReader } from '../project/project-reader';
import { readPrompts } from '../context/prompt-store';
import type { Merger } from '../merge/merger';
import { noWishes, type MigrationWishes } from '../migration/next-migration';
import { readTemplates } from '../render/template-store';
import { finishService } from './finish-service';
import type { GenerationResult } from './generation-result';
import { keptOfModels } from './kept-of-models';
import { prepareService } from './prepare-service';

export interface GenerateServiceOptions {
  /** Text of the spec, YAML. */
  readonly specText: string;
  /** What stands in the target folder now. */
  readonly project: ProjectReader;
  /** Templates by name; those of the package unless given. */
  readonly templates?: ReadonlyMap<string, string>;
  /** What the user has said about the next migration. */
  readonly migration?: MigrationWishes;
  /** Everything is made again, whatever it was made from; false unless given. */
  readonly all?: boolean;
  /** How edits and new texts come together; by git, where it is installed, unless given. */
  readonly merge?: Merger;
}

/**
 * The run without a model: read the spec, plan, make and gate in dependency order each artifact that would be another now, compare with
 * the disk, report. What a model wrote in an earlier run stays where it still fits.
 * Writes nothing itself: what to write and delete is in the result. Same spec and same disk, same result.
 *
 * Throws `CriticalPhaseError` when a phase ends without a file it needs, `GenerationError` for a manifest that cannot be read.
 */
export function generateService({
  specText,
  project,
  templates = readTemplates(),
  migration = noWishes,
  all = false,
  merge,
}: GenerateServiceOptions): GenerationResult {
  const preparation = prepareService({ specText, project, templates, prompts: readPrompts, migration, all, asksModel: false });
  if (preparation.kind !== 'prepared') return preparation;
  const { service } = preparation;
  const { templateTexts, made } = service;
  const models = keptOfModels(service);
  return finishService({
    service,
    project,
    texts: new Map([...templateTexts, ...models.texts]),
    merge,
    details: models.details,
    explanations: new Map([...made.explanations, ...models.explanations]),
  });
}

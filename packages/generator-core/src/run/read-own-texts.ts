import type { GenerationPlan } from '../plan/generation-plan';
import type { ProjectReader } from '../project/project-reader';
import type { LastGeneration } from '../promote/last-generation';

/** What stands in the folder and must not give way to a template. */
export interface OwnTexts {
  /** By path: files that the user has edited since a model, or a template in a model's stead, wrote them. */
  readonly users: ReadonlyMap<string, string>;
  /** By path: files that a model wrote in an earlier run, as it wrote them. */
  readonly models: ReadonlyMap<string, string>;
  /** Deleted by the user. */
  readonly deleted: ReadonlySet<string>;
}

interface OwnTextsSource {
  readonly plan: GenerationPlan;
  readonly last: LastGeneration | undefined;
  readonly project: ProjectReader;
  /** Whether a model is to write the file in this run. */
  readonly isAsked: (path: string) => boolean;
}

export function readOwnTexts({ plan, last, project, isAsked }: OwnTextsSource): OwnTexts {
  const users = new Map<string, string>();
  const models = new Map<string, string>();
  const deleted = new Set<string>();
  for (const { path } of plan.artifacts) {
    const recorded = last?.manifest.artifacts.get(path);
    const isOfModel = recorded?.model !== undefined;
    if (recorded === undefined || !(isOfModel || isAsked(path))) continue;
    const text = project.read(path);
    if (text === undefined) deleted.add(path);
    else if (text !== last?.baseOf(path)) users.set(path, text);
    else if (isOfModel) models.set(path, text);
  }
  return { users, models, deleted };
}

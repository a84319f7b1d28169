import { CandidateJudge } from '../gate/candidate-judge';
import type { ProjectReader } from '../project/project-reader';
import { readTemplates } from '../render/template-store';
import { finishService } from './finish-service';
import type { GenerationResult } from './generation-result';
import { needsClosure } from './needs-closure';
import { prepareService, type PreparedService } from './prepare-service';
import { readOwnTexts } from './read-own-texts';

export interface GenerateServiceOptions {
  /** Text of the spec, YAML. */
  readonly specText: string;
  /** What stands in the target folder now. */
  readonly project: ProjectReader;
  /** Templates by name; those of the package unless given. */
  readonly templates?: ReadonlyMap<string, string>;
}

/**
 * The run without a model: read the spec, plan, make and gate each artifact in dependency order, compare with the disk, report.
 * What a model wrote in an earlier run stays where it still fits.
 * Writes nothing itself: what to write and delete is in the result. Same spec and same disk, same result.
 *
 * Throws `CriticalPhaseError` when a phase ends without a file it needs, `GenerationError` for a manifest that cannot be read.
 */
export function generateService({ specText, project, templates = readTemplates() }: GenerateServiceOptions): GenerationResult {
  const preparation = prepareService({ specText, project, templates });
  if (preparation.kind === 'faulty-spec') return preparation;
  const { service } = preparation;
  const { plan, templateTexts, previous } = service;
  const own = readOwnTexts({ plan, previous, project, isAsked: () => false });
  const fitting = fittingTexts(own.models, service);
  return finishService({
    service,
    project,
    texts: new Map([...templateTexts, ...fitting, ...own.users]),
    kept: new Set(own.users.keys()),
    models: new Map([...fitting.keys(), ...own.users.keys(), ...own.deleted].map((path) => [path, previous!.models![path]!])),
  });
}

/** Those of the texts that pass the gates in this plan, in its order. */
function fittingTexts(texts: ReadonlyMap<string, string>, { plan, templateTexts }: PreparedService): ReadonlyMap<string, string> {
  const fitting = new Map<string, string>();
  if (texts.size === 0) return fitting;
  const judge = new CandidateJudge(templateTexts);
  for (const path of plan.batches.flat().filter((each) => texts.has(each))) {
    const accepted = new Map(
      needsClosure(path, plan).flatMap((need): [string, string][] => (fitting.has(need) ? [[need, fitting.get(need)!]] : [])),
    );
    const { text, diagnostics } = judge.judge(plan.graph.nodes[path]!.data, texts.get(path)!, accepted);
    if (diagnostics.length === 0 && text === texts.get(path)) fitting.set(path, text);
  }
  return fitting;
}

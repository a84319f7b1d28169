import { CandidateJudge } from '../gate/candidate-judge';
import type { GenerationPlan } from '../plan/generation-plan';
import { neededTexts } from './needed-texts';

interface FittingTextsOptions {
  readonly plan: GenerationPlan;
  /** The templates' texts by path: what fits not is as its template has it. */
  readonly templateTexts: ReadonlyMap<string, string>;
}

/** Those of the texts that somebody else wrote that pass the gates as they stand, each with those it needs and that pass; in the plan's order. */
export function fittingTexts(
  texts: ReadonlyMap<string, string>,
  { plan, templateTexts }: FittingTextsOptions,
): ReadonlyMap<string, string> {
  const fitting = new Map<string, string>();
  if (texts.size === 0) return fitting;
  const judge = new CandidateJudge(templateTexts);
  for (const path of plan.batches.flat().filter((each) => texts.has(each))) {
    const { text, diagnostics } = judge.judge(plan.graph.nodes[path]!.data, texts.get(path)!, neededTexts(path, plan, fitting));
    if (diagnostics.length === 0 && text === texts.get(path)) fitting.set(path, text);
  }
  return fitting;
}

import type { GenerationPlan } from '../plan/generation-plan';
import { needsClosure } from './needs-closure';

/** Those of the texts, by path, that a file is made with. */
export function neededTexts(
  path: string,
  plan: Pick<GenerationPlan, 'graph' | 'batches'>,
  texts: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  return new Map(
    needsClosure(path, plan).flatMap((need): [string, string][] => {
      const text = texts.get(need);
      return text === undefined ? [] : [[need, text]];
    }),
  );
}

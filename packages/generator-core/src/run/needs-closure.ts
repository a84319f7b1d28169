import type { GenerationPlan } from '../plan/generation-plan';

/** Everything a file needs, directly or not, itself aside. Sorted. */
export function needsClosure(path: string, { graph }: GenerationPlan): readonly string[] {
  const seen = new Set<string>();
  const pending = [path];
  while (pending.length > 0) {
    for (const { target } of graph.dependencies[pending.pop()!] ?? []) {
      if (target === path || seen.has(target)) continue;
      seen.add(target);
      pending.push(target);
    }
  }
  return [...seen].sort();
}

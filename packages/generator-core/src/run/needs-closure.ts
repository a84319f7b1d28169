import type { GenerationPlan } from '../plan/generation-plan';

/**
 * Everything that is made before a file because it needs it, directly or not. Sorted. Files that need each other are made
 * together, none before the other: each is written against the templates of the others.
 */
export function needsClosure(path: string, { graph, batches }: Pick<GenerationPlan, 'graph' | 'batches'>): readonly string[] {
  const together = new Set(batches.find((batch) => batch.includes(path)));
  const seen = new Set<string>();
  const pending = [path];
  while (pending.length > 0) {
    for (const { target } of graph.dependencies[pending.pop()!] ?? []) {
      if (target === path || seen.has(target)) continue;
      seen.add(target);
      pending.push(target);
    }
  }
  return [...seen].filter((need) => !together.has(need)).sort();
}

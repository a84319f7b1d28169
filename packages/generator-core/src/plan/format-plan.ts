import type { GenerationPlan } from './generation-plan';

/** The plan as a tree for people: phases with their files, then how many batches make them. */
export function formatPlan(plan: GenerationPlan): string {
  const lines = plan.phases.flatMap(({ phase, paths }, index) => {
    const isLast = index === plan.phases.length - 1;
    return [
      `${isLast ? '└─' : '├─'} ${phase} (${countOf(paths.length, 'file')})`,
      ...paths.map((path, row) => `${isLast ? '   ' : '│  '}${row === paths.length - 1 ? '└─' : '├─'} ${path}`),
    ];
  });
  return [...lines, formatBatches(plan)].join('\n');
}

function formatBatches(plan: GenerationPlan): string {
  const together = plan.batches.filter((batch) => batch.length > 1);
  const cycles = together.map((batch) => `  made together, because they refer to each other: ${batch.join(', ')}`);
  return [
    `${countOf(plan.artifacts.length, 'file')} in ${countOf(plan.batches.length, 'batch', 'batches')}, dependencies first`,
    ...cycles,
  ].join('\n');
}

function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

import { distributionOf } from '../resolve/distribution-of';
import { defineRule } from './define-rule';
import { listInWords } from './list-in-words';

export const transitiveDistribution = defineRule(
  {
    id: 'transitive-distribution',
    since: '0.1.0',
    severity: 'warning',
    summary: 'A third-party module is imported that is installed only because another requirement needs it.',
    why: 'It goes away, or changes its version, as soon as that other requirement does without it.',
    whatToDo: 'Add the distribution to `project.dependencies` in pyproject.toml.',
    examples: [
      { bad: 'import starlette  # dependencies = ["fastapi"]', good: 'import starlette  # dependencies = ["fastapi", "starlette"]' },
    ],
  },
  ({ summary, linked }) => {
    const reported = new Set<string>();
    return summary.imports.flatMap((statement, index) => {
      const resolution = distributionOf(linked.imports[index]!.resolution);
      if (resolution === undefined || resolution.requirement !== 'brought' || statement.guard === 'guarded') return [];
      const { module, distributions, way } = resolution;
      const top = module.split('.', 1)[0]!;
      if (reported.has(top)) return [];
      reported.add(top);
      const because = way.length === 0 ? 'the lock file has it' : `it comes with ${way.join(' → ')}`;
      return [
        {
          span: statement.moduleSpan,
          certainty: 'possible' as const,
          message: `\`${top}\` is in ${listInWords(distributions, 'or')}, which no manifest declares: ${because}. Declare \`${distributions[0]}\`, so that it stays when that changes.`,
          data: { module, distributions, way },
        },
      ];
    });
  },
);

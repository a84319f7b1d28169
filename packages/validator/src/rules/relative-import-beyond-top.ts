import { defineRule } from './define-rule';

export const relativeImportBeyondTop = defineRule(
  {
    id: 'relative-import-beyond-top',
    since: '0.1.0',
    severity: 'error',
    summary: 'A relative import climbs above the top-level package.',
    why: 'Python raises ImportError: there is no package above the top-level one, and a top-level module has no package at all.',
    whatToDo: 'Take dots away, or import by the absolute name.',
    examples: [{ bad: 'from ....core import db', good: 'from app.core import db' }],
  },
  ({ summary, linked }) =>
    summary.imports.flatMap((statement, index) => {
      const { resolution } = linked.imports[index]!;
      if (resolution.kind !== 'beyond-top-level' || statement.guard !== 'none') return [];
      const levels = resolution.packageName === '' ? 0 : resolution.packageName.split('.').length;
      const why =
        levels === 0 ? 'this file is in no package' : `\`${resolution.packageName}\` has only ${levels} level${levels === 1 ? '' : 's'}`;
      return [
        {
          span: statement.moduleSpan,
          message: `Relative import with ${statement.level} dot${statement.level === 1 ? '' : 's'} goes beyond the top-level package: ${why}. Import by the absolute name.`,
          certainty: statement.typeCheckingOnly || linked.module === undefined ? ('possible' as const) : ('certain' as const),
          data: { level: statement.level, package: resolution.packageName },
        },
      ];
    }),
);

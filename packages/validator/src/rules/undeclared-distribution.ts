import type { ImportStatement } from '../extract/import-statement';
import type { LinkedImport } from '../graph/linked-module';
import { defineRule } from './define-rule';
import { listInWords } from './list-in-words';
import type { Report } from './rule';

export const undeclaredDistribution = defineRule(
  {
    id: 'undeclared-distribution',
    since: '0.1.0',
    severity: 'error',
    summary: 'A third-party module is imported that the project does not require.',
    why: 'It is missing on a fresh install, and names made up by a language model exist nowhere at all.',
    whatToDo: 'Add the distribution to `project.dependencies` in pyproject.toml, or do without it.',
    examples: [{ bad: 'import jwt  # dependencies = ["fastapi"]', good: 'import jwt  # dependencies = ["fastapi", "pyjwt"]' }],
  },
  ({ summary, linked }) => {
    const reported = new Set<string>();
    return summary.imports.flatMap((statement, index) => {
      const link = linked.imports[index]!;
      const top = statement.module.split('.', 1)[0]!;
      const report = statement.guard === 'guarded' || reported.has(top) ? undefined : reportImport(statement, link, top);
      if (report === undefined) return [];
      reported.add(top);
      return [report];
    });
  },
);

function reportImport(statement: ImportStatement, { resolution, nearestModules }: LinkedImport, top: string): Report | undefined {
  if (resolution.kind !== 'distribution') return undefined;
  const { requirement, provider, distributions } = resolution;
  const shared = { span: statement.moduleSpan, data: { module: resolution.module, distributions, requirement, provider } };
  if (requirement === 'brought') {
    return {
      ...shared,
      severity: 'warning',
      certainty: 'possible',
      message: `\`${top}\` comes with another requirement (${listInWords(distributions, 'or')} is not declared itself): declare it, so that it stays when that one changes.`,
    };
  }
  if (requirement !== 'undeclared' || (provider !== 'known' && nearestModules.length > 0)) return undefined;
  const isOptional = statement.guard === 'fallback' || statement.typeCheckingOnly;
  return {
    ...shared,
    certainty: isOptional || provider === 'unclear' ? 'possible' : 'certain',
    message:
      provider === 'known'
        ? `\`${top}\` is in the distribution ${listInWords(distributions, 'or')}, which the project does not require. Add \`${distributions[0]}\` to \`project.dependencies\`.`
        : `\`${top}\` is no module of this project, not in the standard library, and no declared distribution is known to provide it: the name may be made up. Correct it, or declare the distribution that provides it.`,
  };
}

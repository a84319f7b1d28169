import { formatModelReport, formatPlan, formatReport } from '@org/generator-core';
import type { Generated } from './run-core';

/** What the user reads: in a dry run the plan, always the report, and after a real run what to do next. */
export function describeRun({
  generated,
  name,
  directory,
  isDryRun,
  modelPlan = '',
  heading = '',
}: {
  readonly generated: Generated;
  readonly name: string;
  readonly directory: string;
  readonly isDryRun: boolean;
  /** What asking a model would come to, for a dry run with one. */
  readonly modelPlan?: string;
  /** What was done before the run. */
  readonly heading?: string | undefined;
}): string {
  const start = heading === '' ? '\n' : `\n${heading}\n`;
  const report = formatReport(generated.report).trimEnd();
  if (isDryRun) return `${start}${formatPlan(generated.plan).trimEnd()}\n\n${report}\n${modelPlan === '' ? '' : `${modelPlan}\n`}`;
  const model = generated.modelReport === undefined ? '' : `${formatModelReport(generated.modelReport)}\n`;
  const byHand =
    generated.report.migration?.kind === 'by-hand'
      ? [`cd ${directory} && uv run alembic upgrade head && uv run alembic revision --autogenerate -m "…"`]
      : [];
  const commands = [...byHand, `nx run ${name}:migrate`, `nx run ${name}:serve`].join(', ');
  return `${start}${model}${report}\n  next: ${commands}; nx run ${name}:validate checks it from now on\n`;
}

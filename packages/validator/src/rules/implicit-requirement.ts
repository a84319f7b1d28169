import type { ImportStatement } from '../extract/import-statement';
import { NEEDED_BY_NAME, NEEDED_BY_SCHEME } from '../python/implicit-requirements.data';
import type { Requirements } from '../resolve/requirements';
import { defineRule } from './define-rule';
import { listInWords } from './list-in-words';
import type { Report, RuleContext } from './rule';

export const implicitRequirement = defineRule(
  {
    id: 'implicit-requirement',
    since: '0.1.0',
    severity: 'error',
    summary: 'Something is used that needs a distribution no import shows, and the project does not require it.',
    why: 'Forms and uploads need python-multipart, `EmailStr` needs email-validator, a database address its driver: without them the program does not start.',
    whatToDo: 'Add the distribution to `project.dependencies`, or the extra that brings it.',
    examples: [
      {
        bad: 'from fastapi import UploadFile  # dependencies = ["fastapi"]',
        good: 'from fastapi import UploadFile  # dependencies = ["fastapi", "python-multipart"]',
      },
    ],
  },
  (context) => {
    const { summary, requirements } = context;
    if (!requirements.isStated) return [];
    const names = summary.imports.flatMap((statement) => reportNames(statement, context));
    return [...onePerDistribution(names), ...reportAddresses(context)];
  },
);

function reportNames(statement: ImportStatement, { summary, requirements }: RuleContext): readonly Report[] {
  const needs = statement.level === 0 && Object.hasOwn(NEEDED_BY_NAME, statement.module) ? NEEDED_BY_NAME[statement.module]! : {};
  if (statement.guard !== 'none' || statement.typeCheckingOnly) return [];
  return statement.names.flatMap(({ name, boundName, span }) => {
    const distribution = Object.hasOwn(needs, name) ? needs[name]! : undefined;
    if (distribution === undefined || isInstalled([distribution], requirements)) return [];
    const isUsed = new RegExp(`\\b${boundName}\\b`).test(summary.text.slice(statement.span.end));
    return [
      {
        span,
        message: `\`${name}\` of \`${statement.module}\` needs \`${distribution}\`, which the project does not require. Add \`${distribution}\` to \`project.dependencies\`.`,
        certainty: isUsed && requirements.isLocked ? ('certain' as const) : ('possible' as const),
        data: { name, module: statement.module, distributions: [distribution] },
      },
    ];
  });
}

function onePerDistribution(reports: readonly Report[]): readonly Report[] {
  const seen = new Set<string>();
  return reports.filter(({ data }) => {
    const key = JSON.stringify(data?.['distributions']);
    return !seen.has(key) && seen.add(key);
  });
}

/** `"postgresql+asyncpg://…"` in a file that talks to SQLAlchemy; the address may be one for another place. */
function reportAddresses({ summary, requirements }: RuleContext): readonly Report[] {
  if (!summary.imports.some(({ level, module }) => level === 0 && /^(sqlalchemy|sqlmodel|databases)\b/.test(module))) return [];
  const addresses = [...summary.text.matchAll(/["'](\w+\+\w+):\/\//g)];
  return addresses.flatMap(({ index, 1: scheme = '' }) => {
    const drivers = Object.hasOwn(NEEDED_BY_SCHEME, scheme) ? NEEDED_BY_SCHEME[scheme]! : [];
    if (drivers.length === 0 || isInstalled(drivers, requirements)) return [];
    return [
      {
        span: { start: index + 1, end: index + 1 + scheme.length },
        message: `The address \`${scheme}://…\` needs the driver ${listInWords(drivers, 'or')}, which the project does not require. Add \`${drivers[0]}\` to \`project.dependencies\`.`,
        certainty: 'possible' as const,
        data: { scheme, distributions: drivers },
      },
    ];
  });
}

function isInstalled(distributions: readonly string[], { declared, brought }: Requirements): boolean {
  return distributions.some((name) => declared.has(name) || brought.has(name));
}

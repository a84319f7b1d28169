import type { ImportStatement } from '../extract/import-statement';
import type { LinkedImport } from '../graph/linked-module';
import { IMPORT_TO_DISTRIBUTIONS } from '../python/import-to-distribution.data';
import type { ImportResolution } from '../resolve/import-resolution';
import { distributionOf } from '../resolve/distribution-of';
import { isTestFile } from '../resolve/list-test-folders';
import { nearestNames } from '../text/nearest-names';
import { defineRule } from './define-rule';
import { isWorkFile } from './is-work-file';
import { listInWords } from './list-in-words';
import type { Report, RuleContext } from './rule';

type DistributionResolution = Extract<ImportResolution, { kind: 'distribution' }>;

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
  ({ summary, linked, path, requirements }) => {
    if (isBuildScript(path)) return [];
    const reported = new Set<string>();
    const probed = probedModules(summary.imports);
    return summary.imports.flatMap((statement, index) => {
      const link = linked.imports[index]!;
      const top = statement.module.split('.', 1)[0]!;
      const resolution = distributionOf(link.resolution);
      if (statement.guard === 'guarded' || reported.has(top) || resolution === undefined) return [];
      const report =
        resolution.requirement === 'declared'
          ? reportGroup(statement, resolution, path)
          : reportUndeclared(statement, { ...link, resolution }, { requirements, path, isProbed: probed.has(top) });
      if (report !== undefined) reported.add(top);
      return report ?? [];
    });
  },
);

/** pip builds a project in an environment of its own, with what the build needs. */
function isBuildScript(path: string): boolean {
  return /(^|\/)(setup|hatch_build)\.py$/.test(path);
}

/** Modules whose absence the file reckons with: `try: import x except ImportError`. */
function probedModules(imports: readonly ImportStatement[]): ReadonlySet<string> {
  return new Set(imports.flatMap(({ guard, module }) => (guard === 'guarded' ? [module.split('.', 1)[0]!] : [])));
}

/** A test's body may have made the module before, its fixtures may put it on the path, and its marks skip it where it is missing. */
function isInTestBody({ time }: ImportStatement, path: string): boolean {
  return time === 'call' && isTestFile(path);
}

function isInOtherProject(path: string, otherProjects: readonly string[]): boolean {
  return otherProjects.some((folder) => path.startsWith(`${folder}/`));
}

function reportUndeclared(
  statement: ImportStatement,
  { resolution, nearestModules }: LinkedImport & { readonly resolution: DistributionResolution },
  { requirements, path, isProbed }: Pick<RuleContext, 'requirements' | 'path'> & { readonly isProbed: boolean },
): Report | undefined {
  const { module, requirement, provider, distributions } = resolution;
  const { declared, developmentOnly, otherProjects } = requirements;
  if (requirement !== 'undeclared' || (provider !== 'known' && nearestModules.length > 0)) return undefined;
  const top = module.split('.', 1)[0]!;
  const known = new Set([...Object.keys(IMPORT_TO_DISTRIBUTIONS), ...[...declared].map(asModule)]);
  const nearest = provider === 'known' ? [] : nearestNames(top, known);
  const isOptional =
    statement.guard === 'fallback' || isProbed || statement.typeCheckingOnly || (statement.time === 'call' && statement.conditional);
  const isElsewhere =
    (developmentOnly.size === 0 && isWorkFile(path)) || isInTestBody(statement, path) || isInOtherProject(path, otherProjects);
  const mend =
    nearest.length > 0 ? `Did you mean ${listInWords(nearest, 'or')}?` : 'Correct it, or declare the distribution that provides it.';
  return {
    span: statement.moduleSpan,
    certainty: isOptional || isElsewhere || provider === 'unclear' ? 'possible' : 'certain',
    message:
      provider === 'known'
        ? `\`${top}\` is in the distribution ${listInWords(distributions, 'or')}, which the project does not require. Add \`${distributions[0]}\` to \`project.dependencies\`.`
        : `\`${top}\` is no module of this project, not in the standard library, and no declared distribution is known to provide it: the name may be made up. ${mend}`,
    data: { module, distributions, requirement, provider, nearest },
  };
}

function asModule(distribution: string): string {
  return distribution.replaceAll('-', '_');
}

/** Declared for work on the project only, and imported by the program itself. */
function reportGroup(
  statement: ImportStatement,
  { module, distributions, group }: DistributionResolution,
  path: string,
): Report | undefined {
  const isProgram =
    statement.time === 'load' && !statement.conditional && !statement.typeCheckingOnly && !isWorkFile(path) && path.includes('/');
  if (group === undefined || !isProgram || statement.guard !== 'none') return undefined;
  const top = module.split('.', 1)[0]!;
  return {
    span: statement.moduleSpan,
    severity: 'warning',
    certainty: 'possible',
    message: `\`${top}\` is in ${listInWords(distributions, 'or')}, which only \`${group}\` requires: an installation without that group does not have it. Move it to \`project.dependencies\`, or import it in tests only.`,
    data: { module, distributions, group },
  };
}

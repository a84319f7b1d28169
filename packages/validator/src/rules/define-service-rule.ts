import type { Rule, RuleMeta } from './rule';

/** A rule that needs the wiring of all files at once. */
export function defineServiceRule(meta: RuleMeta, checkService: NonNullable<Rule['checkService']>): Rule {
  return { meta, check: () => [], checkService };
}

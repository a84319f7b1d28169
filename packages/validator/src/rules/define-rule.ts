import type { Rule, RuleMeta } from './rule';

/** Binds the documentation of a rule to its check. */
export function defineRule(meta: RuleMeta, check: Rule['check'], checkLoading?: Rule['checkLoading']): Rule {
  return checkLoading === undefined ? { meta, check } : { meta, check, checkLoading };
}

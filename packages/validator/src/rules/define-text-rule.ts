import type { Rule, RuleMeta } from './rule';

/** A rule about files of the project that are no Python. */
export function defineTextRule(meta: RuleMeta, checkTexts: NonNullable<Rule['checkTexts']>): Rule {
  return { meta, check: () => [], checkTexts };
}

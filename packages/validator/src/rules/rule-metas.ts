import { OTHER_FINDINGS } from './other-findings';
import { RULES } from './registry';
import type { RuleMeta } from './rule';

/** The documentation of everything that can be reported, by id. */
export const RULE_METAS: readonly RuleMeta[] = [...RULES.map(({ meta }) => meta), ...OTHER_FINDINGS].sort((left, right) =>
  left.id < right.id ? -1 : 1,
);

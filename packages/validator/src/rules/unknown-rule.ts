import { nearestNames } from '../text/nearest-names';
import { isRuffCode } from './is-ruff-code';
import { listInWords } from './list-in-words';
import { RULE_METAS } from './rule-metas';

/** What to tell somebody who names a rule that is not there; undefined when it is. `place` says where the name stands. */
export function unknownRule(id: string, place: string): string | undefined {
  const ids = RULE_METAS.map((meta) => meta.id);
  if (ids.includes(id) || isRuffCode(id)) return undefined;
  const nearest = nearestNames(id, ids);
  const mend = nearest.length > 0 ? `Did you mean ${listInWords(nearest, 'or')}?` : `The rules are ${listInWords(ids, 'and')}.`;
  return `${place} names \`${id}\`, which is no rule. ${mend}`;
}

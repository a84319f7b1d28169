import { outsideOfRange, readScalar } from './read-default';
import type { BackfillSpec } from './service-spec';
import type { SpecContext } from './spec-context';
import type { WrittenField } from './written-field';

/** What rows that are there already get, in the field's own type; a text may stand in double quotes. Undefined when nothing is said, or after a fault. */
export function readBackfill(field: WrittenField, context: SpecContext): BackfillSpec | undefined {
  const place = field.values.get('backfill');
  if (place === undefined) return undefined;
  const { text, at, offset = 0 } = place;
  if (text === 'none') return { kind: 'none' };
  const value = /^".*"$/s.test(text) ? text.slice(1, -1) : text;
  const report = (why: string, mend: string): undefined => {
    context.report({ at, offset, code: 'bad-backfill', message: `the backfill ${JSON.stringify(value)} ${why}.`, mend });
    return undefined;
  };
  if (field.type.kind === 'json') {
    return isJson(value) ? { kind: 'value', value } : report('is not JSON', 'write JSON, for example backfill={}, or backfill=none');
  }
  const reading = readScalar({ type: field.type, value, context });
  if (reading.kind === 'wrong') return report(reading.why, `${reading.mend}, or backfill=none when no row lacks it`);
  const outside = outsideOfRange(field, reading.value);
  if (outside !== undefined) return report(`${outside}, so no row could have it`, 'change the backfill or the limit');
  return reading.value === null ? undefined : { kind: 'value', value: reading.value };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

import { expect, test } from 'vitest';
import type { ColumnType } from '../artifacts/tables/table-description';
import { sqlValue } from './sql-value';

test.each<[ColumnType, string | number | boolean, string, string]>([
  [{ kind: 'int' }, 7, '7', '7'],
  [{ kind: 'bool' }, false, 'false', 'false'],
  [{ kind: 'text' }, "it's", "'it''s'", "'it''s'"],
  [{ kind: 'decimal', precision: 8, scale: 2 }, '9.5', '9.5', '950'],
  [{ kind: 'date' }, 'today', 'CURRENT_DATE', 'CURRENT_DATE'],
  [{ kind: 'date' }, '2026-01-31', "'2026-01-31'", "'2026-01-31'"],
  [{ kind: 'time' }, '12:30', "'12:30'", "'12:30:00.000000'"],
  [{ kind: 'datetime' }, 'now', 'CURRENT_TIMESTAMP', "CURRENT_TIMESTAMP || '.000000'"],
  [{ kind: 'datetime' }, '2026-01-31T12:30', "'2026-01-31 12:30:00+00:00'", "'2026-01-31 12:30:00.000000'"],
  [{ kind: 'datetime' }, '2026-01-31 12:30:05.25+02:00', "'2026-01-31 10:30:05.25+00:00'", "'2026-01-31 10:30:05.250000'"],
  [
    { kind: 'uuid' },
    '01890A5D-ac96-774b-bcce-b302099a8057',
    "'01890A5D-ac96-774b-bcce-b302099a8057'",
    "'01890a5dac96774bbcceb302099a8057'",
  ],
])('%o %s', (type, value, postgresql, sqlite) => {
  expect(sqlValue(type, value)).toEqual({ postgresql, sqlite });
});

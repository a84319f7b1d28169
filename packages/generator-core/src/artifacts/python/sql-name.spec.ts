import { expect, test } from 'vitest';
import { planText } from '../../testing/planned-service';
import { sqlName } from './sql-name';

test('words that SQL keeps are quoted', () => {
  expect(['stock', 'order', 'user', 'all'].map(sqlName)).toEqual(['stock', '"order"', '"user"', '"all"']);
});

test('a column of such a name is quoted in checks and indexes, in the table and in the migration; texts are left alone', () => {
  const { templateTexts } = planText(`
service: x
entities:
  Step:
    fields: { order: int min=1, group: string(1..5) }
    indexes: [[-order]]
    checks: { sound: "order < 9 and group <> 'order'" }
`);
  const found = ['length("group") BETWEEN 1 AND 5', '"order" >= 1', `"order" < 9 and "group" <> 'order'`, '"order" DESC'];
  for (const path of ['app/models/step.py', 'alembic/versions/0001_initial.py']) {
    const text = templateTexts.get(path)?.replaceAll('\\"', '"').replaceAll("\\'", "'") ?? '';
    expect({ path, missing: found.filter((sql) => !text.includes(sql)) }).toEqual({ path, missing: [] });
  }
});

import { expect, test } from 'vitest';
import { parseServiceSpec } from '../../spec/parse-service-spec';
import { computedColumns, type ComputedColumns } from './computed-columns';
import { entityNamed } from './spec-lookup';

function computedOf(text: string, entity: string): ComputedColumns {
  const reading = parseServiceSpec(text);
  if (reading.kind === 'faulty') throw new Error(reading.faults.map(({ message }) => message).join('\n'));
  return computedColumns(reading.spec, entityNamed(reading.spec, entity));
}

test('rows of the same table have another name in the condition', () => {
  const { tables } = computedOf(
    `
service: x
entities:
  Part:
    fields: { price: int }
    relations: { parent: belongs_to Part?, parts: has_many Part.parent }
    computed: { total: { type: int, sql: sum(parts.price) } }
`,
    'Part',
  );
  expect(tables).toEqual([{ name: '_parts', expression: 'table("parts", column("parent_id"), column("price", Integer)).alias()' }]);
});

test('members called as what the class calls: these go by another name there', () => {
  const { columns, renamed } = computedOf(
    `
service: x
entities:
  Post:
    fields: { text: text, select: int, column: int, table: int }
    relations: { func: has_many Comment.post }
    computed: { sql_func: { type: int, sql: count(func) } }
  Comment:
    fields: { text: text }
    relations: { post: belongs_to Post }
`,
    'Post',
  );
  expect(renamed).toEqual([
    { name: 'func', alias: 'sql_sql_func' },
    { name: 'select', alias: 'sql_select' },
  ]);
  expect(columns).toEqual([
    {
      name: 'sql_func',
      annotation: 'int',
      expression: 'sql_select(sql_sql_func.count(_comments.c.id)).where(_comments.c.post_id == id).scalar_subquery()',
    },
  ]);
});

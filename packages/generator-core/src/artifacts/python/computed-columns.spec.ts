import { expect, test } from 'vitest';
import { parseServiceSpec } from '../../spec/parse-service-spec';
import { computedColumns } from './computed-columns';
import { entityNamed } from './spec-lookup';

test('rows of the same table have another name in the condition', () => {
  const reading = parseServiceSpec(`
service: x
entities:
  Part:
    fields: { price: int }
    relations: { parent: belongs_to Part?, parts: has_many Part.parent }
    computed: { total: { type: int, sql: sum(parts.price) } }
`);
  if (reading.kind === 'faulty') throw new Error(reading.faults.map(({ message }) => message).join('\n'));
  expect(computedColumns(reading.spec, entityNamed(reading.spec, 'Part')).tables).toEqual([
    { name: '_parts', expression: 'table("parts", column("parent_id"), column("price", Integer)).alias()' },
  ]);
});

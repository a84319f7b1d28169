import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeTables } from '../artifacts/tables/describe-tables';
import { parseServiceSpec } from '../spec/parse-service-spec';
import { compareTableStates } from './compare-table-states';
import { isEmpty, compareTables } from './compare-tables';
import { matchTables } from './match-tables';
import { formatTableState, readTableStates } from './table-state';

const examples = join(__dirname, '..', '..', '..', '..', 'examples');

function tablesOf(example: string) {
  const reading = parseServiceSpec(readFileSync(join(examples, `${example}.yaml`), 'utf8'), { refuseUnsupported: false });
  if (reading.kind === 'faulty') throw new Error(JSON.stringify(reading.faults, undefined, 2));
  return describeTables(reading.spec);
}

test.each(['todo', 'bookstore', 'tracker'])('the tables of %s are read as they were written', (example) => {
  const tables = tablesOf(example);
  const written = new Map(compareTableStates(tables, { list: () => [], read: () => undefined }).writes);
  const project = { list: () => [...written.keys()], read: (path: string) => written.get(path) };
  const read = readTableStates(project) ?? [];
  expect(new Map(read.map((table) => [table.name, formatTableState(table)]))).toEqual(
    new Map(tables.map((table) => [table.name, formatTableState(table)])),
  );
  expect(isEmpty(compareTables(matchTables(read, tables)))).toBe(true);
  expect(compareTableStates(tables, project)).toEqual({ writes: [], deletes: [] });
});

test('a column or a constraint is a line', () => {
  expect(formatTableState(tablesOf('bookstore').find(({ name }) => name === 'order_items')!)).toMatchInlineSnapshot(`
    "{
      "name": "order_items",
      "origin": "OrderItem",
      "primaryKey": {"name":"pk_order_items","columns":["id"]},
      "columns": [
        {"name":"id","type":{"kind":"uuid"},"nullable":false},
        {"name":"quantity","type":{"kind":"int"},"nullable":false},
        {"name":"unit_price","type":{"kind":"decimal","precision":10,"scale":2},"nullable":false},
        {"name":"order_id","type":{"kind":"uuid"},"nullable":false},
        {"name":"book_id","type":{"kind":"uuid"},"nullable":false},
        {"name":"created_at","type":{"kind":"datetime"},"nullable":false},
        {"name":"updated_at","type":{"kind":"datetime"},"nullable":false}
      ],
      "checks": [
        {"name":"ck_order_items_quantity_range","sql":"quantity BETWEEN 1 AND 100"}
      ],
      "foreignKeys": [
        {"name":"fk_order_items_order_id","columns":["order_id"],"target":"orders","onDelete":"CASCADE"},
        {"name":"fk_order_items_book_id","columns":["book_id"],"target":"books","onDelete":"RESTRICT"}
      ],
      "uniques": [
        {"name":"uq_order_items_order_id_book_id","columns":["order_id","book_id"]}
      ],
      "indexes": [
        {"name":"ix_order_items_book_id","columns":[{"column":"book_id","descending":false}]}
      ]
    }
    "
  `);
});

test('the file of a table that is gone is deleted', () => {
  const project = { list: () => ['.fastapi/tables/gone.json', 'app/main.py'], read: () => undefined };
  expect(compareTableStates([], project)).toEqual({ writes: [], deletes: ['.fastapi/tables/gone.json'] });
});

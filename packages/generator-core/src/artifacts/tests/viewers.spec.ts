import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseServiceSpec } from '../../spec/parse-service-spec';
import { entityNamed } from '../python/spec-lookup';
import { entityAccessView, operationAccessView } from './access-test-view';

const reading = parseServiceSpec(readFileSync(join(__dirname, '../../../../../examples/bookstore.yaml'), 'utf8'));
if (reading.kind === 'faulty') throw new Error('examples/bookstore.yaml has faults');
const { spec } = reading;

function casesOf(entity: string): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(entityAccessView(spec, entityNamed(spec, entity)).verbs.map(({ verb, cases }) => [verb, cases]));
}

test('owned rows: a stranger gets 404, a role of the rule is let in', () => {
  expect(casesOf('Order')).toEqual({
    list: [
      '("anonymous", 401, False)',
      '("stranger", 200, False)',
      '("owner", 200, True)',
      '("staff", 200, False)',
      '("admin", 200, False)',
    ],
    read: ['("anonymous", 401)', '("stranger", 404)', '("owner", 200)', '("staff", 200)', '("admin", 200)'],
    create: ['("anonymous", 401)', '("stranger", 201)', '("owner", 201)', '("staff", 201)', '("admin", 201)'],
  });
});

test('rows for roles: below the role it is 403', () => {
  expect(casesOf('Author')['delete']).toEqual(['("anonymous", 401)', '("stranger", 403)', '("staff", 204)', '("admin", 204)']);
});

test('a field with visible= is in every answer to its role and later ones, and in no other', () => {
  expect(entityAccessView(spec, entityNamed(spec, 'Book')).visible).toEqual({
    names: ['cost'],
    verbs: ['list', 'read', 'create', 'update'],
    bodyArguments: '',
    cases: [
      '("list", "anonymous", [])',
      '("list", "stranger", [])',
      '("list", "staff", ["cost"])',
      '("list", "admin", ["cost"])',
      '("read", "anonymous", [])',
      '("read", "stranger", [])',
      '("read", "staff", ["cost"])',
      '("read", "admin", ["cost"])',
      '("create", "staff", ["cost"])',
      '("create", "admin", ["cost"])',
      '("update", "staff", ["cost"])',
      '("update", "admin", ["cost"])',
    ],
  });
});

test('an operation of owners keeps out those of higher roles', () => {
  const operation = spec.operations.find(({ name }) => name === 'pay_order');
  expect(operation && operationAccessView(spec, operation)?.cases).toEqual([
    '("anonymous", 401)',
    '("stranger", 404)',
    '("owner", None)',
    '("staff", 404)',
    '("admin", 404)',
  ]);
});

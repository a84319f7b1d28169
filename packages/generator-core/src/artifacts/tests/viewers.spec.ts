import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseServiceSpec } from '../../spec/parse-service-spec';
import { entityNamed } from '../python/spec-lookup';
import { entityAccessView } from './access-test-view';

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

test('a field with visible= is seen by its role and later ones', () => {
  expect(entityAccessView(spec, entityNamed(spec, 'Book')).visible).toEqual([
    { name: 'cost', cases: ['("anonymous", False)', '("stranger", False)', '("staff", True)', '("admin", True)'] },
  ]);
});

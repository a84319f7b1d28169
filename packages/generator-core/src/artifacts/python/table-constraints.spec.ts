import { expect, test } from 'vitest';
import { parseServiceSpec } from '../../spec/parse-service-spec';
import type { ServiceSpec } from '../../spec/service-spec';
import { listFilters, listSorts, updateMembers } from './entity-requests';
import { visibilityCombinations, visibilityLevels } from './read-members';
import { entityNamed } from './spec-lookup';
import { scaledInteger, singleIndexes, tableChecks } from './table-constraints';

const spec = read(`
service: shop
auth: { user: User, login: email, roles: [customer, staff, admin], register: customer }
entities:
  User:
    fields: { email: email unique, note: { type: "string(10)?", visible: [self, admin] }, phone: "string(10)? visible=self", rank: int = 0 visible=staff }
    access: { read: user }
  Item:
    owner: seller
    fields:
      name: string(1..20) search sort
      price: decimal(8,2) min=0.50 filter
      on: date? sort
    relations:
      seller: belongs_to User on_delete=cascade
      twin: belongs_to Item? on_delete=set_null
    indexes: [[seller, -price]]
    access: { list: public, update: owner }
`);

function read(text: string): ServiceSpec {
  const reading = parseServiceSpec(text);
  if (reading.kind === 'faulty') throw new Error(JSON.stringify(reading.faults));
  return reading.spec;
}

test('checks bound lengths and ranges; decimals are whole numbers on SQLite', () => {
  expect(tableChecks(entityNamed(spec, 'Item'))).toEqual([
    { name: 'name_length', sql: 'length(name) BETWEEN 1 AND 20' },
    { name: 'price_range', sql: 'price >= 0.50', sqlite: 'price >= 50' },
  ]);
});

test.each([
  ['0.5', 2, '50'],
  ['-0.05', 2, '-5'],
  ['12', 3, '12000'],
  ['0', 2, '0'],
])('%s with %i places is %s', (decimal, scale, expected) => {
  expect(scaledInteger(decimal, scale)).toBe(expected);
});

test('a foreign key gets an index of its own unless another one begins with it', () => {
  expect([...singleIndexes(entityNamed(spec, 'Item'))]).toEqual(['twin_id']);
});

test('updates leave the owner out and take null only where the column does', () => {
  expect(updateMembers(spec, entityNamed(spec, 'Item'))).toEqual([
    { name: 'name', annotation: 'Annotated[Text, Field(min_length=1, max_length=20)]', default: 'UNSET' },
    { name: 'price', annotation: 'Annotated[Decimal, Field(ge=Decimal("0.50")), decimal_text(6, 2)]', default: 'UNSET' },
    { name: 'on', annotation: 'Annotated[dt.date, ISO_DATE] | None', default: 'UNSET' },
    { name: 'twin_id', annotation: 'UUID | None', default: 'UNSET' },
  ]);
});

test('filters and sorts name the column they use', () => {
  const item = entityNamed(spec, 'Item');
  expect([
    listFilters(spec, item).map(({ member, condition }) => `${member.name}: ${condition}`),
    listSorts(item).map(({ value, expression }) => `${value}: ${expression}`),
  ]).toEqual([
    [
      'price: Item.price == query.price',
      'price_min: Item.price >= query.price_min',
      'price_max: Item.price <= query.price_max',
      'q: Item.name.icontains(query.q, autoescape=True)',
    ],
    ['name: Item.name.asc()', '-name: Item.name.desc()', 'on: Item.on.asc().nulls_last()', '-on: Item.on.desc().nulls_last()'],
  ]);
});

test('of the visible fields only combinations that a viewer can have are made', () => {
  const combinations = visibilityCombinations(visibilityLevels(spec, entityNamed(spec, 'User')), spec.auth?.roles ?? []);
  expect(combinations.map((levels) => levels.map(({ label }) => label))).toEqual([
    ['SelfOrAdmin', 'Self', 'Staff'],
    ['SelfOrAdmin', 'Self'],
    ['SelfOrAdmin', 'Staff'],
    ['SelfOrAdmin'],
    ['Staff'],
  ]);
});

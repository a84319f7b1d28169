import { expect, test } from 'vitest';
import { parseServiceSpec } from '../../spec/parse-service-spec';
import { isShownToSome } from './is-shown-to-some';

/** Fields of the entities that only some of their readers see. */
function shownToSome(entities: string): readonly string[] {
  const reading = parseServiceSpec(`
service: shop
auth: { user: User, login: email, register: true, roles: [customer, staff, admin] }
entities:
${entities}`);
  if (reading.kind !== 'read') throw new Error(reading.faults.map(({ message }) => message).join('\n'));
  const { spec } = reading;
  return spec.entities.flatMap((entity) =>
    entity.fields.filter((field) => isShownToSome(spec, entity, field)).map(({ name }) => `${entity.name}.${name}`),
  );
}

test.each([
  ['everybody reads only themselves', '{ read: self, update: self, delete: admin }', []],
  ['staff reads all', '{ read: [self, staff], update: self }', ['User.email', 'User.note']],
  ['staff changes all', '{ read: self, update: [self, staff] }', ['User.email', 'User.note']],
])('of users, where %s', (_, access, expected) => {
  expect(
    shownToSome(`  User: { fields: { email: email unique visible=self, note: string(9)? visible=admin }, access: ${access} }`),
  ).toEqual(expected.length === 0 ? ['User.note'] : expected);
});

test.each([
  ['staff reads', '{ list: staff, read: admin }', []],
  ['everybody reads', '{ list: staff, read: public }', ['Item.cost']],
  [
    'an operation answers with rows',
    '{ read: admin }',
    ['Item.cost'],
    'operations: { pick: { route: "POST /items/{item_id}/pick", access: public, output: Item, describe: Picks it. } }',
  ],
])('of others, where %s', (_, access, expected, more = '') => {
  const item = `  Item: { fields: { cost: int visible=staff }, access: ${access} }\n${more}`;
  expect(shownToSome(`  User: { fields: { email: email unique }, access: { read: self } }\n${item}`)).toEqual(expected);
});

import { expect, test } from 'vitest';
import type { AccessWord } from '../../spec/service-spec';
import { parseServiceSpec } from '../../spec/parse-service-spec';
import { isCoveredBy, routeAccess } from './access-view';

const reading = parseServiceSpec(`
service: shop
auth: { user: User, login: email, roles: [customer, staff, admin], register: customer }
entities:
  User: { fields: { email: email unique }, access: { read: self } }
`);
if (reading.kind !== 'read') throw new Error('the sample cannot be read');
const { spec } = reading;

const everyone: AccessWord = { kind: 'public' };
const user: AccessWord = { kind: 'user' };
const owner: AccessWord = { kind: 'owner' };
const staff: AccessWord = { kind: 'role', role: 'staff' };
const admin: AccessWord = { kind: 'role', role: 'admin' };

test.each([
  { rule: [everyone], expected: { kind: 'open' } },
  { rule: [staff, everyone], expected: { kind: 'open' } },
  { rule: [user], expected: { kind: 'signed-in' } },
  { rule: [owner, staff], expected: { kind: 'signed-in' } },
  { rule: [staff], expected: { kind: 'role', role: 'staff' } },
  { rule: [admin, staff], expected: { kind: 'role', role: 'staff' } },
])('$rule lets in $expected', ({ rule, expected }) => {
  expect(routeAccess({ spec, rule })).toEqual(expected);
});

test('a public route takes a token where the answer depends on who asks', () => {
  expect(routeAccess({ spec, rule: [everyone], needsViewer: true })).toEqual({ kind: 'optional' });
});

test('without auth every route is open', () => {
  const { auth: _auth, ...open } = spec;
  expect(routeAccess({ spec: open, rule: [everyone], needsViewer: true })).toEqual({ kind: 'open' });
});

test.each([
  { narrow: [owner], wide: [owner, staff], covered: true },
  { narrow: [admin], wide: [owner, staff], covered: true },
  { narrow: [staff], wide: [admin], covered: false },
  { narrow: [staff], wide: [owner], covered: false },
  { narrow: [user], wide: [everyone], covered: true },
  { narrow: [everyone], wide: [user], covered: false },
  { narrow: [owner, admin], wide: [user], covered: true },
  { narrow: [owner], wide: [], covered: false },
])('$narrow within $wide: $covered', ({ narrow, wide, covered }) => {
  expect(isCoveredBy({ spec, narrow, wide })).toBe(covered);
});

import { expect, test } from 'vitest';
import { generateInMemory } from './generate-in-memory';

const tenants = `service: x
auth: { user: User }
tenancy: { entity: Tenant, member: Seat, roles: [guest, boss], creator: boss }
enums: { Rank: [guest, boss] }
entities:
  User:
    fields: { email: email unique }
    access: { read: self }
  Tenant:
    fields: { name: string }
    access: { create: user, read: guest }
  Seat:
    tenant: tenant
    fields: { role: Rank }
    relations: { tenant: belongs_to Tenant, user: belongs_to User }
    unique: [[tenant, user]]
    api: { expose: [create, replace, delete] }
    access: { read: guest, write: boss }
`;

/** The text of one file of the service; all gates, the validator and ruff have nothing to say of any. */
function fileOf(specText: string, path: string): string {
  const outcome = generateInMemory(specText);
  if (outcome.kind === 'failed') throw new Error(`${outcome.step}: ${outcome.output}`);
  return outcome.files.get(path) ?? '';
}

test('a row in a tenant may have a name that its repository uses for itself', () => {
  const order = `  Order:
    tenant: tenant
    fields: { title: string }
    relations: { tenant: belongs_to Tenant, after: belongs_to Order?, others: many_to_many Order inverse=back }
    access: { read: guest, write: boss }
`;
  const text = fileOf(tenants + order, 'app/repositories/order.py');
  expect(text).toContain('tenant = select(Tenant.id).where(Tenant.id == order_row.tenant_id)');
});

test('who may only replace a membership is asked what who may change it is asked', () => {
  const text = fileOf(tenants, 'app/repositories/seat.py');
  expect(text).toContain('await require_another_boss(self.session, Seat.id == seat.id)');
  expect(text).toContain('async def get(self');
});

test('a row that may only be replaced stays in its tenant', () => {
  const task = `  Board:
    tenant: tenant
    fields: { name: string }
    relations: { tenant: belongs_to Tenant }
    access: { read: guest, write: boss }
  Task:
    tenant: board.tenant
    fields: { title: string }
    relations: { board: belongs_to Board }
    api: { expose: [create, replace] }
    access: { read: guest, write: guest }
`;
  expect(fileOf(tenants + task, 'app/repositories/task.py')).toContain(
    'await require_rows(self.session, [values.get("board_id")], Board.id, boards_in(tenant))',
  );
});

test('pages behind a cursor load what the viewer may see by their role in the tenant', () => {
  const note = `  Note:
    tenant: tenant
    fields: { title: string sort, secret: string? visible=boss }
    relations: { tenant: belongs_to Tenant }
    api: { pagination: keyset }
    access: { read: guest, write: boss }
`;
  expect(fileOf(tenants + note, 'app/repositories/note.py')).toContain('select(Note).where(self.scope("list")).options(*self.loaded)');
});

test('routes that answer with and without a token may be replacements alone', () => {
  const text = `service: x
auth: { user: User, roles: [staff] }
entities:
  User:
    fields: { email: email unique }
    access: { read: self }
  Sign:
    fields: { text: string, note: string? visible=staff }
    api: { expose: [replace] }
    access: { update: public }
`;
  expect(fileOf(text, 'app/routers/sign.py')).toContain('openapi_extra=OPTIONAL_TOKEN');
});

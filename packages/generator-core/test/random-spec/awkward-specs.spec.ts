import { expect, test, vi } from 'vitest';
import { generateInMemory } from './generate-in-memory';

// Each generates a service with all gates.
vi.setConfig({ testTimeout: 120_000 });

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

const belowTheHighest = tenants
  .replace('roles: [guest, boss], creator: boss', 'roles: [guest, head, boss], creator: head')
  .replace('Rank: [guest, boss]', 'Rank: [guest, head, boss]');

test('a tenant is kept by who has the role of its creator or a later one, and ruled by who has the highest', () => {
  const tenancy = fileOf(belowTheHighest, 'app/repositories/tenancy.py');
  expect(tenancy).toContain('Seat.role.in_(TENANT_ROLES[TENANT_ROLES.index(Rank.HEAD) :])');
  const repository = fileOf(belowTheHighest, 'app/repositories/seat.py');
  expect(repository).toContain('if not includes_role(changes.get("role", Rank.HEAD), Rank.HEAD):');
  expect(fileOf(belowTheHighest, 'tests/factories.py')).toContain('make_seat(session, tenant=row, user=ruler, role=Rank.BOSS)');
});

test('the role of who asks is not that of the membership which is read', () => {
  const text = tenants
    .replace('fields: { role: Rank }', 'fields: { role: Rank, wage: int? visible=boss }')
    .replace('expose: [create, replace, delete]', 'expose: [read, create]');
  expect(fileOf(text, 'app/repositories/tenancy.py')).toContain('own = aliased(Seat)');
});

test('the first rows of a test are counted where making a body makes some', () => {
  const text = tenants.replace('expose: [create, replace, delete]', 'expose: [create]').replace('create: user, ', '');
  const traps = fileOf(text, 'tests/test_traps.py');
  expect(traps).toContain('before = len((await session.scalars(select(Seat.id))).all())');
  expect(traps).toContain('assert seen == [before + 1]');
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

const open = (entities: string): string => `service: x\nentities:\n${entities}`;

test('bodies of tests write decimals as answers do, and rows differ where a combination is unique', () => {
  const text = open(`  Coin:
    fields: { worth: "decimal(10,2) unique", year: int, mint: date }
    unique: [[year, mint]]
    access: { read: public, write: public }
`);
  const factories = fileOf(text, 'tests/factories.py');
  expect(factories).toContain('"worth": f"{1 + unique}.00",');
  expect(factories).toContain('year=1 + unique if year is None else year,');
});

test('null is a value of its own where a column has a default', () => {
  const text = open(`  Lamp:
    fields: { watts: int? = 40, colour: string(20)? = "white", label: string(20) = "none" }
    access: { read: public, write: public }
`);
  const model = fileOf(text, 'app/models/lamp.py');
  expect(model).toContain('mapped_column(Integer().evaluates_none(), default=40)');
  expect(model).toContain('mapped_column(String(20).evaluates_none(), default="white")');
  expect(model).toContain('mapped_column(String(20), default="none")');
});

test('a row that stands in its own answer keeps its computed values', () => {
  const text = open(`  Word:
    fields: { spelling: string }
    relations: { kin: many_to_many Word inverse=kin_of reflexive }
    computed: { relatives: { type: int, sql: count(kin) } }
    api: { embed: [kin] }
    access: { read: public, write: public }
`);
  expect(fileOf(text, 'app/repositories/word.py')).toContain('selectinload(Word.kin).options(undefer(Word.relatives)),');
});

test('columns may be called like a password, and like what factories are made with', () => {
  const text = open(`  Invite:
    fields:
      token: string(40) sort = "abc"
      digits: int
      row: int
      unique: string(3..3) pattern=^[0-9]{3}$
    access: { read: public, write: public }
`);
  const pyproject = fileOf(text, 'pyproject.toml');
  expect(pyproject).toContain('"app/schemas/invite.py" = ["S105"]');
  expect(pyproject).toContain('"tests/**" = ["S101", "S106"]');
  expect(fileOf(text, 'tests/factories.py')).toContain('unique=fitting(counted, *[digits_] * 3) if unique is None else unique,');
});

test('entities may be called like variables and classes of tests', () => {
  const text = open(`  Client:
    fields: { name: string }
    access: { read: public, write: public }
  TestRun:
    fields: { name: string }
    access: { read: public, write: public }
`);
  expect(fileOf(text, 'tests/test_client.py')).toContain('client_row = await make_client(session)');
  expect(fileOf(text, 'pyproject.toml')).toContain('python_classes = []');
});

test('tables are exported in the order of ruff: constants, classes, links', () => {
  const text = open(`  X1:
    fields: { name: string }
    relations: { tags: many_to_many Tag10 }
  Tag10:
    fields: { name: string }
  Tag2:
    fields: { name: string }
    access: { read: public }
`);
  expect(fileOf(text, 'app/models/__init__.py')).toContain(
    '__all__ = [\n    "X1",\n    "Base",\n    "Tag2",\n    "Tag10",\n    "x1_tags",\n]',
  );
});

test('times of day are documented without an offset, in answers, too', () => {
  const text = open(`  Shop:
    fields: { opens: time }
    access: { read: public }
`);
  expect(fileOf(text, 'app/schemas/shop.py')).toContain('opens: NaiveTime');
});

const people = `service: x
auth: { user: User, roles: [staff] }
entities:
  User:
    fields: { email: email unique }
    access: { read: staff }
`;

test('a route that is open to all asks who it is where that decides what a row may refer to', () => {
  const text = `${people}  Note:
    fields: { text: string }
    relations: { about: belongs_to User }
    access: { create: public, read: public }
`;
  expect(fileOf(text, 'app/routers/note.py')).toContain('openapi_extra=OPTIONAL_TOKEN');
  expect(fileOf(text, 'tests/test_access.py')).toContain(
    '("anonymous", 409),\n        ("stranger", 201),\n    ],\n)\nasync def test_create_note(',
  );
});

test('a tenant may refer to a row within itself, once there is one', () => {
  const text = `service: x
auth: { user: User }
tenancy: { entity: Tenant, member: Seat, roles: [guest, boss], creator: boss }
enums: { Rank: [guest, boss] }
entities:
  User:
    fields: { email: email unique }
    access: { read: self }
  Tenant:
    fields: { name: string }
    relations: { favourite: belongs_to Seat? }
    access: { create: user, read: guest, update: boss }
  Seat:
    tenant: tenant
    fields: { role: Rank }
    relations: { tenant: belongs_to Tenant, user: belongs_to User }
    unique: [[tenant, user]]
    access: { read: guest, write: boss }
`;
  expect(fileOf(text, 'app/repositories/tenant.py')).toContain('tenant_row = Tenant(');
  expect(fileOf(text, 'app/repositories/tenant.py')).toContain('tenant = select(Tenant.id).where(false())');
});

test('small decimals in a structure are kept with all their digits', () => {
  const text = `service: x
types:
  Offer: { share: "decimal(18,10)", price: "decimal(10,2)" }
entities:
  Sale:
    fields: { offer: json schema=Offer }
    access: { read: public, write: public }
`;
  const structs = fileOf(text, 'app/schemas/_structs.py');
  expect(structs).toContain('share: Annotated[PlainDecimal, decimal_text(8, 10, signed=True)]');
  expect(structs).toContain('price: Annotated[Decimal, decimal_text(8, 2, signed=True)]');
});

test('statements for a collection of an optional parent are not counted where there is none', () => {
  const text = open(`  Sign:
    fields: { name: string }
    relations: { place: belongs_to Place?, town: belongs_to Place }
    api: { embed: [place.labels, town.labels] }
    access: { read: public, write: public }
  Place:
    fields: { name: string }
    relations: { labels: many_to_many Label }
  Label:
    fields: { name: string }
`);
  expect(fileOf(text, 'tests/test_sign.py')).toContain(
    'assert response.status_code == 201, response.text\n    assert len(statements) == 3, statements',
  );
});

test('a row is in the collection of its parent already where only one may be', () => {
  const text = `service: x
enums: { Mode: [strip, keep] }
entities:
  Box:
    fields: { name: string }
    relations: { parts: has_many Part.box }
  Part:
    fields: { mode: Mode readonly = keep }
    relations: { box: belongs_to Box? }
    unique: [[box, mode]]
    api: { embed: [box.parts] }
    access: { read: public }
`;
  expect(fileOf(text, 'tests/test_part.py')).toContain(
    '    row_box = await make_box(session)\n    row = await make_part(session, box=row_box)\n    statements.clear()',
  );
});

test('users may have a member that is called like a hash', () => {
  const text = people.replace('email: email unique', 'email: email unique, hash: string?');
  expect(fileOf(text, 'tests/test_auth.py')).toContain('assert "hashed_password" not in me.text');
});

test('a list for roles of the service alone is refused to who rules another tenant, whatever they filter by', () => {
  const text = tenants
    .replace('auth: { user: User }', 'auth: { user: User, roles: [reader, staff] }')
    .replace('expose: [create, replace, delete]', 'expose: [list]')
    .replace('access: { read: guest, write: boss }', 'access: { list: staff }');
  const access = fileOf(text, 'tests/test_access.py');
  expect(access).toContain('("other tenant", 403, False)');
  expect(access).not.toContain('test_no_filter_finds_a_foreign_seat');
});

test('operations may be called like tests, and stand beside rows with ids of another kind than that of users', () => {
  const text = `${people.replace('  User:', '  User:\n    id: int')}  Bus:
    fields: { line: string }
    access: { read: user }
operations:
  test_brakes:
    route: POST /buses/brakes
    access: user
    describe: Tests the brakes.
    examples: [{ name: no token, when: { as: anonymous }, then: { status: 401 } }, { name: works, when: { as: staff }, then: { status: 204 } }]
`;
  expect(fileOf(text, 'tests/test_operation_test_brakes.py')).toContain('from app.services.test_brakes import test_brakes as operation\n');
  expect(fileOf(text, 'tests/test_contract.py')).toContain('url = re.sub(r"\\{\\w+\\}", "018f0000-0000-7000-8000-000000000000", path)');
});

test('lists are read to their end where a page holds less than the rows of a test', () => {
  const listed = people.replace('access: { read: staff }', 'api: { max_page: 1 }\n    access: { list: public }');
  expect(fileOf(listed, 'tests/test_access.py')).toContain('for offset in range(len(items), total, 1):');
  const keyset = listed.replace('max_page: 1', 'max_page: 1, pagination: keyset');
  expect(fileOf(keyset, 'tests/test_access.py')).toContain('while page.get("next") is not None:');
});

test('what is replaced is not read as a request again: a decimal is no text any more', () => {
  const text = open(`  Coin:
    fields: { worth: "decimal(10,2)" }
    api: { expose: [replace] }
    access: { write: public }
`);
  expect(fileOf(text, 'app/repositories/coin.py')).toContain('return await self.update(coin_id, CoinUpdate.model_construct(**dict(data)))');
});

test('searches try what is no part of any row, and a filter by a slug takes any text', () => {
  const text = open(`  Disk:
    fields:
      label: string(20) = "50%"
      path: string(20) search pattern=^[a-z]:\\\\[a-z]{2,8}$
      note: string(20) search = "50%"
      name: slug(label) filter
    access: { read: public, create: public }
`);
  const tests = fileOf(text, 'tests/test_disk.py');
  expect(tests).toContain('@pytest.mark.parametrize("words", ["_", "\' OR 1=1--"])');
  expect(tests).not.toContain('{"name": "?"}');
});

test('a change that raises a version is none that a row may have been made with', () => {
  const text = open(`  Slot:
    version: true
    fields: { letter: string(1), day: date, name: string(40) }
    unique: [[day, letter]]
    access: { read: public, update: public }
`);
  expect(fileOf(text, 'tests/test_slot.py')).toContain('await client.patch(f"/api/v1/slots/{slot.id}", json={"name": "name b"})');
});

test('a tenant is linked to no other one', () => {
  const text = tenants
    .replace(
      'fields: { name: string }\n    access',
      'fields: { name: string }\n    relations: { kin: many_to_many Tenant inverse=kin_of }\n    access',
    )
    .replace('read: guest }', 'read: guest, update: boss }');
  const tests = fileOf(text, 'tests/test_tenant.py');
  expect(tests).toContain('assert response.status_code == 409, response.text  # outside of the tenant');
  expect(tests).not.toContain('tenant_kin');
});

test('who makes a user need not see them', () => {
  const text = `service: x
auth: { user: User }
entities:
  User:
    fields: { email: email unique }
    access: { read: self, create: public }
`;
  const tests = fileOf(text, 'tests/test_user.py');
  expect(tests).toContain('assert response.headers["location"].endswith(');
  expect(tests).not.toContain('read.json() == created');
});

test('a membership is asked for its owner only where it refers to more than an owned tenant', () => {
  const owned = tenants
    .replace('fields: { name: string }', 'owner: founder\n    fields: { name: string }\n    relations: { founder: belongs_to User }')
    .replace('create: user, read: guest', 'create: owner, read: guest')
    .replace('access: { read: guest, write: boss }', 'access: { read: guest, write: guest }');
  expect(fileOf(owned, 'tests/test_access.py')).toContain('seat_body(session, tenant, role="boss")');
  const referring = owned
    .replace(', creator: boss', '')
    .replace('relations: { tenant: belongs_to Tenant,', 'relations: { desk: belongs_to Desk, tenant: belongs_to Tenant,');
  const desk = '  Desk:\n    owner: holder\n    fields: { place: string }\n    relations: { holder: belongs_to User }\n';
  expect(fileOf(referring + desk, 'tests/test_access.py')).toContain('seat_body(session, owner, tenant, role="boss")');
});

test('a membership in a tenant that has an owner is made without one', () => {
  const text = tenants
    .replace('  Tenant:\n', '  Tenant:\n    owner: founder\n')
    .replace('fields: { name: string }', 'fields: { name: string }\n    relations: { founder: belongs_to User }')
    .replace('write: boss }', 'write: guest }');
  expect(fileOf(text, 'tests/factories.py')).toContain('async def seat_body(session: AsyncSession, /, tenant: Tenant, **changes');
  expect(fileOf(text, 'tests/test_access.py')).toContain('await seat_body(session, tenant, role="boss")');
});

test('tests keep what the actor needs, and count what they have', () => {
  const text = tenants
    .replace('  Tenant:\n', '  Tenant:\n    owner: founder\n')
    .replace('fields: { name: string }', 'fields: { name: string }\n    relations: { founder: belongs_to User unique }')
    .replace('expose: [create, replace, delete]', 'expose: [list], pagination: keyset');
  expect(fileOf(text, 'tests/test_seat.py')).toContain('delete(Seat).where(Seat.id == UUID(seen[-1]), Seat.user_id != actor.id)');
  expect(fileOf(text, 'tests/test_access.py')).toContain(
    '("owner", 409),\n        ("tenant guest", 201),\n        ("tenant boss", 201),\n    ],\n)\nasync def test_create_tenant(',
  );
});

test('rows differ in what has values for all of them', () => {
  const text = open(`  Ticket:
    fields: { code: "string(2..5) pattern=^(ab|cd)x*$", share: "decimal(9,9) min=0.5 max=0.500000001", day: date }
    unique: [[code, share, day]]
    access: { read: public, create: public }
`);
  expect(fileOf(text, 'tests/factories.py')).toContain('"day": (dt.date(2026, 1, 1) + dt.timedelta(days=unique)).isoformat(),');
  expect(fileOf(text, 'tests/test_ticket.py')).toContain('share=f"{first.share:f}"');
});

test('a row that is read again in a collection of its own answer is filled in afterwards', () => {
  const text = (flag: string): string =>
    open(`  Word:
    fields: { spelling: string }
    relations: { book: belongs_to Book?, kin: many_to_many Word inverse=kin_of${flag} }
    api: { embed: [book, kin] }
    access: { read: public, write: public }
  Book:
    fields: { title: string }
`);
  const filledIn = 'return (await self.session.scalars(statement)).one()';
  expect(fileOf(text(' reflexive'), 'app/repositories/word.py')).toContain(filledIn);
  expect(fileOf(text(''), 'app/repositories/word.py')).not.toContain(filledIn);
});

test('rows that are made inside another one show it, and what it has', () => {
  const text = open(`  Box:
    fields: { name: string }
    relations: { parts: has_many Part.box nested, labels: has_many Label.box }
    api: { embed: [parts.box.labels] }
    access: { read: public, create: public }
  Part:
    fields: { name: string }
    relations: { box: belongs_to Box? }
  Label:
    fields: { text: string }
    relations: { box: belongs_to Box }
`);
  expect(fileOf(text, 'tests/test_box.py')).toContain('assert len(statements) == 5, statements');
});

test('who asks has nothing that their own row need not refer to, nor what lies behind', () => {
  const text = `service: x
auth: { user: User }
entities:
  User:
    fields: { email: email unique }
    relations: { chief: belongs_to User?, notes: has_many Note.author }
    computed: { n_notes: { type: int, sql: count(notes) } }
    api: { embed: [chief.chief.notes] }
    access: { read: self }
  Note:
    fields: { title: string }
    relations: { author: belongs_to User }
`;
  const tests = fileOf(text, 'tests/test_user.py');
  expect(tests).toContain('assert body["n_notes"] == 1');
  expect(tests).not.toContain('assert len(statements)');
});

test('what is replaced has all digits of a decimal that it gets by default', () => {
  const text = open(`  Coin:
    fields: { name: string, worth: "decimal(10,2)? = 12.5" }
    api: { expose: [replace] }
    access: { update: public }
`);
  expect(fileOf(text, 'tests/test_coin.py')).toContain('"worth": "12.50"');
});

test('rows are counted that are put into a row where it stands in its own answer', () => {
  const text = open(`  Book:
    fields: { title: string }
    relations: { leaves: has_many Leaf.book, notes: has_many Note.book }
    computed: { n_leaves: { type: int, sql: count(leaves) }, n_notes: { type: int, sql: count(notes) } }
    api: { embed: [leaves, notes.book.leaves] }
    access: { read: public }
  Leaf:
    fields: { text: string }
    relations: { book: belongs_to Book? }
  Note:
    fields: { text: string }
    relations: { book: belongs_to Book? }
`);
  const tests = fileOf(text, 'tests/test_book.py');
  expect(tests).toContain('assert body["n_leaves"] == 2\n    assert body["n_notes"] == 1\n');
});

test('numbers that are given at once are given within one tenant', () => {
  const text = `${tenants}  Order:
    tenant: tenant
    fields: { number: sequence(group) }
    relations: { tenant: belongs_to Tenant, group: belongs_to Tenant }
    access: { read: guest, create: guest }
`;
  const traps = fileOf(text, 'tests/test_traps.py');
  expect(traps).toContain(
    '        tenant = await make_tenant(session, ruler=actor)\n        first = await order_body(session, tenant=tenant)',
  );
});

test('a row that stands in its own answer keeps what it refers to when it is read again', () => {
  const text = open(`  Author:
    fields: { name: string }
    relations: { notes: has_many Note.author }
    access: { read: public }
  Note:
    fields: { title: string }
    relations: { author: belongs_to Author }
    api: { embed: [author.notes] }
    access: { read: public, write: public }
`);
  expect(fileOf(text, 'app/repositories/note.py')).toContain(
    `        (await self.session.scalars(statement.execution_options(populate_existing=True))).one()
        # A row that stands there twice was read again with less: the rest is filled in.
        return (await self.session.scalars(statement)).one()
`,
  );
  expect(fileOf(text, 'tests/test_note.py')).toContain('for key in ["updated_at", "author"]:  # these follow by themselves');
});

test('who may write into a tenant whose rows are deleted softly need not see it', () => {
  const text = tenants
    .replace('auth: { user: User }', 'auth: { user: User, roles: [staff, admin] }')
    .replace('  Tenant:\n', '  Tenant:\n    soft_delete: true\n')
    .replace('create: user, read: guest', 'list: admin');
  expect(fileOf(text, 'app/repositories/seat.py')).toContain('[values.get("tenant_id")], Tenant.id, Tenant.id.in_(tenant)\n');
});

test('a tenant that makes nobody a member is not read by who has made it', () => {
  const reads = 'read = await client.get(response.headers["location"])';
  expect(fileOf(tenants, 'tests/test_tenant.py')).toContain(reads);
  expect(fileOf(tenants.replace(', creator: boss', ''), 'tests/test_tenant.py')).not.toContain(reads);
});

test('rows that no user can be without are there before a test makes any', () => {
  const text = `service: x
auth: { user: User }
entities:
  User:
    fields: { email: email unique }
    relations: { city: belongs_to City }
    access: { read: self }
  City:
    fields: { name: string }
    relations: { country: belongs_to Country, twin: belongs_to Country? }
    api: { pagination: keyset }
    access: { read: user, create: user }
  Country:
    fields: { name: string }
    relations: { cities: has_many City.country }
    access: { read: user, create: user }
`;
  expect(fileOf(text, 'tests/test_country.py')).toContain('== (4, 2, 0)');
  expect(fileOf(text, 'tests/test_city.py')).toContain('City.id.in_(row.id for row in made)');
  expect(fileOf(text, 'tests/test_traps.py')).toContain('assert seen == [before + 1]');
});

test('what a nested row refers to is asked about where it can be deleted softly', () => {
  const text = open(`  Day:
    fields: { on: date }
    relations: { passport: has_one Passport.day nested }
    access: { read: public, write: public }
  Passport:
    fields: { code: string }
    relations: { day: belongs_to Day unique, main: belongs_to Place }
  Place:
    soft_delete: true
    fields: { name: string }
`);
  expect(fileOf(text, 'app/repositories/day.py')).toContain(
    '            [values["passport"]["main_id"]] if values.get("passport") else [],\n',
  );
});

test('rows that stand in the answer of a tenant are made in that tenant', () => {
  const text = tenants
    .replace('  Tenant:\n', '  Tenant:\n    api: { embed: [visits.desk.drawers] }\n')
    .replace('fields: { name: string }', 'fields: { name: string }\n    relations: { visits: has_many Visit.tenant }');
  const inside = `  Desk:
    tenant: tenant
    fields: { place: string }
    relations: { tenant: belongs_to Tenant, drawers: has_many Drawer.desk }
  Drawer:
    fields: { label: string }
    relations: { desk: belongs_to Desk }
  Visit:
    tenant: tenant
    fields: { at: datetime }
    relations: { tenant: belongs_to Tenant, desk: belongs_to Desk }
`;
  expect(fileOf(text + inside, 'tests/test_tenant.py')).toContain(
    `        row_visits_desk = await make_desk(session, tenant=row)
        await make_drawer(session, desk=row_visits_desk)
        await make_visit(session, tenant=row, desk=row_visits_desk)
`,
  );
});

test('a row that stands twice in an answer is loaded alike in both places', () => {
  const text = open(`  Kind:
    fields: { name: string }
    relations: { shelf: belongs_to Shelf }
  Shelf:
    fields: { place: string }
    relations: { kinds: has_many Kind.shelf }
  Thing:
    fields: { title: string }
    relations: { kind: belongs_to Kind, second: belongs_to Kind? }
    api: { embed: [kind.shelf.kinds, second] }
    access: { read: public, write: public }
`);
  const inside = 'joinedload(Kind.shelf, innerjoin=True).options(selectinload(Shelf.kinds))';
  const squeezed = fileOf(text, 'app/repositories/thing.py').replaceAll(/\s+/g, '').replaceAll(',)', ')');
  expect(squeezed).toContain(
    `LOADED=(joinedload(Thing.kind,innerjoin=True).options(${inside}),joinedload(Thing.second).options(${inside}))`.replaceAll(' ', ''),
  );
  expect(fileOf(text, 'tests/test_thing.py')).toContain(
    '        counts.append(len(statements))\n    assert counts[2] <= counts[1], counts\n',
  );
});

test('a replacement of which nothing is shown to everybody is tested by its status', () => {
  const text = open(`  Note:
    fields: { at: datetime = now, title: string = text hidden }
    api: { expose: [replace] }
    access: { read: public, write: public }
`);
  expect(fileOf(text, 'tests/test_note.py')).not.toContain('replaced');
});

test('rows of another entity are in a collection only when they are made, whatever the relation is called', () => {
  const text = open(`  Stamp:
    fields: { at: datetime }
    relations: { members: has_many Member.stamp }
  Member:
    fields: { name: string }
    relations: { stamp: belongs_to Stamp }
  Trap:
    fields: { title: string }
    relations: { stamp: belongs_to Stamp? unique }
    api: { embed: [stamp.members] }
    access: { read: public, write: public }
`);
  expect(fileOf(text, 'tests/test_trap.py')).toContain('    await make_member(session, stamp=row_stamp)\n');
});

test('rows differ in the smallest steps where there are few whole numbers', () => {
  const text = open(`  Reading:
    fields: { level: "decimal(3,2) unique max=-0.01", share: "decimal(4,4) unique min=0.5", part: "decimal(12,12) unique" }
    access: { read: public, create: public }
`);
  const factories = fileOf(text, 'tests/factories.py');
  expect(factories).toContain('level=Decimal(-999 + unique % 999).scaleb(-2) if level is None else level,');
  expect(factories).toContain('"share": f"{Decimal(5000 + unique % 5000).scaleb(-4):f}",');
  expect(factories).toContain('"part": f"{Decimal(1 + unique).scaleb(-12):f}",');
});

test('entities may be called like what pytest takes for a test', () => {
  const text = open(`  TestRun:
    fields: { name: string }
    access: { read: public, create: public }
`);
  expect(fileOf(text, 'tests/test_test_run.py')).toContain('from tests.factories import body_of_test_run, make_test_run\n');
});

test('a replacement names the parent in which the row was made', () => {
  const text = open(`  Group:
    fields: { name: string }
    relations: { parts: has_many Part.group nested }
    access: { create: public }
  Part:
    fields: { label: string }
    relations: { group: belongs_to Group }
    api: { expose: [read, replace] }
    access: { read: public, update: public }
`);
  expect(fileOf(text, 'tests/test_part.py')).toContain(
    'body: dict[str, object] = {"label": "label b", "group_id": to_jsonable_python(part.group_id)}',
  );
});

test('who changes a row need not see what it refers to already', () => {
  const text = `service: x
auth: { user: User }
entities:
  User:
    fields: { email: email unique }
    access: { read: self }
  Group:
    owner: author
    fields: { name: string }
    relations: { author: belongs_to User }
    access: { read: owner }
  Note:
    fields: { title: string }
    relations: { group: belongs_to Group }
    access: { read: user, write: user }
`;
  expect(fileOf(text, 'app/repositories/note.py')).toContain(
    `        moved = {name: value for name, value in changes.items() if value != getattr(note, name)}
        await self._require_references(moved)
`,
  );
});

test('who makes a tenant without becoming its member is not shown what its members are', () => {
  const text = tenants
    .replace(', creator: boss }', ' }')
    .replace('fields: { name: string }', 'fields: { name: string, note: string? visible=boss }')
    .replace('access: { create: user, read: guest }', 'access: { create: user, read: [guest, user] }');
  expect(fileOf(text, 'tests/test_tenant.py')).toContain(`    created = response.json()
    assert set(created) == {"id", "name", "created_at", "updated_at"}
    for key in ["name"]:
`);
});

test('who changes a row without being one who could make it moves it only where that is allowed', () => {
  const text = `${tenants.replace('[guest, boss], creator', '[guest, hand, boss], creator').replace('Rank: [guest, boss]', 'Rank: [guest, hand, boss]')}  Board:
    tenant: tenant
    fields: { title: string }
    relations: { tenant: belongs_to Tenant }
    access: { read: guest, write: boss }
  Note:
    tenant: board.tenant
    owner: author
    fields: { text: string }
    relations: { board: belongs_to Board, author: belongs_to User }
    access: { read: guest, create: hand, update: owner }
`;
  expect(fileOf(text, 'app/repositories/note.py')).toContain(`        tenant = tenant_of_board(note.board_id)
        if changes.get("board_id", note.board_id) != note.board_id:
            await require_role_in(self.session, tenant, self.viewer, Rank.HAND)
`);
});

test('what operations that change something read is locked, also where there is no sign-in', () => {
  const text = `service: x
entities:
  Box:
    fields: { name: string, left: int = 9 }
    access: { read: public, update: public }
operations:
  take: { route: "POST /boxes/{box_id}/take", access: public, output: Box, describe: Takes one. }
  look: { route: "GET /boxes/{box_id}/look", access: public, output: Box, describe: Looks. }
`;
  const router = fileOf(text, 'app/routers/box.py');
  expect(router).toContain('box = await BoxRepository(session).get(box_id, lock=True)\n');
  expect(router).toContain('box = await BoxRepository(session).get(box_id)\n');
  expect(fileOf(text, 'app/repositories/box.py')).toContain(`        if lock:
            # Whoever asks may have been read before the lock was there.
            statement = statement.with_for_update(key_share=True).execution_options(
                populate_existing=True
            )
`);
});

test('a row that stands below a collection of its own is read a second time', () => {
  const text = open(`  Engine:
    fields: { name: string }
    relations: { topics: many_to_many Topic inverse=friends }
    api: { embed: [topics.friends] }
    access: { read: public, write: public }
  Topic:
    fields: { name: string }
    access: { read: public }
`);
  expect(fileOf(text, 'app/repositories/engine.py'))
    .toContain(`        (await self.session.scalars(statement.execution_options(populate_existing=True))).one()
        # A row that stands there twice was read again with less: the rest is filled in.
        return (await self.session.scalars(statement)).one()
`);
});

test('an average of decimals has the places that it is declared with', () => {
  const text = open(`  Box:
    fields: { name: string }
    relations: { parts: has_many Part.box }
    computed:
      mean: { type: "decimal(12,4)?", sql: avg(parts.weight) }
      about: { type: float?, sql: avg(parts.weight) }
    access: { read: public }
  Part:
    fields:
      weight: decimal(9,0)
    relations: { box: belongs_to Box }
`);
  const model = fileOf(text, 'app/models/box.py');
  expect(model).toContain('func.avg(_parts.c.weight, type_=ExactDecimal(9, 0, places=4))');
  expect(model).toContain('func.avg(_parts.c.weight, type_=ExactDecimal(9, 0, places=6))');
  expect(fileOf(text, 'app/core/database.py')).toContain('return exact.quantize(Decimal(1).scaleb(-self.places))\n');
});

test('what is shown of rows that may only be made takes no row', () => {
  const text = `service: x
auth: { user: User, roles: [clerk, boss] }
entities:
  User:
    fields: { email: email unique }
    access: { read: self }
  Note:
    fields: { title: string, pay: int? visible=boss }
    access: { create: clerk }
`;
  expect(fileOf(text, 'tests/test_access.py')).toContain(`) -> None:
    caller = await caller_of(viewer, owner, session)
    headers = headers_of(caller)
    if verb == "create":
`);
});

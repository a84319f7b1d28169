import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseServiceSpec } from './parse-service-spec';
import type { SpecFault } from './spec-fault';

/** One small spec for each kind of fault; the exact faults of each stand in `parse-service-spec.faults.json`. */

const head = 'service: shop\n';
const user = '  User:\n    fields: { email: email unique }\n';
const auth = 'auth: { user: User, roles: [customer, staff] }\n';
const bare = `${head}entities:\n`;
const withAuth = `${head}${auth}entities:\n${user}`;

/** `Book` with one field line each. */
function book(...lines: readonly string[]): string {
  return `${bare}  Book:\n    fields:\n${lines.map((line) => `      ${line}\n`).join('')}`;
}

function owned(access: string, more = ''): string {
  return `${withAuth}  Note:\n    owner: author\n    fields: { title: string }\n    relations: { author: belongs_to User }\n    access: ${access}\n${more}`;
}

const spaces = `tenancy: { entity: Space, member: Seat, roles: [guest, boss], creator: boss }`;

/** A spec with tenants; each option stands in place of what is right. */
function tenants({
  head: top = spaces,
  auth: who = 'auth: { user: User }',
  enums = 'Rank: [guest, boss]',
  space = '    access: { create: user, read: guest }\n',
  seat = '    fields: { role: Rank }\n    relations: { space: belongs_to Space, user: belongs_to User }\n    unique: [[space, user]]\n    access: { read: guest, write: boss }\n',
  more = '',
}: {
  readonly head?: string;
  readonly auth?: string;
  readonly enums?: string;
  readonly space?: string;
  readonly seat?: string;
  readonly more?: string;
} = {}): string {
  return `${head}${who}\n${top}\nenums: { ${enums} }\nentities:\n${user}  Space:\n    fields: { name: string }\n${space}  Seat:\n    tenant: space\n${seat}${more}`;
}

function room(lines: string): string {
  return tenants({ more: `  Room:\n    fields: { name: string }\n${lines}` });
}

function operation(...lines: readonly string[]): string {
  return `${owned('{ read: owner, create: user }')}operations:\n  archive:\n${lines.map((line) => `    ${line}\n`).join('')}`;
}

function example(...lines: readonly string[]): string {
  return operation(
    'route: POST /notes/{note_id}/archive',
    'access: owner',
    'input: { reason: string(3..80) }',
    'output: Note',
    'describe: Archives a note.',
    'examples:',
    '  - name: archives',
    ...lines.map((line) => `    ${line}`),
  );
}

const cases: Readonly<Record<string, string>> = {
  // the file
  'empty file': '# nothing\n',
  'a list': '- service: shop\n',
  'a single value': 'shop\n',
  'not YAML': `${head}entities: [\n`,
  'tab indentation': `${head}entities:\n\tBook: {}\n`,
  'unresolved YAML alias': `${head}entities: *books\n`,
  'anchor in a part that is taken out': `${head}common: &fields { title: string }\nentities:\n  Book:\n    fields: *fields\n`,
  'unknown YAML tag': `${book('title: !text string')}`,
  'duplicate key': book('title: string', 'title: text'),
  'decimal in a flow mapping': `${bare}  Book:\n    fields: { price: decimal(10,2) min=0, title: string }\n`,
  'bracket in a flow mapping': `${bare}  Book:\n    fields: { code: string pattern=^[A-Z]+$, title: string }\n`,
  'key without a value in a flow mapping': `${bare}  Book:\n    fields: { title, stock: int }\n`,
  // structure
  'unknown key at the top': `${head}entites: {}\nentities:\n  Book:\n    fields: { title: string }\n`,
  'unknown key of an entity': `${book('title: string')}    acces: { read: public }\n`,
  'unknown key of a field': book('title: { type: string, uniqe: true }'),
  'missing service': 'entities:\n  Book:\n    fields: { title: string }\n',
  'missing entities': head,
  'missing fields': `${bare}  Book:\n    access: { read: public }\n`,
  'no entities': `${head}entities: {}\n`,
  'wrong kind of value': `${book('title: string')}    timestamps: sometimes\n`,
  'field is a list': book('title: [string]'),
  'bad service name': `service: My Shop\nentities:\n  Book:\n    fields: { title: string }\n`,
  'bad entity name': `${bare}  book:\n    fields: { title: string }\n`,
  'bad field name': book('Title: string'),
  'bad duration': `${head}auth: { user: User, tokens: { access: 15 minutes } }\nentities:\n${user}`,
  'unknown word': `${book('title: string')}    id: uuid\n`,
  'repeated role': `${head}auth: { user: User, roles: [staff, staff] }\nentities:\n${user}`,
  'page of no rows': `${head}defaults: { page: 0 }\nentities:\n  Book:\n    fields: { title: string }\n`,
  'empty enum': `${head}enums: { Format: {} }\nentities:\n  Book:\n    fields: { title: string }\n`,
  // fields
  'unknown type': book('title: strin(80) unique'),
  'type of another language': book('title: varchar?'),
  'unknown enum': `${head}enums: { Format: [paper, ebook] }\nentities:\n  Book:\n    fields: { format: Fromat }\n`,
  'entity as a field': `${book('author: Author')}  Author:\n    fields: { name: string }\n`,
  'structure as a field': `${head}types: { Address: { street: string } }\nentities:\n  Shop:\n    fields: { address: Address }\n`,
  'unknown structure': `${head}types: { Address: { street: string } }\nentities:\n  Shop:\n    fields: { address: json schema=Adress }\n`,
  'bad type argument': book('price: decimal(10)'),
  'string of no characters': book('title: string(0)'),
  'least length over greatest': book('title: string(9..3)'),
  'unknown modifier': book('title: string uniqe'),
  'modifier twice': book('title: string unique unique'),
  'default without a value': book('stock: int ='),
  'default of the wrong type': book('stock: int = many'),
  'default out of range': book('stock: int min=1 = 0'),
  'default too long': book('code: string(2) = abc'),
  'default null of a required field': book('stock: { type: int, default: null }'),
  'default that is no member': `${head}enums: { Format: [paper, ebook] }\nentities:\n  Book:\n    fields: { format: Format = papr }\n`,
  'default of json': book('extra: { type: json, default: { a: 1 } }'),
  'least over greatest': book('stock: int min=5 max=1'),
  'limit of a text': book('title: string min=3'),
  'limit that is no number': book('stock: int min=0.5'),
  'limit that does not fit': book('price: decimal(4,2) max=1000'),
  'broken pattern': book('code: string pattern=^(a$'),
  'pattern with look-ahead': book('code: string pattern=^(?=a)a$'),
  'pattern of a number': book('stock: int pattern=^1$'),
  'search in a number': book('stock: int search'),
  'unique text': book('body: text unique'),
  'filter by json': book('extra: json filter'),
  'filter by a hidden field': book('cost: int hidden filter'),
  'sort by a field for staff': `${withAuth}  Book:\n    fields:\n      cost: int visible=staff sort\n`,
  'hidden and visible': `${withAuth}  Book:\n    fields:\n      cost: int hidden visible=staff\n`,
  'visible for nobody': `${withAuth}  Book:\n    fields:\n      cost: int visible=none\n`,
  'slug of an unknown field': book('title: string', 'slug: slug(titel)'),
  'slug of a number': book('stock: int', 'slug: slug(stock)'),
  'sequence within no relation': book('number: sequence(shelf)'),
  'readonly without a default': book('signed_at: datetime readonly'),
  'readonly number that may not be 0': book('stock: int min=1 readonly'),
  'unique value that is the same in each row': book('stock: int readonly unique', 'shelf: string? readonly unique = "a"'),
  'example that is a list': book('title: { type: string, example: [a] }'),
  // names
  'Python keyword': book('class: string'),
  'SQLAlchemy name': book('metadata: json'),
  'Pydantic prefix': book('model_name: string'),
  'Pydantic attribute': book('copy: int'),
  'type name': book('date: date'),
  'generated column': book('created_at: datetime'),
  'generated column of the user': `${head}auth: { user: User }\nentities:\n  User:\n    fields: { email: email unique, role: string }\n`,
  'list parameter': book('limit: int filter'),
  'class of the generated code': `${bare}  Page:\n    fields: { title: string }\n`,
  'module of the generated code': `${bare}  Enums:\n    fields: { title: string }\n`,
  'entity and enum of one name': `${head}enums: { Book: [paper] }\nentities:\n  Book:\n    fields: { title: string }\n`,
  'class that an entity makes': `${book('title: string')}  BookRead:\n    fields: { title: string }\n`,
  'field and relation of one name': `${book('author: string')}    relations: { author: belongs_to Author }\n  Author:\n    fields: { name: string }\n`,
  'field and column of a relation': `${book('author_id: int')}    relations: { author: belongs_to Author }\n  Author:\n    fields: { name: string }\n`,
  'same table': `${book('title: string')}  Novel:\n    table: books\n    fields: { title: string }\n`,
  'same path': `${book('title: string')}  Novel:\n    api: { path: /books }\n    fields: { title: string }\n`,
  'bad table name': `${book('title: string')}    table: Books\n`,
  'bad path': `${book('title: string')}    api: { path: books/ }\n`,
  'path of the generated code': `${book('title: string')}    api: { path: /auth }\n`,
  'long table name': `${bare}  Book:\n    table: ${'b'.repeat(64)}\n    fields: { title: string }\n`,
  'long constraint name': book(`${'t'.repeat(60)}: string unique`),
  // relations
  'unknown entity': `${book('title: string')}    relations: { author: belongs_to Auther }\n  Author:\n    fields: { name: string }\n`,
  'unknown relation kind': `${book('title: string')}    relations: { author: belongsto Book }\n`,
  'has_many without the way back': `${book('title: string')}    relations: { reviews: has_many Review }\n  Review:\n    fields: { stars: int }\n`,
  'has_many by an unknown relation': `${book('title: string')}    relations: { reviews: has_many Review.bok }\n  Review:\n    fields: { stars: int }\n    relations: { book: belongs_to Book }\n`,
  'modifier of another relation kind': `${book('title: string')}    relations: { author: belongs_to Author nested }\n  Author:\n    fields: { name: string }\n`,
  'unknown delete action': `${book('title: string')}    relations: { author: belongs_to Author on_delete=cascad }\n  Author:\n    fields: { name: string }\n`,
  'set_null of a required link': `${book('title: string')}    relations: { author: belongs_to Author on_delete=set_null }\n  Author:\n    fields: { name: string }\n`,
  'cascade against restrict': `${book('title: string')}    relations: { reviews: has_many Review.book cascade }\n  Review:\n    fields: { stars: int }\n    relations: { book: belongs_to Book on_delete=restrict }\n`,
  'has_one of a link that is not unique': `${book('title: string')}    relations: { cover: has_one Cover.book }\n  Cover:\n    fields: { color: string }\n    relations: { book: belongs_to Book }\n`,
  'two names for one end': `${book('title: string')}    relations: { reviews: has_many Review.book, opinions: has_many Review.book }\n  Review:\n    fields: { stars: int }\n    relations: { book: belongs_to Book }\n`,
  'two links or one': `${book('title: string')}    relations: { tags: many_to_many Tag }\n  Tag:\n    fields: { name: string }\n    relations: { books: many_to_many Book }\n`,
  'implicit end that is taken': `${book('title: string')}    relations: { tags: many_to_many Tag }\n  Tag:\n    fields: { name: string, books: int }\n`,
  'self link without inverse': `${book('title: string')}    relations: { sequels: many_to_many Book }\n`,
  'ring of required links': `${book('title: string')}    relations: { shelf: belongs_to Shelf }\n  Shelf:\n    fields: { name: string }\n    relations: { first: belongs_to Book }\n`,
  'required link to itself': `${book('title: string')}    relations: { prequel: belongs_to Book }\n`,
  'reflexive link to another entity': `${book('title: string')}    relations: { authors: many_to_many Author reflexive }\n  Author:\n    fields: { name: string }\n`,
  'bytes that base64 does not count': book('cover: bytes(1000)'),
  'version beside a version': `${book('version: int')}    version: true\n`,
  'nested ring': `${book('title: string')}    relations:\n      parent: belongs_to Book?\n      parts: has_many Book.parent nested\n`,
  'nested rows numbered within another row': `${book('title: string')}    relations: { sheets: has_many Sheet.book nested }\n  Sheet:\n    fields: { number: sequence(paper) }\n    relations: { book: belongs_to Book, paper: belongs_to Paper }\n  Paper:\n    fields: { name: string }\n`,
  'users nested in other rows': `${head}auth: { user: User }\nentities:\n  User:\n    fields: { email: email unique }\n    relations: { team: belongs_to Team }\n  Team:\n    fields: { name: string }\n    relations: { people: has_many User.team nested }\n`,
  // entities
  'unknown field in unique': `${book('title: string')}    unique: [[titel]]\n`,
  'has_many in unique': `${book('title: string')}    relations: { reviews: has_many Review.book }\n    unique: [[title, reviews]]\n  Review:\n    fields: { stars: int }\n    relations: { book: belongs_to Book }\n`,
  'unknown field in an index': `${book('title: string')}    indexes: [[-titel]]\n`,
  'unknown field in a check': `${book('stock: int')}    checks: { not_negative: stok >= 0 }\n`,
  'check with a second statement': `${book('stock: int')}    checks: { not_negative: stock >= 0; drop table books }\n`,
  'unknown field in order': `${book('title: string')}    api: { order: [-titel] }\n`,
  'unknown relation in embed': `${book('title: string')}    relations: { author: belongs_to Author }\n    api: { embed: [auther] }\n  Author:\n    fields: { name: string }\n`,
  'page over the most': `${book('title: string')}    api: { page: 50, max_page: 20 }\n`,
  'exposed without access': `${book('title: string')}    api: { expose: [list] }\n`,
  'computed without sql': `${book('title: string')}    computed: { rating: { type: float? } }\n`,
  'computed by free SQL': `${book('title: string')}    computed: { rating: { type: float?, sql: select 1 } }\n`,
  'computed of an unknown relation': `${book('title: string')}    computed: { rating: { type: float?, sql: avg(reviews.stars) } }\n`,
  'computed of the wrong type': `${book('title: string')}    relations: { reviews: has_many Review.book }\n    computed: { rating: { type: float, sql: avg(reviews.stars) } }\n  Review:\n    fields: { stars: int }\n    relations: { book: belongs_to Book }\n`,
  // auth and access
  'unknown user entity': `${head}auth: { user: Usr }\nentities:\n${user}`,
  'unknown login field': `${head}auth: { user: User, login: mail }\nentities:\n${user}`,
  'login that is not unique': `${head}auth: { user: User }\nentities:\n  User:\n    fields: { email: email }\n`,
  'register with an unknown role': `${head}auth: { user: User, roles: [customer], register: custmer }\nentities:\n${user}`,
  'register: on': `${head}auth: { user: User, register: on }\nentities:\n${user}`,
  'nobody could register': `${head}auth: { user: User, register: true }\nentities:\n${user}    relations: { badge: belongs_to Badge, spare: belongs_to Badge? }\n  Badge:\n    owner: holder\n    fields: { code: string }\n    relations: { holder: belongs_to User? }\n    access: { read: owner, write: owner }\n`,
  'access word as a role': `${head}auth: { user: User, roles: [owner] }\nentities:\n${user}`,
  'token of no time': `${head}auth: { user: User, tokens: { access: 0m } }\nentities:\n${user}`,
  'access without auth': `${book('title: string')}    access: { read: public, write: user }\n`,
  'owner without auth': `${book('title: string')}    owner: author\n    relations: { author: belongs_to Book? }\n`,
  'unknown role': owned('{ read: stuff }'),
  'owner word without owner': `${withAuth}  Note:\n    fields: { title: string }\n    access: { read: owner }\n`,
  'self of another entity': owned('{ read: self }'),
  'none beside others': owned('{ read: [none, staff] }'),
  'public beside others': owned('{ read: [public, staff] }'),
  'nobody creates themself': `${head}auth: { user: User }\nentities:\n${user}    access: { create: self }\n`,
  'public creates what has an owner': owned('{ create: public }'),
  'owner that is no relation': `${withAuth}  Note:\n    owner: writer\n    fields: { title: string }\n    relations: { author: belongs_to User }\n`,
  'owner that is no user': `${withAuth}  Note:\n    owner: parent\n    fields: { title: string }\n    relations: { parent: belongs_to Note? }\n`,
  'tenant without tenancy': `${withAuth}  Note:\n    tenant: parent\n    fields: { title: string }\n    relations: { parent: belongs_to Note? }\n`,
  // operations
  'cursor that would show a hidden field': `${book('price: int hidden')}    api: { pagination: keyset, order: [price] }\n`,
  'cursor that is too long': `${book('title: string(600) sort\n      place: text(600) sort')}    api: { pagination: keyset }\n`,
  'field that keyset pages have already': `${book('cursor: string')}    api: { pagination: keyset }\n`,
  'bad rate': operation('route: POST /archive', 'access: user', 'rate: 10 per minute', 'describe: Archives.'),
  'rate beyond what is counted': operation('route: POST /archive', 'access: user', 'rate: 1001/h', 'describe: Archives.'),
  'bad route': operation('route: /notes', 'access: user', 'describe: Archives.'),
  'bad path of an operation': operation('route: POST /notes//archive', 'access: user', 'describe: Archives.'),
  'unknown id in the path': operation('route: POST /notes/{noet_id}/archive', 'access: user', 'describe: Archives.'),
  'route of an entity': operation('route: GET /notes/{id}', 'access: user', 'describe: Reads.'),
  'name of a generated route': `${owned('{ read: owner }')}operations:\n  create_note:\n    route: POST /notes/new\n    access: user\n    describe: Creates.\n`,
  'owner without a subject': operation('route: POST /archive', 'access: owner', 'describe: Archives.'),
  'operation for nobody': operation('route: POST /archive', 'access: none', 'describe: Archives.'),
  'input that is in the path': operation('route: POST /archive/{year}', 'access: user', 'input: { year: int }', 'describe: Archives.'),
  'input with a column modifier': operation('route: POST /archive', 'access: user', 'input: { year: int unique }', 'describe: Archives.'),
  'json in the query': operation('route: GET /archive', 'access: user', 'input: { years: json }', 'describe: Archives.'),
  'unknown output': operation('route: POST /archive', 'access: user', 'output: Note2', 'describe: Archives.'),
  'list of two': operation('route: POST /archive', 'access: user', 'output: [Note, User]', 'describe: Archives.'),
  'output that may be null': operation('route: POST /archive', 'access: user', 'output: Note?', 'describe: Archives.'),
  'status of an error': operation('route: POST /archive', 'access: user', 'status: 404', 'describe: Archives.'),
  'bad error status': operation('route: POST /archive', 'access: user', 'errors: { 200: fine }', 'describe: Archives.'),
  'missing description': operation('route: POST /archive', 'access: user'),
  // examples and seed
  'unknown entity in given': example(
    'given: { note: { Nite: {} } }',
    'when: { path: { note_id: 1 }, body: { reason: old } }',
    'then: { status: 401 }',
  ),
  'unknown field in given': example(
    'given: { note: { Note: { titel: a } } }',
    'when: { path: { note_id: 1 }, body: { reason: old } }',
    'then: { status: 401 }',
  ),
  'two entities in one row': example(
    'given: { note: { Note: {}, User: {} } }',
    'when: { path: { note_id: 1 }, body: { reason: old } }',
    'then: { status: 401 }',
  ),
  'alias used early': example(
    'given: { note: { Note: { author: $ann } }, ann: { User: {} } }',
    'when: { path: { note_id: 1 }, body: { reason: old } }',
    'then: { status: 401 }',
  ),
  'unknown alias': example(
    'given: { ann: { User: {} } }',
    'when: { as: $anna, path: { note_id: 1 }, body: { reason: old } }',
    'then: { status: 401 }',
  ),
  'row of another entity': example(
    'given: { note: { Note: {} }, other: { Note: { author: $note } } }',
    'when: { path: { note_id: 1 }, body: { reason: old } }',
    'then: { status: 401 }',
  ),
  'caller that is no user': example(
    'given: { note: { Note: {} } }',
    'when: { as: $note, path: { note_id: $note.id }, body: { reason: old } }',
    'then: { status: 200 }',
  ),
  'caller with an unknown role': example('when: { as: stuff, path: { note_id: 1 }, body: { reason: old } }', 'then: { status: 403 }'),
  'missing path parameter': example('when: { body: { reason: old } }', 'then: { status: 401 }'),
  'unknown path parameter': example('when: { path: { note_id: 1, nota: 2 }, body: { reason: old } }', 'then: { status: 401 }'),
  'unknown input': example('when: { path: { note_id: 1 }, body: { reason: old, raeson: new } }', 'then: { status: 401 }'),
  'missing input': example('given: { note: { Note: {} } }', 'when: { path: { note_id: $note.id } }', 'then: { status: 200 }'),
  'input in the query': example('when: { path: { note_id: 1 }, query: { reason: old } }', 'then: { status: 401 }'),
  'unknown field in the response': example(
    'when: { path: { note_id: 1 }, body: { reason: old } }',
    'then: { status: 200, body: { titel: a } }',
  ),
  'unknown field in the database': example(
    'given: { note: { Note: {} } }',
    'when: { path: { note_id: 1 }, body: { reason: old } }',
    'then: { status: 401, db: { $note.titel: a } }',
  ),
  'value of the wrong type in given': example(
    'given: { note: { Note: { title: 5 } } }',
    'when: { path: { note_id: 1 }, body: { reason: old } }',
    'then: { status: 401 }',
  ),
  'status out of range': example('when: { path: { note_id: 1 }, body: { reason: old } }', 'then: { status: 99 }'),
  'unknown entity in the seed': `${book('title: string')}seed:\n  Bok: [{ title: Dune }]\n`,
  'unknown field in the seed': `${book('title: string')}seed:\n  Book: [{ title: Dune, titel: Dune }]\n`,
  'the same row twice in the seed': `${book('title: string', 'notes: json?')}seed:\n  Book: [{ title: Dune, notes: { a: 1 } }, { title: Emma }, { title: Dune }]\n`,
  'seed user without a password': `${withAuth}seed:\n  User: [{ email: ann@example.com, role: boss }]\n`,
  // tenancy and what cannot be built
  'tenancy with unknown names': `${head}auth: { user: User }\ntenancy: { entity: Space, member: Member, roles: [guest], creator: boss }\nentities:\n${user}`,
  'member without a link to the tenant': `${head}auth: { user: User }\ntenancy: { entity: Space, member: Member }\nentities:\n${user}  Space:\n    fields: { name: string }\n  Member:\n    fields: { since: int }\n    relations: { user: belongs_to User }\n`,
  'tenant path that ends elsewhere': `${head}auth: { user: User }\ntenancy: { entity: Space, member: Member }\nentities:\n${user}  Space:\n    fields: { name: string }\n  Member:\n    tenant: user\n    fields: { since: int }\n    relations: { user: belongs_to User, space: belongs_to Space }\n`,
  'tenant and user in one': tenants({ head: 'tenancy: { entity: User, member: Seat }' }),
  'member without a role': tenants({
    seat: '    fields: { role: string }\n    relations: { space: belongs_to Space, user: belongs_to User }\n    unique: [[space, user]]\n',
  }),
  'member whose role may be missing': tenants({
    seat: '    fields: { role: Rank? }\n    relations: { space: belongs_to Space, user: belongs_to User }\n    unique: [[space, user]]\n',
  }),
  'member of two users': tenants({
    seat: '    fields: { role: Rank }\n    relations: { space: belongs_to Space, user: belongs_to User, host: belongs_to User }\n    unique: [[space, user]]\n',
  }),
  'member without a user at times': tenants({
    seat: '    fields: { role: Rank }\n    relations: { space: belongs_to Space, user: belongs_to User? }\n    unique: [[space, user]]\n',
  }),
  'member twice in a tenant': tenants({
    seat: '    fields: { role: Rank }\n    relations: { space: belongs_to Space, user: belongs_to User }\n',
  }),
  'tenancy role that is not in the enum': tenants({ head: 'tenancy: { entity: Space, member: Seat, roles: [guest, bos], creator: bos }' }),
  'value of the enum that is no tenancy role': tenants({ enums: 'Rank: [guest, boss, invited]' }),
  'tenancy role that is a service role, too': tenants({ auth: 'auth: { user: User, roles: [customer, boss] }' }),
  'tenancy role for rows outside of tenants': room('    access: { read: guest }\n'),
  'access word that is no role of the tenancy': room(
    '    tenant: space\n    relations: { space: belongs_to Space }\n    access: { read: gest }\n',
  ),
  'tenancy role without a row': `${tenants()}operations:\n  count_spaces:\n    route: GET /spaces/count\n    access: guest\n    output: int\n    describe: Counts.\n`,
  'tenant path with a step that may be missing': room('    tenant: space\n    relations: { space: belongs_to Space? }\n'),
  'tenant path through rows outside of tenants': `${room('    relations: { space: belongs_to Space }\n')}  Desk:\n    tenant: room.space\n    fields: { name: string }\n    relations: { room: belongs_to Room }\n`,
  'tenant of the tenant': tenants({ space: '    tenant: parent\n    relations: { parent: belongs_to Space? }\n' }),
  'tenant made by its member': tenants({ space: '    access: { create: boss, read: guest }\n' }),
  'tenant made by nobody': tenants({ space: '    access: { create: public, read: guest }\n' }),
  'rows that refer to others, nested in a tenant': `${tenants({ space: '    relations: { rooms: has_many Room.space nested }\n' })}  Room:\n    tenant: space\n    fields: { name: string }\n    relations: { space: belongs_to Space, host: belongs_to User }\n`,
  'rows of tenants nested in rows outside': `${tenants()}  Room:\n    tenant: space\n    fields: { name: string }\n    relations: { space: belongs_to Space, hotel: belongs_to Hotel }\n  Hotel:\n    fields: { name: string }\n    relations: { rooms: has_many Room.hotel nested }\n`,
  'membership of which more is required': tenants({
    seat: '    fields: { role: Rank, since: date }\n    relations: { space: belongs_to Space, user: belongs_to User }\n    unique: [[space, user]]\n',
  }),
  'embed that leaves the tenant': room(
    '    relations: { seats: many_to_many Seat }\n    api: { embed: [seats] }\n    access: { read: user }\n',
  ),
  'ends that name different partners': `${book('title: string')}    relations: { tags: many_to_many Tag inverse=books }\n  Tag:\n    fields: { name: string }\n    relations: { books: many_to_many Book inverse=labels }\n`,
  'body without an output': operation(
    'route: POST /archive',
    'access: public',
    'describe: Archives.',
    'examples:',
    '  - name: archives',
    '    when: {}',
    '    then: { status: 204, body: { title: a } }',
  ),
  'not supported yet': `${head}types:\n  Scan: { page: bytes }\nentities:\n  Book:\n    fields: { title: string }\n`,
  // migrations
  'hint with a name that is still there': `${bare}  Book:\n    was: Volume\n    fields: { title: string was=name, name: string }\n  Volume:\n    fields: { title: string }\n`,
  'two fields that were one': book('title: string was=name', 'label: { type: string, was: name }'),
  'relation with the name of another before': `${book('title: string')}    relations: { author: belongs_to Author was=writer, writer: belongs_to Author }\n  Author:\n    fields: { name: string }\n`,
  'value of an enum that is still there': `${head}enums: { Status: [open was=pending, pending], Kind: { a: { was: b }, b: B } }\nentities:\n  Book:\n    fields: { status: Status }\n`,
  'value of an enum that is no word': `${head}enums: { Status: [open was=Pending] }\nentities:\n  Book:\n    fields: { status: Status }\n`,
  'backfill of another type': book('pages: int backfill=many', 'on: date backfill=soon', 'extra: json backfill={'),
  'backfill out of range': book('pages: int min=1 backfill=0'),
  'backfill of a relation with a value': `${book('title: string')}    relations: { author: belongs_to Author backfill=1 }\n  Author:\n    fields: { name: string }\n`,
  'hints at an end without a column': `${book('title: string')}    relations: { reviews: has_many Review.book was=notes }\n  Review:\n    fields: { stars: int }\n    relations: { book: belongs_to Book }\n`,
  'one value twice, once with its old name': `${head}enums: { Status: [paid, paid was=settled] }\nentities:\n  Book:\n    fields: { status: Status }\n`,
  'entity named like a file of the generated code': `${bare}  Keyset:\n    fields: { title: string }\n`,
  'entity named like the cursor of another': `${head}defaults: { pagination: keyset }\nentities:\n  Book:\n    fields: { title: string }\n  BookCursor:\n    fields: { title: string }\n`,
  'owned path that leaves the project': `${head}owned: [app/services/*.py, ../other.py, /etc/hosts]\nentities:\n  Book:\n    fields: { title: string }\n`,
  'hints in a structure': `${head}types:\n  Address: { street: string was=road backfill=none }\nentities:\n  Book:\n    fields: { at: json schema=Address }\n`,
  'field that marks deleted rows': `${head}entities:\n  Book:\n    soft_delete: true\n    fields: { title: string, deleted_at: datetime? }\n  Tag:\n    fields: { name: string, deleted_at: datetime? }\n`,
};

const expected = JSON.parse(readFileSync(join(__dirname, 'parse-service-spec.faults.json'), 'utf8')) as Readonly<
  Record<string, readonly SpecFault[]>
>;

describe('parseServiceSpec names the fault of', () => {
  test.each(Object.entries(cases))('%s', (name, text) => {
    expect(parseServiceSpec(text)).toEqual({ kind: 'faulty', faults: expected[name] });
  });

  test('nothing that is not in the table', () => {
    expect(Object.keys(expected)).toEqual(Object.keys(cases));
  });
});

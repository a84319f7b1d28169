import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseServiceSpec } from './parse-service-spec';
import type { EntitySpec, FieldSpec, ServiceSpec } from './service-spec';

function readExample(name: string): ServiceSpec {
  return read(readFileSync(join(__dirname, '../../../../examples', `${name}.yaml`), 'utf8'));
}

function read(text: string): ServiceSpec {
  const reading = parseServiceSpec(text, { refuseUnsupported: false });
  if (reading.kind === 'faulty') throw new Error(JSON.stringify(reading.faults, undefined, 2));
  return reading.spec;
}

function entity(spec: ServiceSpec, name: string): EntitySpec {
  const found = spec.entities.find((known) => known.name === name);
  if (found === undefined) throw new Error(`The spec has no entity ${name}.`);
  return found;
}

const plainField = {
  nullable: false,
  unique: false,
  index: false,
  search: false,
  filter: false,
  sort: false,
  readonly: false,
  immutable: false,
  hidden: false,
} as const;
const plainEntity = {
  id: 'uuid7',
  timestamps: true,
  softDelete: false,
  version: false,
  computed: [],
  uniqueTogether: [],
  indexes: [],
  checks: [],
  embed: [],
  order: [{ column: 'id', descending: false }],
  page: 20,
  pagination: 'offset',
  maxPage: 100,
} as const;

test('todo is read whole', () => {
  expect(readExample('todo')).toEqual({
    service: 'todo',
    pythonName: 'todo',
    version: '0.1.0',
    description: 'The todo service.',
    telemetry: false,
    owned: [],
    auth: { user: 'User', login: 'email', roles: [], register: true, accessTokenSeconds: 900, refreshTokenSeconds: 1_209_600 },
    enums: [],
    structs: [],
    entities: [
      {
        ...plainEntity,
        name: 'User',
        module: 'user',
        plural: 'users',
        table: 'users',
        path: '/users',
        tag: 'users',
        label: 'user',
        isUser: true,
        fields: [{ ...plainField, name: 'email', type: { kind: 'email' }, unique: true }],
        relations: [],
        access: { list: [{ kind: 'self' }], read: [{ kind: 'self' }], update: [{ kind: 'self' }] },
      },
      {
        ...plainEntity,
        name: 'Task',
        module: 'task',
        plural: 'tasks',
        table: 'tasks',
        path: '/tasks',
        tag: 'tasks',
        label: 'task',
        isUser: false,
        owner: { relation: 'user', column: 'user_id' },
        fields: [
          { ...plainField, name: 'title', type: { kind: 'string', minLength: 1, maxLength: 200 }, search: true },
          { ...plainField, name: 'done', type: { kind: 'bool' }, filter: true, default: false },
        ],
        relations: [
          {
            kind: 'belongs_to',
            name: 'user',
            target: 'User',
            column: 'user_id',
            nullable: false,
            onDelete: 'cascade',
            filter: false,
            unique: false,
            immutable: false,
            implicit: false,
          },
        ],
        access: {
          list: [{ kind: 'owner' }],
          read: [{ kind: 'owner' }],
          create: [{ kind: 'user' }],
          update: [{ kind: 'owner' }],
          delete: [{ kind: 'owner' }],
        },
      },
    ],
    operations: [],
    seed: [],
  });
});

describe('bookstore', () => {
  const spec = readExample('bookstore');

  test('both ends of a many_to_many', () => {
    const link = { kind: 'many_to_many', filter: false, linkTable: 'author_books' };
    expect(entity(spec, 'Author').relations).toEqual([
      {
        ...link,
        name: 'books',
        target: 'Book',
        inverse: 'authors',
        localColumn: 'author_id',
        remoteColumn: 'book_id',
        declared: true,
        reflexive: true,
        implicit: false,
      },
    ]);
    expect(entity(spec, 'Book').relations.at(-1)).toEqual({
      ...link,
      name: 'authors',
      target: 'Author',
      inverse: 'books',
      localColumn: 'book_id',
      remoteColumn: 'author_id',
      declared: false,
      reflexive: true,
      implicit: true,
    });
  });

  test('both ends of a has_many', () => {
    const [, items] = entity(spec, 'Order').relations;
    const [order] = entity(spec, 'OrderItem').relations;
    expect([items, order]).toEqual([
      {
        kind: 'has_many',
        name: 'items',
        target: 'OrderItem',
        via: 'order',
        viaColumn: 'order_id',
        cascade: true,
        nested: true,
        implicit: false,
      },
      {
        kind: 'belongs_to',
        name: 'order',
        target: 'Order',
        column: 'order_id',
        nullable: false,
        onDelete: 'cascade',
        filter: false,
        unique: false,
        immutable: false,
        inverse: 'items',
        implicit: false,
      },
    ]);
  });

  test('fields with limits, enums, structures and zero defaults', () => {
    const field = (name: string, of: string) => entity(spec, of).fields.find((known) => known.name === name);
    expect([
      field('format', 'Book'),
      field('stock', 'Book'),
      field('cost', 'Book'),
      field('unit_price', 'OrderItem'),
      field('ship_to', 'Order'),
      field('slug', 'Book'),
    ]).toEqual([
      { ...plainField, name: 'format', type: { kind: 'enum', enum: 'Format' }, filter: true, default: 'paperback' },
      { ...plainField, name: 'stock', type: { kind: 'int' }, min: '0', default: 0 },
      {
        ...plainField,
        name: 'cost',
        type: { kind: 'decimal', precision: 10, scale: 2 },
        nullable: true,
        min: '0',
        visible: [{ kind: 'role', role: 'staff' }],
      },
      { ...plainField, name: 'unit_price', type: { kind: 'decimal', precision: 10, scale: 2 }, readonly: true, default: '0' },
      { ...plainField, name: 'ship_to', type: { kind: 'json', struct: 'Address' } },
      { ...plainField, name: 'slug', type: { kind: 'slug', from: 'title' }, unique: true, readonly: true },
    ]);
  });

  test('order, embed, computed and access of Book', () => {
    const { order, embed, computed, access } = entity(spec, 'Book');
    const staff = [{ kind: 'role', role: 'staff' }];
    expect({ order, embed, computed, access }).toEqual({
      order: [
        { column: 'published_on', descending: true },
        { column: 'title', descending: false },
        { column: 'id', descending: false },
      ],
      embed: [['authors'], ['category']],
      computed: [{ name: 'rating', type: { kind: 'float' }, nullable: true, aggregate: 'avg', relation: 'reviews', field: 'stars' }],
      access: { list: [{ kind: 'public' }], read: [{ kind: 'public' }], create: staff, update: staff, delete: staff },
    });
  });

  test('an entity that is exposed nowhere has no routes', () => {
    expect(entity(spec, 'OrderItem').access).toEqual({});
  });

  test('operations', () => {
    const [payOrder, bestSellers] = spec.operations.map(({ examples, description: _description, ...rest }) => ({
      ...rest,
      examples: examples.length,
    }));
    expect(payOrder).toEqual({
      name: 'pay_order',
      className: 'PayOrder',
      method: 'POST',
      path: '/orders/{order_id}/pay',
      pathParameters: [{ name: 'order_id', entity: 'Order' }],
      access: [{ kind: 'owner' }],
      entity: 'Order',
      subject: { entity: 'Order', parameter: 'order_id' },
      input: [{ ...plainField, name: 'payment_token', type: { kind: 'string', minLength: 10, maxLength: 200 } }],
      inputIn: 'body',
      output: { kind: 'entity', entity: 'Order' },
      status: 200,
      errors: [{ status: 409, description: 'order is not pending or a book is out of stock' }],
      examples: 4,
    });
    expect(bestSellers).toMatchObject({ entity: 'Book', inputIn: 'query', examples: 1 });
    expect(bestSellers?.output).toEqual({
      kind: 'list',
      of: {
        kind: 'object',
        fields: [
          { name: 'book', shape: { kind: 'entity', entity: 'Book' } },
          { name: 'sold', shape: { kind: 'scalar', type: { kind: 'int' }, nullable: false } },
        ],
      },
    });
  });

  test('an example with references, nested rows and the database afterwards', () => {
    expect(spec.operations[0]?.examples[1]).toEqual({
      name: 'refuses when a book is out of stock',
      given: [
        { alias: 'ann', entity: 'User', values: {} },
        { alias: 'book', entity: 'Book', values: { stock: { kind: 'scalar', value: 1 } } },
        {
          alias: 'order',
          entity: 'Order',
          values: {
            customer: { kind: 'reference', alias: 'ann' },
            items: {
              kind: 'list',
              items: [{ kind: 'object', entries: { book: { kind: 'reference', alias: 'book' }, quantity: { kind: 'scalar', value: 2 } } }],
            },
          },
        },
      ],
      when: {
        as: { kind: 'alias', alias: 'ann' },
        path: { order_id: { kind: 'reference', alias: 'order', field: 'id' } },
        query: {},
        body: { payment_token: { kind: 'scalar', value: 'tok-0000000001' } },
      },
      then: {
        status: 409,
        database: [
          { alias: 'book', field: 'stock', value: { kind: 'scalar', value: 1 } },
          { alias: 'order', field: 'status', value: { kind: 'scalar', value: 'pending' } },
        ],
      },
    });
  });

  test('seed rows keep links and environment variables', () => {
    expect(spec.seed.slice(1)).toEqual([
      {
        entity: 'Category',
        values: {
          name: { kind: 'scalar', value: 'Crime' },
          parent: { kind: 'object', entries: { name: { kind: 'scalar', value: 'Fiction' } } },
        },
      },
      {
        entity: 'User',
        values: {
          email: { kind: 'scalar', value: 'admin@example.com' },
          role: { kind: 'scalar', value: 'admin' },
          password: { kind: 'scalar', value: '${SEED_ADMIN_PASSWORD}' },
        },
      },
    ]);
  });
});

describe('tracker', () => {
  test('is read whole when nothing is refused', () => {
    const spec = readExample('tracker');
    expect(spec.tenancy).toEqual({
      entity: 'Workspace',
      member: 'Membership',
      roles: ['guest', 'member', 'maintainer', 'owner'],
      creator: 'owner',
      tenantRelation: 'workspace',
      userRelation: 'user',
      roleEnum: 'MemberRole',
    });
    const { tenant, owner, version, checks, access } = entity(spec, 'Issue');
    expect({ tenant, owner, version, checks, access }).toEqual({
      tenant: ['project', 'workspace'],
      owner: { relation: 'reporter', column: 'reporter_id' },
      version: true,
      checks: [{ name: 'no_self_parent', sql: 'parent_id <> id' }],
      access: {
        list: [{ kind: 'tenant', role: 'guest' }],
        read: [{ kind: 'tenant', role: 'guest' }],
        create: [{ kind: 'tenant', role: 'member' }],
        update: [{ kind: 'tenant', role: 'member' }],
        delete: [{ kind: 'owner' }, { kind: 'tenant', role: 'maintainer' }],
      },
    });
    expect(entity(spec, 'Workspace').access.delete).toEqual([{ kind: 'tenant', role: 'owner' }]);
  });
});

test('the object form of a field says the same as the short form', () => {
  const fields = (lines: string): readonly FieldSpec[] =>
    entity(read(`service: shop\nentities:\n  Book:\n    fields:\n${lines}`), 'Book').fields;
  const short = fields(
    '      price: decimal(10,2)? min=0 max=9.5 filter sort = 1.50\n      code: string(3..3) unique immutable pattern=^[a-z]+$\n',
  );
  const long = fields(
    "      price: { type: 'decimal(10,2)', nullable: true, min: 0, max: 9.5, filter: true, sort: true, default: '1.50' }\n      code: { type: string(3..3), unique: true, immutable: true, pattern: '^[a-z]+$' }\n",
  );
  expect(long).toEqual(short);
});

test('the object form of a relation says the same as the short form', () => {
  const relations = (book: string, review: string) =>
    read(
      `service: shop\nentities:\n  Book:\n    fields: { title: string }\n    relations: { reviews: ${book} }\n  Review:\n    fields: { stars: int }\n    relations: { book: ${review} }\n`,
    ).entities.map((known) => known.relations);
  expect(
    relations('{ kind: has_many, entity: Review, inverse: book, cascade: true }', '{ kind: belongs_to, entity: Book, filter: true }'),
  ).toEqual(relations('has_many Review.book cascade', 'belongs_to Book filter'));
});

test('a spec with 40 faults reports 40', () => {
  const lines = Array.from({ length: 40 }, (_, index) => `      field_${index}: ${index % 2 === 0 ? 'strin' : 'int uniqe'}\n`);
  const reading = parseServiceSpec(`service: shop\nentities:\n  Book:\n    fields:\n${lines.join('')}`);
  const places = reading.kind === 'faulty' ? reading.faults.map(({ line, code }) => `${line} ${code}`) : [];
  expect(places).toEqual(lines.map((_, index) => `${index + 5} ${index % 2 === 0 ? 'unknown-type' : 'unknown-modifier'}`));
});

test('what refers to a faulty declaration is no second fault', () => {
  const reading = parseServiceSpec(
    [
      'service: shop',
      'auth: { user: User, roles: [customer, 7], register: customer }',
      'enums: { Format: [] }',
      'entities:',
      '  User: { fields: { email: email unique }, access: { read: customer } }',
      '  Author: { table: 5, fields: { name: strin } }',
      '  Book:',
      '    fields: { title: strin, format: Format = paper, slug: slug(title) }',
      '    relations: { author: belong_to Author }',
      '    unique: [[title, author]]',
      '    api: { embed: [author], order: [title] }',
      '  Shelf: { feilds: { name: string } }',
      'operations:',
      '  sell: { route: "POST /books/{book_id}/sell", access: public, output: Sehlf, describe: Sells. }',
    ].join('\n'),
  );
  const faults =
    reading.kind === 'faulty' ? reading.faults.map(({ line, column, code, place }) => `${line}:${column} ${code} ${place}`) : [];
  expect(faults).toEqual([
    '2:39 wrong-kind auth.roles[1]',
    '3:18 out-of-range enums.Format',
    '6:20 wrong-kind entities.Author.table',
    '6:39 unknown-type entities.Author.fields.name',
    '8:22 unknown-type entities.Book.fields.title',
    '9:26 unknown-relation-kind entities.Book.relations.author',
    '12:12 unknown-key entities.Shelf.feilds',
    '14:72 unknown-type operations.sell.output',
  ]);
});

test('what the next migration has to know is read in both forms', () => {
  const spec = read(`service: shop
enums:
  Status: [open was=pending, paid]
  Kind: { a: First, b: { was: c }, d: { label: Fourth } }
entities:
  Book:
    was: Volume
    fields:
      title: string was=name backfill="not known"
      pages: { type: int, was: size, backfill: 100 }
      extra: { type: json, backfill: { a: 1 } }
      code: string backfill=none
    relations:
      author: belongs_to Author was=writer backfill=none
      tags: { kind: many_to_many, entity: Author, was: labels }
  Author:
    fields: { name: string }
`);
  const book = spec.entities[0]!;
  expect(book.was).toBe('Volume');
  expect(book.fields.map(({ name, was, backfill }) => ({ name, was, backfill }))).toEqual([
    { name: 'title', was: 'name', backfill: { kind: 'value', value: 'not known' } },
    { name: 'pages', was: 'size', backfill: { kind: 'value', value: 100 } },
    { name: 'extra', was: undefined, backfill: { kind: 'value', value: '{"a":1}' } },
    { name: 'code', was: undefined, backfill: { kind: 'none' } },
  ]);
  expect(book.relations).toMatchObject([
    { name: 'author', was: 'writer', backfill: { kind: 'none' } },
    { name: 'tags', was: 'labels' },
  ]);
  expect(spec.enums.map(({ members }) => members)).toEqual([
    [
      { member: 'OPEN', value: 'open', label: 'Open', was: 'pending' },
      { member: 'PAID', value: 'paid', label: 'Paid' },
    ],
    [
      { member: 'A', value: 'a', label: 'First' },
      { member: 'B', value: 'b', label: 'B', was: 'c' },
      { member: 'D', value: 'd', label: 'Fourth' },
    ],
  ]);
});

test('names with digits can be referred to, and small numbers are limits', () => {
  const reading = parseServiceSpec(
    [
      'service: x',
      'entities:',
      '  V2Item:',
      '    fields: { line1: string, code: slug(line1), rate: { type: "decimal(18,10)", min: 1e-10 } }',
      '    relations: { parts: has_many Part.v2_item, tags: many_to_many Part inverse=items2 }',
      '  Part:',
      '    fields: { n: int }',
      '    relations: { v2_item: belongs_to V2Item }',
    ].join('\n'),
  );
  expect(reading.kind === 'read' ? reading.spec.entities[0]?.fields.map(({ type, min }) => [type, min]) : reading.faults).toEqual([
    [{ kind: 'string', maxLength: 255 }, undefined],
    [{ kind: 'slug', from: 'line1' }, undefined],
    [{ kind: 'decimal', precision: 18, scale: 10 }, '0.0000000001'],
  ]);
});

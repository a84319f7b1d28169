import { z } from 'zod';
import { specPatterns } from './spec-patterns';

/**
 * The spec as written, before any short form is expanded: the structure only.
 * `schema/service-spec.schema.json` is made from it; `parseServiceSpec` checks the meaning.
 */

const className = z.string().regex(specPatterns.className.pattern).meta({ id: 'Name' });
const identifier = z.string().regex(specPatterns.identifier.pattern).meta({ id: 'ident' });
const duration = z.string().regex(specPatterns.duration.pattern).meta({ id: 'dur' });
const rate = z.string().regex(specPatterns.rate.pattern).meta({ id: 'rate' });
const relationPath = z.string().regex(specPatterns.relationPath.pattern).meta({ id: 'path' });
const orderColumn = z.string().regex(specPatterns.orderColumn.pattern).meta({ id: 'orderColumn' });
const pagination = z.enum(['offset', 'keyset']).meta({ id: 'pagination' });
const enumValue = z.string().regex(specPatterns.enumValue.pattern).meta({ id: 'enumValue' });
const idKind = z.enum(['uuid7', 'uuid4', 'int']).meta({ id: 'idKind' });

/** Each item once, by what `keyOf` makes of it. */
function uniqueList<Item extends z.ZodType>(item: Item, keyOf: (value: z.infer<Item>) => unknown = (value) => value) {
  return z.array(item).superRefine((items, context) => {
    const keys = items.map(keyOf);
    keys.forEach((key, index) => {
      if (keys.indexOf(key) !== index) context.addIssue({ code: 'custom', path: [index], params: { repeated: key } });
    });
  });
}

const uniqueItems = { uniqueItems: true };

const access = z
  .union([identifier, z.array(identifier).min(1)])
  .meta({ id: 'who', description: 'Who may: public, user, self, owner, none, a role, or a list of them. A role includes the later ones.' });

const fieldObject = z.strictObject({
  type: z.string().describe('Type as in the short form: string(1..200), decimal(10,2)?, OrderStatus.'),
  nullable: z.boolean().optional().describe('May be null and left out of requests; the same as "?" after the type.'),
  min: z.number().optional().describe('Least number, inclusive.'),
  max: z.number().optional().describe('Greatest number, inclusive.'),
  pattern: z.string().optional().describe('Regular expression of a string or text.'),
  default: z.unknown().optional().describe('Value when a request leaves the field out; now and today for moments and dates.'),
  unique: z.boolean().optional().describe('No two rows have the same value.'),
  index: z.boolean().optional().describe('Database index for this column.'),
  search: z.boolean().optional().describe('Looked through by ?q= of the list route.'),
  filter: z.boolean().optional().describe('Query parameter of the list route.'),
  sort: z.boolean().optional().describe('May be named by ?sort= of the list route.'),
  readonly: z.boolean().optional().describe('Never in a request; set by operations only.'),
  immutable: z.boolean().optional().describe('In create requests only.'),
  hidden: z.boolean().optional().describe('Never in a response.'),
  visible: access.optional().describe('Who sees the field in responses; everybody who may read the row otherwise.'),
  was: identifier.optional().describe('Name that the field had in the last migration: the column is renamed and keeps its values.'),
  backfill: z
    .unknown()
    .optional()
    .describe('What rows that are there already get when the field comes or becomes required; none when no row lacks it.'),
  description: z.string().optional(),
  example: z.unknown().optional().describe('Example value for the API documentation.'),
});

const field = z
  .union([z.string().regex(specPatterns.shortField.pattern).meta({ id: 'fieldShort' }), fieldObject])
  .meta({ id: 'field', description: 'type[?] modifiers [= default], e.g. "string(1..200)? search sort"; or the object form.' });
const fields = z.record(identifier, field).meta({ id: 'fields' });

const relationObject = z.strictObject({
  kind: z.enum(['belongs_to', 'has_many', 'has_one', 'many_to_many']),
  entity: className.describe('The entity at the other end.'),
  inverse: identifier.optional().describe('Name of the relation at the other end.'),
  nullable: z.boolean().optional().describe('belongs_to only: the row may stand alone.'),
  on_delete: z
    .enum(['cascade', 'restrict', 'set_null'])
    .optional()
    .describe('belongs_to only: what happens to this row when the other goes.'),
  cascade: z.boolean().optional().describe('has_many and has_one only: the other rows go with this one.'),
  nested: z.boolean().optional().describe('has_many and has_one only: written together with this row in one request.'),
  filter: z.boolean().optional().describe('Query parameter of the list route.'),
  unique: z.boolean().optional().describe('belongs_to only: at most one row for each other row.'),
  immutable: z.boolean().optional().describe('belongs_to only: in create requests only.'),
  was: identifier.optional().describe('Name that the relation had in the last migration; its links are kept.'),
  backfill: z.literal('none').optional().describe('belongs_to only: no row lacks it when it comes or becomes required.'),
  reflexive: z.boolean().optional().describe('many_to_many from an entity to itself only: a row may be linked to itself.'),
  description: z.string().optional(),
});

const relation = z
  .union([z.string().regex(specPatterns.shortRelation.pattern), relationObject])
  .meta({ id: 'relation', description: 'belongs_to X[?], has_many X.relation, has_one X.relation or many_to_many X, with modifiers.' });

const entityAccess = z
  .strictObject({
    read: access.optional().describe('Who may read one row, and list rows unless "list" says otherwise.'),
    list: access.optional().describe('Who may list rows.'),
    write: access.optional().describe('Create, update and delete in one word.'),
    create: access.optional(),
    update: access.optional(),
    delete: access.optional(),
  })
  .meta({ id: 'access', description: 'A verb without a line has no route.' });

const computedField = z.strictObject({
  type: z.string().describe('Type of the value: int, float?'),
  sql: z.string().optional().describe('count(relation), or avg, sum, min or max of relation.field.'),
  describe: z.string().optional(),
});

const entityApi = z.strictObject({
  path: z.string().optional().describe('Path below the API prefix; the plural of the name otherwise.'),
  expose: uniqueList(z.enum(['list', 'read', 'create', 'update', 'replace', 'delete']))
    .meta(uniqueItems)
    .optional()
    .describe('The only verbs that get a route; an empty list for an entity that is reached through another.'),
  embed: z.array(relationPath).optional().describe('Relations shown inside a row that is read: author, items.book.'),
  order: z.array(orderColumn).optional().describe('Default order of lists; "-" before a column for descending.'),
  page: z.int().optional().describe('Rows of a page when the request does not say.'),
  max_page: z.int().optional().describe('Most rows a request may ask for.'),
  pagination: pagination.optional().describe('Pages by offset and total, or keyset: by a cursor, without counting.'),
  tag: z.string().optional().describe('Group in the API documentation.'),
});

const entity = z
  .strictObject({
    description: z.string().optional(),
    was: className.optional().describe('Name that the entity had in the last migration: the table is renamed and keeps its rows.'),
    table: z.string().optional().describe('Table name; the plural of the name otherwise.'),
    id: idKind.optional(),
    timestamps: z.boolean().optional().describe('created_at and updated_at.'),
    soft_delete: z.boolean().optional().describe('Deleted rows stay in the database, out of sight.'),
    version: z.boolean().optional().describe('Optimistic lock with ETag and If-Match.'),
    owner: identifier.optional().describe('belongs_to relation that leads to the user who owns the row.'),
    tenant: relationPath.optional().describe('Path of relations that leads to the tenancy entity.'),
    fields: fields.describe('Columns: name and type.'),
    relations: z.record(identifier, relation).optional().describe('Links to other entities.'),
    computed: z.record(z.string(), computedField).optional().describe('Values made from related rows, read only.'),
    unique: z.array(z.array(identifier).min(1)).optional().describe('Fields and relations that are unique together.'),
    indexes: z.array(z.array(orderColumn).min(1)).optional().describe('Database indexes over several columns.'),
    checks: z.record(identifier, z.string()).optional().describe('Named SQL conditions each row must meet.'),
    api: entityApi.optional().describe('How the routes look.'),
    access: entityAccess.optional().describe('Who may do what. A verb without a line has no route.'),
  })
  .meta({ id: 'entity' });

const enumMember = z.strictObject({
  label: z.string().optional().describe('The value for people.'),
  was: identifier.optional().describe('The value in the last migration: rows that have it get the new one.'),
});

const enumMembers = z.union([
  uniqueList(enumValue, (text) => text.split(' ', 1)[0])
    .min(1)
    .meta(uniqueItems),
  z
    .record(identifier, z.union([z.string(), enumMember]))
    .refine((members) => Object.keys(members).length > 0, { params: { empty: 'member' } })
    .meta({ minProperties: 1 }),
]);

const exampleCall = z.strictObject({
  as: z.string().optional().describe('anonymous, a role, or $alias of a user row.'),
  path: z.record(z.string(), z.unknown()).optional().describe('Values of the path parameters.'),
  query: z.record(z.string(), z.unknown()).optional(),
  body: z.record(z.string(), z.unknown()).optional(),
});

const exampleOutcome = z.strictObject({
  status: z.int().min(200).max(599),
  body: z.unknown().optional().describe('The response must contain this (partial match).'),
  db: z
    .record(z.string().regex(specPatterns.databaseValue.pattern), z.unknown())
    .optional()
    .describe('$alias.field -> value after the call.'),
});

const givenRow = z
  .record(className, z.record(z.string(), z.unknown()))
  .refine((row) => Object.keys(row).length === 1, { params: { oneEntity: true } })
  .meta({ minProperties: 1, maxProperties: 1 });

const example = z
  .strictObject({
    name: z.string(),
    given: z
      .record(identifier, givenRow)
      .optional()
      .describe(
        'alias -> one row to create, as { Entity: { field: value } }; $alias refers to an earlier row; fields left out get a valid value.',
      ),
    when: exampleCall.describe('One call of the operation.'),
    then: exampleOutcome.describe('What must be true afterwards.'),
  })
  .meta({ id: 'example' });

const shape = z
  .union([z.string(), fields, z.array(z.unknown()), z.null()])
  .meta({ id: 'shape', description: 'An entity, type, enum or scalar; an object of them; a list with one of them; null for no content.' });

const operation = z
  .strictObject({
    route: z.string().regex(specPatterns.route.pattern).describe('Method and path below the API prefix: POST /orders/{order_id}/pay.'),
    access: access,
    rate: rate.optional().describe('How often one caller may ask: 10/m. A caller is who signed in, else an address.'),
    input: fields.optional().describe('Fields of the body, or of the query for GET and DELETE.'),
    output: shape.optional(),
    status: z.int().optional().describe('Status of success: 200, or 204 without output.'),
    errors: z.record(z.string().regex(specPatterns.errorStatus.pattern), z.string()).optional().describe('Status -> when it is given.'),
    describe: z.string().describe('What the operation does, in plain words; the body is written from it.'),
    examples: z.array(example).optional().describe('Executable acceptance examples: each becomes one test of the generated service.'),
  })
  .meta({ id: 'operation' });

const authentication = z.strictObject({
  user: className.describe('Entity of the people who log in.'),
  login: identifier.optional().describe('Field people log in with: email unless said otherwise.'),
  roles: uniqueList(identifier).meta(uniqueItems).optional().describe('Least first; a later role includes the earlier ones.'),
  register: z
    .union([z.boolean(), identifier])
    .optional()
    .describe('Role of who signs up; true for the first role; false closes registration.'),
  tokens: z
    .strictObject({
      access: duration.optional().describe('Life of an access token: 15m.'),
      refresh: duration.optional().describe('Life of a refresh token: 14d.'),
    })
    .optional(),
});

const tenancy = z.strictObject({
  entity: className.describe('The tenant: Workspace.'),
  member: className.describe('Entity that links a user to a tenant.'),
  roles: z
    .array(identifier)
    .optional()
    .describe('Least first; a later role includes the earlier ones. The values of the enum of its role field.'),
  creator: identifier.optional().describe('Role of who creates a tenant.'),
});

const defaults = z.strictObject({
  id: idKind.optional().describe('Kind of primary key; uuid7 unless said otherwise.'),
  timestamps: z.boolean().optional().describe('created_at and updated_at everywhere; true unless said otherwise.'),
  soft_delete: z.boolean().optional().describe('Deleted rows stay in the database, out of sight; false unless said otherwise.'),
  page: z.int().min(1).optional().describe('Rows of a page; 20 unless said otherwise.'),
  max_page: z.int().min(1).optional().describe('Most rows of a page; 100 unless said otherwise.'),
  pagination: pagination.optional().describe('offset unless said otherwise.'),
});

export const serviceSpecDocument = z
  .strictObject({
    $schema: z.string().optional(),
    service: z.string().regex(specPatterns.service.pattern).describe('Name of the service: my-shop.'),
    version: z.string().optional().describe('Version of the API; "0.1.0" unless said otherwise.'),
    description: z.string().optional().describe('One line about the service.'),
    defaults: defaults.optional().describe('What holds for every entity unless it says otherwise.'),
    auth: authentication
      .optional()
      .describe('Log-in with tokens. Adds hashed_password, role and is_active to the user entity, and the /auth routes.'),
    tenancy: tenancy.optional().describe('Rows kept apart by tenant.'),
    telemetry: z.boolean().optional().describe('Traces of requests and statements, by OpenTelemetry; false unless said otherwise.'),
    owned: z
      .array(z.string().regex(specPatterns.ownedPath.pattern))
      .optional()
      .describe('Generated files that are yours: written when they are not there, and never touched afterwards.'),
    enums: z.record(className, enumMembers).optional().describe('Closed lists of words.'),
    types: z.record(className, fields).optional().describe('Named structures for json fields and operation shapes.'),
    entities: z
      .record(className, entity)
      .refine((entities) => Object.keys(entities).length > 0, { params: { empty: 'entity' } })
      .meta({ minProperties: 1 })
      .describe('The things the service keeps: one table and one group of routes each.'),
    operations: z.record(identifier, operation).optional().describe('Routes beyond create, read, update and delete.'),
    seed: z
      .record(className, z.array(z.record(z.string(), z.unknown())))
      .optional()
      .describe('Rows written once, by values; "${NAME}" reads the environment.'),
  })
  .meta({ title: 'FastAPI service spec' });

export type SpecDocument = z.output<typeof serviceSpecDocument>;
export type FieldDocument = z.output<typeof field>;
export type RelationDocument = z.output<typeof relation>;
export type EntityDocument = z.output<typeof entity>;
export type OperationDocument = z.output<typeof operation>;
export type ExampleDocument = z.output<typeof example>;
export type AccessDocument = z.output<typeof access>;

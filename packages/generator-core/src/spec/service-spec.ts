/**
 * The service spec once read: every short form expanded, every name resolved, every default filled in.
 * Templates, plan and gates read this and nothing else of the spec. Made by `parseServiceSpec`, which has checked
 * all that the comments below promise; later stages do not check again.
 */

export const verbs = ['list', 'read', 'create', 'update', 'replace', 'delete'] as const;
export type Verb = (typeof verbs)[number];

export type IdKind = 'uuid7' | 'uuid4' | 'int';

export interface ServiceSpec {
  /** As written: `bookstore`, `my-shop`. */
  readonly service: string;
  /** Python-safe form of `service`: `my_shop`. */
  readonly pythonName: string;
  /** Version of the service's API; `0.1.0` when the spec names none. */
  readonly version: string;
  /** One line; made from the service's name when the spec has none. */
  readonly description: string;
  readonly auth?: AuthSpec;
  readonly tenancy?: TenancySpec;
  /** Traces of requests and statements, by OpenTelemetry. */
  readonly telemetry: boolean;
  /** Paths and globs of files that the generator does not touch once they are there. No template reads it. */
  readonly owned: readonly string[];
  /** In spec order, like all lists here. */
  readonly enums: readonly EnumSpec[];
  /** `types:` of the spec: named structures used by `json schema=Name` fields and operation shapes. */
  readonly structs: readonly StructSpec[];
  readonly entities: readonly EntitySpec[];
  readonly operations: readonly OperationSpec[];
  readonly seed: readonly SeedRow[];
}

export interface AuthSpec {
  /** Name of the user entity. */
  readonly user: string;
  /** Field of the user entity that people log in with; unique, a string or an email. */
  readonly login: string;
  /** Least first; a later role includes the earlier ones. Empty when the spec names none. */
  readonly roles: readonly string[];
  /** Role given to who signs up (undefined when there are no roles). */
  readonly defaultRole?: string;
  /** Whether `POST /auth/register` exists. */
  readonly register: boolean;
  readonly accessTokenSeconds: number;
  readonly refreshTokenSeconds: number;
}

export interface TenancySpec {
  /** `Workspace` */
  readonly entity: string;
  /** `Membership`: which user is in which tenant, once each, and with what role. */
  readonly member: string;
  /** Least first; a later role includes the earlier ones. Never empty: the values of the enum of the member's field `role`. */
  readonly roles: readonly string[];
  /** Role of who creates a tenant; undefined when its creator does not become a member. */
  readonly creator?: string;
  /** Relation of the member entity that leads to the tenant: `workspace`. */
  readonly tenantRelation: string;
  /** Relation of the member entity that leads to the user: `user`. */
  readonly userRelation: string;
  /** `MemberRole` */
  readonly roleEnum: string;
}

export interface EnumSpec {
  /** `OrderStatus` */
  readonly name: string;
  readonly members: readonly EnumMember[];
  /** Length in characters of the longest value. */
  readonly maxLength: number;
}

export interface EnumMember {
  /** A Python identifier: `PENDING`. */
  readonly member: string;
  /** What is stored and sent: `pending`. */
  readonly value: string;
  /** For people. */
  readonly label: string;
  /** The value before a rename. */
  readonly was?: string;
}

export interface StructSpec {
  readonly name: string;
  readonly fields: readonly FieldSpec[];
}

export interface EntitySpec {
  /** Class name: `OrderItem`. */
  readonly name: string;
  /** Name before a rename. */
  readonly was?: string;
  /** Module and singular snake name: `order_item`. */
  readonly module: string;
  /** Plural snake name: `order_items`. */
  readonly plural: string;
  /** Table name: `order_items` unless the spec says otherwise. */
  readonly table: string;
  /** Path below the API prefix, without trailing slash: `/order-items`. */
  readonly path: string;
  /** OpenAPI tag. */
  readonly tag: string;
  /** For people, lower case with spaces: `order item`. */
  readonly label: string;
  readonly description?: string;
  readonly id: IdKind;
  /** Whether created_at and updated_at exist. */
  readonly timestamps: boolean;
  readonly softDelete: boolean;
  readonly version: boolean;
  /** The entity named by `auth.user`. */
  readonly isUser: boolean;
  readonly owner?: OwnerSpec;
  /** Dotted path of required belongs_to relations to the tenancy entity, split; undefined without `tenant:`. */
  readonly tenant?: readonly string[];
  readonly fields: readonly FieldSpec[];
  readonly relations: readonly RelationSpec[];
  readonly computed: readonly ComputedSpec[];
  /** Column names (a relation `book` stands as `book_id`). Single-column `unique` modifiers are not repeated here. */
  readonly uniqueTogether: readonly (readonly string[])[];
  readonly indexes: readonly (readonly { readonly column: string; readonly descending: boolean }[])[];
  readonly checks: readonly { readonly name: string; readonly sql: string }[];
  /** Relation paths to load and show in reads, split: `[['items', 'book']]`. */
  readonly embed: readonly (readonly string[])[];
  /** Default order; never empty: the id stands at the end in every case. `column` is a real column. */
  readonly order: readonly { readonly column: string; readonly descending: boolean }[];
  readonly page: number;
  readonly maxPage: number;
  /** `keyset`: a page begins behind a cursor, and nothing is counted. */
  readonly pagination: 'offset' | 'keyset';
  /** Only the verbs that have a route: an access line that is not `none`, and exposed. No line, no route. */
  readonly access: Readonly<Partial<Record<Verb, AccessRule>>>;
}

/**
 * Who may: any one of the words is enough. `role: staff` means staff or a later role, a `tenant` role the same within the
 * row's tenant; only rows of a tenant, and the tenant itself, have such words. Never empty.
 */
export type AccessWord =
  | { readonly kind: 'public' }
  | { readonly kind: 'user' }
  | { readonly kind: 'self' }
  | { readonly kind: 'owner' }
  | { readonly kind: 'role'; readonly role: string }
  | { readonly kind: 'tenant'; readonly role: string };
export type AccessRule = readonly AccessWord[];

export interface OwnerSpec {
  /** Relation of this entity that leads to the user entity: `customer`. */
  readonly relation: string;
  /** `customer_id` */
  readonly column: string;
}

export type FieldType =
  | { readonly kind: 'string'; readonly minLength?: number; readonly maxLength: number }
  | { readonly kind: 'text'; readonly maxLength: number }
  | { readonly kind: 'int' }
  | { readonly kind: 'bigint' }
  | { readonly kind: 'float' }
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number }
  | { readonly kind: 'bool' }
  | { readonly kind: 'date' }
  | { readonly kind: 'datetime' }
  | { readonly kind: 'time' }
  | { readonly kind: 'uuid' }
  | { readonly kind: 'email' }
  | { readonly kind: 'url' }
  /** `struct` names one of `ServiceSpec.structs`. */
  | { readonly kind: 'json'; readonly struct?: string }
  /** `maxBytes`: how many at most, a multiple of 3 (base64 counts in threes). */
  | { readonly kind: 'bytes'; readonly maxBytes: number }
  /** Made from another string field of the same entity; never in a request. */
  | { readonly kind: 'slug'; readonly from: string }
  /** 1, 2, 3 … within the rows that share the relation `parent`. */
  | { readonly kind: 'sequence'; readonly parent: string }
  | { readonly kind: 'enum'; readonly enum: string };

export type ScalarValue = string | number | boolean | null;

export interface FieldSpec {
  readonly name: string;
  readonly type: FieldType;
  readonly nullable: boolean;
  readonly unique: boolean;
  readonly index: boolean;
  readonly search: boolean;
  readonly filter: boolean;
  readonly sort: boolean;
  /** Never in a request body. */
  readonly readonly: boolean;
  /** In create, never in update. */
  readonly immutable: boolean;
  /** Never in a response. */
  readonly hidden: boolean;
  /** Who sees the field in responses; undefined means everybody who may read the row. */
  readonly visible?: AccessRule;
  /** As written, decimal-safe: `0`, `0.5`. */
  readonly min?: string;
  readonly max?: string;
  /** A regular expression that Python's `re` and Pydantic's engine both take. */
  readonly pattern?: string;
  /** Already of the field's type (a decimal is a string, a date an ISO string, `now`/`today` allowed for dates). */
  readonly default?: ScalarValue;
  /** Name before a rename. */
  readonly was?: string;
  readonly backfill?: BackfillSpec;
  readonly description?: string;
  readonly example?: ScalarValue;
}

/** What rows that are there already get when a column comes or becomes required; `none`: no row lacks a value. */
export type BackfillSpec = { readonly kind: 'value'; readonly value: string | number | boolean } | { readonly kind: 'none' };

export type OnDelete = 'cascade' | 'restrict' | 'set_null';

/**
 * Both ends of every relation are here: an end the spec does not name is added with `implicit: true`
 * (`Author.books: many_to_many Book` gives Book an implicit `authors`). Implicit ends are loaded only where an embed asks.
 */
export type RelationSpec =
  | {
      readonly kind: 'belongs_to';
      readonly name: string;
      readonly target: string;
      /** `book_id` */
      readonly column: string;
      readonly nullable: boolean;
      readonly onDelete: OnDelete;
      readonly filter: boolean;
      readonly unique: boolean;
      readonly immutable: boolean;
      /** Name before a rename. */
      readonly was?: string;
      readonly backfill?: Extract<BackfillSpec, { readonly kind: 'none' }>;
      /** Name of the has_many or has_one at the other end, when there is one. */
      readonly inverse?: string;
      readonly implicit: boolean;
      readonly description?: string;
    }
  | {
      readonly kind: 'has_many' | 'has_one';
      readonly name: string;
      readonly target: string;
      /** Relation of the target that leads back: `order` in `has_many OrderItem.order`. */
      readonly via: string;
      /** `order_id`, a column of the target. */
      readonly viaColumn: string;
      /** Rows of the target go when this row goes. */
      readonly cascade: boolean;
      /** Written together with this row, in one request. */
      readonly nested: boolean;
      readonly implicit: boolean;
      readonly description?: string;
    }
  | {
      readonly kind: 'many_to_many';
      readonly name: string;
      readonly target: string;
      readonly inverse: string;
      readonly filter: boolean;
      /** `author_books`: named after the end that the spec declares. */
      readonly linkTable: string;
      /** Column of the link table that holds this row's id: `author_id`. */
      readonly localColumn: string;
      /** Column of the link table that holds the target's id: `book_id`. */
      readonly remoteColumn: string;
      /** Name before a rename. */
      readonly was?: string;
      /** True at the end that the spec declares; the link table is defined once, for that end. */
      readonly declared: boolean;
      /** Whether a row may be linked to itself; always true between two entities. */
      readonly reflexive: boolean;
      readonly implicit: boolean;
      readonly description?: string;
    };

export interface ComputedSpec {
  readonly name: string;
  readonly type: FieldType;
  readonly nullable: boolean;
  /**
   * `count(reviews)`, `avg(reviews.stars)`, `sum(items.quantity)`, `min`, `max` over a has_many or many_to_many
   * relation: the only forms accepted, so that the SQL can be made for every database.
   */
  readonly aggregate: 'count' | 'avg' | 'sum' | 'min' | 'max';
  readonly relation: string;
  /** Undefined for `count`. */
  readonly field?: string;
  readonly description?: string;
}

export interface OperationSpec {
  /** `pay_order`: module and function name. */
  readonly name: string;
  /** `PayOrder` */
  readonly className: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the API prefix: `/orders/{order_id}/pay`. */
  readonly path: string;
  readonly pathParameters: readonly PathParameterSpec[];
  readonly access: AccessRule;
  /** How often one caller may ask: at most `times` within any `seconds`. */
  readonly rate?: { readonly times: number; readonly seconds: number };
  /** Entity whose router holds the route: the one whose path begins this path, else undefined (a router of its own). */
  readonly entity?: string;
  /** Entity and path parameter that `owner` and `self` in `access` speak of. */
  readonly subject?: { readonly entity: string; readonly parameter: string };
  readonly input: readonly FieldSpec[];
  /** `query` for GET and DELETE, `body` otherwise. */
  readonly inputIn: 'query' | 'body';
  readonly output: Shape;
  /** 200 unless the spec says otherwise; 204 when there is no output. */
  readonly status: number;
  readonly errors: readonly { readonly status: number; readonly description: string }[];
  readonly description: string;
  readonly examples: readonly ExampleSpec[];
}

export interface PathParameterSpec {
  readonly name: string;
  /** Entity whose id it is (`order_id` → Order), else undefined: a string. */
  readonly entity?: string;
}

export type Shape =
  | { readonly kind: 'none' }
  | { readonly kind: 'entity'; readonly entity: string }
  | { readonly kind: 'struct'; readonly struct: string }
  | { readonly kind: 'scalar'; readonly type: FieldType; readonly nullable: boolean }
  | { readonly kind: 'list'; readonly of: Shape }
  | { readonly kind: 'object'; readonly fields: readonly { readonly name: string; readonly shape: Shape }[] };

export interface ExampleSpec {
  readonly name: string;
  readonly given: readonly GivenRow[];
  readonly when: {
    readonly as:
      | { readonly kind: 'anonymous' }
      | { readonly kind: 'role'; readonly role: string }
      | { readonly kind: 'alias'; readonly alias: string };
    readonly path: Readonly<Record<string, ExampleValue>>;
    readonly query: Readonly<Record<string, ExampleValue>>;
    readonly body?: Readonly<Record<string, ExampleValue>>;
  };
  readonly then: {
    readonly status: number;
    /** Partial match of the response; undefined when nothing is asked. */
    readonly body?: ExampleValue;
    readonly database: readonly { readonly alias: string; readonly field: string; readonly value: ExampleValue }[];
  };
}

export interface GivenRow {
  readonly alias: string;
  readonly entity: string;
  readonly values: Readonly<Record<string, ExampleValue>>;
}

export type ExampleValue =
  | { readonly kind: 'scalar'; readonly value: ScalarValue }
  /** `$ann` (field undefined: the row itself) or `$order.id`. */
  | { readonly kind: 'reference'; readonly alias: string; readonly field?: string }
  | { readonly kind: 'list'; readonly items: readonly ExampleValue[] }
  | { readonly kind: 'object'; readonly entries: Readonly<Record<string, ExampleValue>> };

export interface SeedRow {
  readonly entity: string;
  /** A nested object is another row of the relation's target, found by these values. `${NAME}` is read from the environment. */
  readonly values: Readonly<Record<string, ExampleValue>>;
}

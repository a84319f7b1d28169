/** What a random spec is made of before it is written: the generator decides by it, `write-field.ts`, `write-relation.ts` and `writeEntity` of `random-spec.ts` give it a form. */

export type FieldKind =
  | 'string'
  | 'text'
  | 'int'
  | 'bigint'
  | 'float'
  | 'decimal'
  | 'bool'
  | 'date'
  | 'datetime'
  | 'time'
  | 'uuid'
  | 'email'
  | 'url'
  | 'json'
  | 'bytes'
  | 'slug'
  | 'sequence'
  | 'enum';

export type FieldFlag = 'unique' | 'index' | 'search' | 'filter' | 'sort' | 'readonly' | 'immutable' | 'hidden';

export interface FieldDraft {
  readonly name: string;
  readonly kind: FieldKind;
  /** As written, without `?`: `string(1..20)`. */
  readonly type: string;
  readonly nullable: boolean;
  readonly flags: readonly FieldFlag[];
  readonly visible?: readonly string[];
  readonly min?: string;
  readonly max?: string;
  readonly pattern?: string;
  readonly schema?: string;
  readonly default?: string | number | boolean;
  readonly description?: string;
  readonly example?: string | number | boolean;
  /** Distinct valid values as YAML has them, for seed rows. */
  readonly values: readonly (string | number | boolean)[];
}

export type RelationDraft =
  | {
      readonly kind: 'belongs_to';
      readonly name: string;
      readonly target: string;
      readonly nullable: boolean;
      readonly onDelete?: 'cascade' | 'restrict' | 'set_null';
      readonly flags: readonly ('filter' | 'unique' | 'immutable')[];
      readonly description?: string;
    }
  | {
      readonly kind: 'has_many' | 'has_one';
      readonly name: string;
      readonly target: string;
      readonly via: string;
      readonly flags: readonly ('cascade' | 'nested')[];
      readonly description?: string;
    }
  | {
      readonly kind: 'many_to_many';
      readonly name: string;
      readonly target: string;
      readonly inverse?: string;
      readonly flags: readonly ('filter' | 'reflexive')[];
      readonly description?: string;
    };

export type AccessDraft = Readonly<Partial<Record<'read' | 'list' | 'write' | 'create' | 'update' | 'delete', readonly string[]>>>;

export interface EntityDraft {
  readonly name: string;
  readonly isUser: boolean;
  readonly table: string;
  readonly id: 'uuid7' | 'uuid4' | 'int';
  readonly timestamps: boolean;
  readonly version: boolean;
  softDelete: boolean;
  /** Names of members, written, implied or requested, so that none is given twice. */
  readonly taken: Set<string>;
  readonly fields: FieldDraft[];
  readonly relations: RelationDraft[];
  owner?: string;
  /** Path of required links to the tenant: `project.workspace`. */
  tenant?: string;
  access: AccessDraft;
  /** Keys that are written as they are: `unique`, `indexes`, `checks`, `computed`, `api`, `description`. */
  readonly other: Record<string, unknown>;
}

export interface TenancyDraft {
  readonly entity: string;
  readonly member: string;
  readonly enum: string;
  /** Least first. */
  readonly roles: readonly string[];
  readonly creator?: string;
  /** Links of the member entity. */
  readonly tenantLink: string;
  readonly userLink: string;
}

export interface SpecDraft {
  readonly enums: readonly { readonly name: string; readonly values: readonly string[]; readonly labels?: readonly string[] }[];
  readonly structs: readonly { readonly name: string; readonly fields: readonly FieldDraft[] }[];
  readonly auth?: {
    readonly user: string;
    readonly login: string;
    readonly roles: readonly string[];
    readonly register?: boolean | string;
  };
  readonly tenancy?: TenancyDraft;
  readonly entities: readonly EntityDraft[];
}

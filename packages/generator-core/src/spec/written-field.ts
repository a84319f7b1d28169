import type { AccessRule, FieldType, ScalarValue } from './service-spec';
import type { SpecPath } from './spec-path';

export const fieldFlags = ['unique', 'index', 'search', 'filter', 'sort', 'readonly', 'immutable', 'hidden'] as const;
export type FieldFlag = (typeof fieldFlags)[number];
export const fieldValueWords = ['min', 'max', 'pattern', 'schema', 'visible', 'was', 'backfill'] as const;
export type FieldValueWord = (typeof fieldValueWords)[number];

/** Where a modifier stands: inside the short string, or under a key of the object form. */
export interface ModifierPlace {
  readonly at: SpecPath;
  readonly offset?: number;
}

export interface WrittenDefault extends ModifierPlace {
  readonly value: unknown;
}

/** A field with its modifiers told apart, before they are checked against its type. */
export interface WrittenField {
  readonly at: SpecPath;
  readonly type: FieldType;
  readonly nullable: boolean;
  readonly flags: ReadonlyMap<FieldFlag, ModifierPlace>;
  readonly values: ReadonlyMap<FieldValueWord, ModifierPlace & { readonly text: string }>;
  readonly visible?: AccessRule;
  readonly default?: WrittenDefault;
  readonly description?: string;
  readonly example?: ScalarValue;
}

import type { ServiceSpec } from '../../spec/service-spec';
import { entityNamed, type HasMany } from '../python/spec-lookup';
import { mostNestedRows } from '../python/entity-requests';
import { createFields } from './factory-view';
import { refusedChanges } from './refused-changes';
import { pythonJson, pythonRowValue, sampleValue } from './test-values';

/** Rows that are written in the body of this one. */
export interface NestedTest {
  readonly relation: string;
  readonly isList: boolean;
  /** How many a body may hold. */
  readonly most: number;
  /** The first of them in a body: `body["items"][0]`. */
  readonly first: string;
  /** What stands in place of what the factory fills in, and the row's attributes then. */
  readonly sent: readonly string[];
  readonly stored: readonly string[];
  readonly name: string;
  readonly column: string;
  readonly refused: readonly string[];
}

export function nestedTest(spec: ServiceSpec, relation: HasMany): NestedTest {
  const target = entityNamed(spec, relation.target);
  const fields = createFields(target);
  const readonlyFields = target.fields.filter((field) => !fields.includes(field));
  // A value that is not the factory's; rules of their own may bind several fields together.
  const changed = target.checks.length > 0 ? [] : fields.filter(({ type }) => type.kind !== 'json');
  const samples = changed.flatMap((field) => {
    const value = sampleValue(spec, field, 1);
    return value === undefined ? [] : [{ field, value }];
  });
  return {
    relation: relation.name,
    isList: relation.kind === 'has_many',
    most: mostNestedRows,
    first: `body["${relation.name}"]${relation.kind === 'has_many' ? '[0]' : ''}`,
    name: target.name,
    column: relation.viaColumn,
    sent: samples.map(({ field, value }) => `"${field.name}": ${pythonJson(value)}`),
    stored: samples.map(({ field, value }) => {
      const source = pythonRowValue(spec, field.type, value);
      return `row.${field.name} ${source === 'True' || source === 'False' ? 'is' : '=='} ${source}`;
    }),
    refused: [
      ...fields.flatMap((field) => refusedChanges(spec, field)),
      ...readonlyFields.map((field) => `{"${field.name}": ${pythonJson(sampleValue(spec, field, 0) ?? null)}}`),
      `{"${relation.viaColumn}": None}`,
      '{"no_such_member": 1}',
    ],
  };
}

import type { EntitySpec, FieldSpec, ServiceSpec } from '../../spec/service-spec';
import { needsLoading } from '../web/entity-reads';
import { toldApart, updateFields } from './factory-view';
import { numberedValue, pythonJson, sampleValue } from './test-values';

export interface VersionTests {
  /** Whether the tag speaks of more than the row: embedded rows, computed values. */
  readonly tagsAnswer: boolean;
  /** JSON of a change that raises the version: `{"title": "title b"}`; undefined where no request changes anything. */
  readonly change?: string;
}

export function versionTests(spec: ServiceSpec, entity: EntitySpec): VersionTests {
  return { tagsAnswer: needsLoading(entity), ...(entity.access.update && changeOf(spec, entity)) };
}

/** A body that changes a row as the factory makes it: a value that is there already raises no version. */
function changeOf(spec: ServiceSpec, entity: EntitySpec): Pick<VersionTests, 'change'> {
  for (const field of updateFields({ ...entity, fields: toldApart(entity) }).filter(({ hidden }) => !hidden)) {
    if (mayHoldSample(spec, field)) continue;
    const value = sampleValue(spec, field, 1) ?? (field.nullable ? sampleValue(spec, field, 0) : undefined);
    if (value !== undefined && (value !== field.default || field.nullable)) return { change: `{"${field.name}": ${pythonJson(value)}}` };
  }
  return {};
}

/** Whether one of the values that the factory makes may happen to be a sample: counted letters, numbers and days. */
function mayHoldSample(spec: ServiceSpec, field: FieldSpec): boolean {
  const made = field.nullable ? 'None' : numberedValue(spec, field, 'row');
  return /\bunique\b/.test(made) && !made.startsWith('f"');
}

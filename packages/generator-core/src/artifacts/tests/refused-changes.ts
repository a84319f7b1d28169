import type { FieldSpec, ServiceSpec } from '../../spec/service-spec';
import { refusedValues } from './test-values';

export function refusedChanges(spec: ServiceSpec, field: FieldSpec): readonly string[] {
  return refusedValues(spec, field).map((value) => `{"${field.name}": ${value}}`);
}

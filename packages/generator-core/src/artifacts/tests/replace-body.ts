import type { EntitySpec, ServiceSpec } from '../../spec/service-spec';
import { updateFields } from './factory-view';
import { isRequired } from './is-required';
import { replacedParents } from './replaced-parents';
import { testRow } from './test-row';
import { pythonJson, sampleValue } from './test-values';

/** Python source of the least body that PUT takes for a row, in the variable of its module's name. */
export function replaceBody(spec: ServiceSpec, entity: EntitySpec): string {
  const fields = updateFields(entity).filter(isRequired);
  const entries = [
    ...fields.map((field) => `"${field.name}": ${pythonJson(sampleValue(spec, field, 1) ?? sampleValue(spec, field, 0) ?? null)}`),
    ...replacedParents(entity).map(({ column }) => `"${column}": to_jsonable_python(${testRow(entity)}.${column})`),
  ];
  return `{${entries.join(', ')}}`;
}

import type { EntitySpec, FieldType, ServiceSpec } from '../../spec/service-spec';
import { isShownToSome } from '../web/is-shown-to-some';
import { updateFields } from './factory-view';
import { isRequired } from './is-required';
import { replaceBody } from './replace-body';
import { replacedParents } from './replaced-parents';
import { testRow } from './test-row';
import { pythonJson, type JsonValue } from './test-values';

export interface ReplaceTests {
  /** A body without anything that may be left out. */
  readonly body: string;
  /** Whether the body holds ids of the row. */
  readonly namesRow: boolean;
  readonly required: readonly string[];
  /** Members of the answer that are sent, as they are sent. */
  readonly echoed: readonly string[];
  /** `"state": "open"`: what the rest of the answer becomes. */
  readonly defaults: readonly string[];
}

export function replaceTests(spec: ServiceSpec, entity: EntitySpec): ReplaceTests {
  const shown = updateFields(entity).filter((field) => !field.hidden && !isShownToSome(spec, entity, field));
  const body = replaceBody(spec, entity);
  return {
    body,
    namesRow: body.includes(`(${testRow(entity)}.`),
    required: [
      ...updateFields(entity)
        .filter(isRequired)
        .map(({ name }) => name),
      ...replacedParents(entity).map(({ column }) => column),
    ],
    echoed: shown.filter(isRequired).map(({ name }) => name),
    defaults: shown
      .filter((field) => !isRequired(field) && field.default !== 'now' && field.default !== 'today' && field.type.kind !== 'json')
      .map((field) => `"${field.name}": ${field.default === undefined ? 'None' : pythonJson(asAnswered(field.type, field.default))}`),
  };
}

/** Answers write all digits of a decimal. */
function asAnswered(type: FieldType, value: JsonValue): JsonValue {
  if (type.kind !== 'decimal' || type.scale === 0) return value;
  const [whole, fraction = ''] = String(value).split('.');
  return `${whole}.${fraction.slice(0, type.scale).padEnd(type.scale, '0')}`;
}

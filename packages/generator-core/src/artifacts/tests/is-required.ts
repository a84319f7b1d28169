import type { FieldSpec } from '../../spec/service-spec';

export function isRequired({ nullable, default: value }: FieldSpec): boolean {
  return !nullable && (value === undefined || value === null);
}
